// Journeys of a fact-checker through the invented example, in Chromium: node journeys.mjs PROGRAM [FOLDER-FOR-PICTURES]
//
// Each journey fails by throwing. Every page that is met is looked at by axe-core, and nothing may be written to the console.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strict as assert } from "node:assert";
import { chromium } from "playwright-core";
import { executablePath, served } from "./served.mjs";

const [program, pictures] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const [server, base] = await served(program, "--demo");

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const failures = [];
const seen = new Set();

const open = async (options = {}, from = base) => {
  // What the policy refuses to pages it would refuse to axe-core as well; only then is the policy lifted.
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.on("console", (message) => failures.push(`console: ${message.type()} ${message.text()} at ${page.url()}`));
  page.on("pageerror", (error) => failures.push(`error: ${error.message} at ${page.url()}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(from)) failures.push(`asks ${request.url()}`);
  });
  return page;
};
const look = async (address, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true, ...options });
  const page = await context.newPage();
  await page.goto(base + address);
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  for (const it of found.violations) failures.push(`axe ${address}: ${it.id} ${it.nodes.length}x ${it.nodes[0].target} ${it.nodes[0].failureSummary.replaceAll("\n", " ").slice(0, 300)}`);
  await context.close();
};
const picture = async (page, name, options = {}) => pictures && page.screenshot({ path: `${pictures}/${name}.png`, ...options });

const journeys = {
  "from the list to the words behind a statement": async () => {
    const page = await open();
    await page.goto(base);
    await picture(page, "stories");
    assert.match(await page.textContent(".legend.dots"), /Each dot is a report/);
    await page.getByRole("link", { name: /Thornwick/ }).first().click();
    await page.waitForSelector("h2:has-text('Who says what')");
    await picture(page, "story");
    await page.locator("main a.ref").first().click();
    await page.waitForSelector("#panel:not([hidden])");
    await picture(page, "evidence");
    const send = page.locator("#panel a.send").first();
    await send.click();
    await page.waitForSelector("mark");
    await picture(page, "words");
    seen.add(new URL(page.url()).pathname);
    await page.goBack();
    await page.waitForSelector("h2:has-text('Who says what')");
    await page.context().close();
  },
  "an edit is seen": async () => {
    const page = await open();
    await page.goto(`${base}/search?q=solvents`);
    await page.getByRole("link", { name: /Seven hurt/ }).click();
    await page.getByRole("link", { name: "what changed" }).first().click();
    assert.match(await page.textContent("main"), /15 tonnes/);
    // Copied, without colour and lines, what was put in and what was taken out are told apart.
    const copied = await page.evaluate(() => {
      getSelection().selectAllChildren(document.querySelector(".changes"));
      return getSelection().toString();
    });
    assert.match(copied, /\[removed: /);
    assert.match(copied, /\[added: /);
    await picture(page, "diff");
    await page.locator("select[name=as]").selectOption("side");
    await page.getByRole("button", { name: "Compare" }).click();
    await page.waitForSelector("table.sides");
    await picture(page, "sides");
    seen.add(new URL(page.url()).pathname + new URL(page.url()).search);
    await page.context().close();
  },
  "a quotation is checked": async () => {
    const page = await open();
    await page.goto(`${base}/quotes`);
    await page.getByLabel("The sentence").fill("I have no reason to believe that the test took place");
    await page.getByRole("button", { name: "Check" }).click();
    await page.waitForSelector(".verdict");
    assert.match(await page.textContent(".verdict"), /Quoted in these words/);
    await picture(page, "check");
    await page.context().close();
  },
  "a wrong join is undone, and that too": async () => {
    const page = await open();
    await page.goto(base);
    await page.getByRole("link", { name: /Velden/ }).first().click();
    await page.getByText("Put right").click();
    await page.getByRole("button", { name: "Split off" }).click();
    await page.goto(`${base}/settings`);
    assert((await page.getByRole("button", { name: /^Undo/ }).count()) > 0);
    await picture(page, "settings");
    while ((await page.getByRole("button", { name: /^Undo/ }).count()) > 0) {
      await page.getByRole("button", { name: /^Undo/ }).first().click();
      await page.waitForURL(/settings/);
    }
    await page.context().close();
  },
  "a note goes into the report that is sent": async () => {
    const page = await open();
    await page.goto(base);
    await page.getByRole("link", { name: /Oster Quay|warehouse/i }).first().click();
    await page.getByLabel("New note").fill("Ask the fire service for the register.");
    await page.getByRole("button", { name: "Keep note" }).click();
    await page.waitForSelector(".note");
    await page.getByText("Export", { exact: true }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "HTML report" }).click()]);
    assert.match(readFileSync(await download.path(), "utf8"), /Ask the fire service/);
    await page.context().close();
  },
  "texts are compared": async () => {
    const page = await open();
    await page.goto(`${base}/compare`);
    const text = (hurt) => `Ferry hits pier at Nordvik\n12 May 2031\nA ferry hit the pier at Nordvik on Monday, and ${hurt} people were hurt, the harbour master Nils Berg said. The ferry Skua carried 90 passengers from Lund Island. The pier is closed until Friday.`;
    await page.getByLabel("Text", { exact: true }).nth(0).fill(text("nine"));
    await page.getByLabel("Text", { exact: true }).nth(1).fill(text("twelve"));
    await page.getByRole("button", { name: "Compare", exact: true }).click();
    await page.waitForSelector("h2:has-text('Who took from whom')");
    await page.context().close();
  },
  "without script": async () => {
    const page = await open({ javaScriptEnabled: false });
    await page.goto(base);
    await page.getByRole("link", { name: /Thornwick/ }).first().click();
    await page.locator("main a.ref").first().click();
    assert.match(page.url(), /#s1\./);
    await page.getByLabel("Search stories and articles").fill("dam");
    await page.getByRole("button", { name: "Search" }).first().click();
    assert.match(await page.textContent("main"), /Thornwick/);
    await page.context().close();
  },
  "with keys only": async () => {
    const page = await open();
    await page.goto(base);
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    const focused = await page.evaluate(() => document.activeElement.hasAttribute("data-open"));
    assert(focused, "a story has the focus");
    await page.keyboard.press("?");
    await page.waitForSelector("dialog[open]");
    await page.keyboard.press("Escape");
    await page.keyboard.press("/");
    assert.equal(await page.evaluate(() => document.activeElement.id), "find");
    await page.keyboard.type("dam");
    await page.keyboard.press("Enter");
    await page.waitForURL(/search/);
    for (const [key, name] of Object.entries({ q: "Quotes", c: "Compare", a: "Alerts", f: "Feeds", s: "Stories" })) {
      await page.keyboard.press("g");
      await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
      await page.waitForSelector(`h1:has-text("${name}")`);
    }
    await page.context().close();
  },
  "on a telephone": async () => {
    const page = await open({ viewport: { width: 360, height: 740 }, isMobile: true });
    for (const address of ["/", "/quotes", "/compare", "/alerts", "/cases", "/sources", "/search?q=dam", "/settings", ...seen]) {
      await page.goto(base + address);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert(wide <= 360, `${address} is ${wide} wide`);
    }
    await page.goto(base);
    await picture(page, "telephone");
    await page.getByRole("link", { name: /Thornwick/ }).first().click();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert(wide <= 360, `a story is ${wide} wide`);
    await picture(page, "telephone-story");
    await page.context().close();
    // Nothing is to be pushed aside to be seen, and nothing lies over another: drawing, menu, points.
    for (const name of [/Thornwick/, /Velden/, /Bridge closed/]) {
      const narrow = await open({ viewport: { width: 390, height: 844 }, isMobile: true });
      await narrow.goto(base);
      await narrow.getByRole("link", { name }).first().click();
      const wrong = await narrow.evaluate(() => {
        const seen = (it) => it.getClientRects().length > 0;
        const cut = [...document.querySelectorAll(".scroll, .contents ul")].filter((it) => seen(it) && it.scrollWidth > it.clientWidth + 1);
        const badges = [...document.querySelectorAll(".matrix .tag, .matrix .alert, .matrix .ref")].filter(seen);
        const out = badges.filter((it) => it.getBoundingClientRect().right > it.closest("th, td").getBoundingClientRect().right + 1);
        return [...cut, ...out].map((it) => `${it.className}: ${it.textContent.trim().slice(0, 60)}`);
      });
      assert.deepEqual(wrong, [], "what is cut off or lies over another");
      assert(await narrow.locator("ol.lanes").isVisible());
      await narrow.context().close();
    }
  },
  "from an empty store to a sent report, hostile pages and an edit on the way": async () => {
    // Two outlets on this machine: the bookmark sends what is open in the browser, pages that mean harm among them.
    let hurt = "nine";
    const harm = `<script>document.documentElement.dataset.run = 1</script><img src="x" onerror="document.documentElement.dataset.run = 1"><style>main { display: none }</style>&lt;script&gt;document.documentElement.dataset.run=1&lt;/script&gt; <a href="javascript:document.documentElement.dataset.run=1">More</a>`;
    const paper = (name, text) => `<!doctype html><html lang="en"><head><title>Ferry hits pier at Nordvik</title><meta property="og:site_name" content="${name}"></head><body><article><h1>Ferry hits pier at Nordvik</h1>${text}</article></body></html>`;
    const outlet = createServer((request, answer) => {
      answer.setHeader("content-type", "text/html; charset=utf-8");
      answer.end(request.url === "/one"
        ? paper("Harbour Post", `<p>A ferry hit the pier at Nordvik on Monday, and ${hurt} people were hurt, the harbour master Nils Berg said.</p><p>The ferry Skua carried 90 passengers from Lund Island. The pier is closed until Friday, the harbour office said.</p>`)
        : paper("Coast Agency", `<p>Twelve people were hurt when the ferry Skua hit the pier at Nordvik on Monday, the hospital said.</p><p>The ferry carried 90 passengers from Lund Island, the harbour master Nils Berg said. ${harm}</p>`));
    });
    await new Promise((resolve) => outlet.listen(0, "127.0.0.1", resolve));
    const news = `http://127.0.0.1:${outlet.address().port}`;
    const folder = mkdtempSync(join(tmpdir(), "rashomon-"));
    const [own, empty] = await served(program, "--store", join(folder, "news.db"));
    try {
      const page = await open({}, empty);
      await page.goto(empty);
      assert.match(await page.textContent("main"), /No stories|nothing|empty/i);
      await picture(page, "empty");
      await page.goto(`${empty}/compare`);
      const mark = await page.getByLabel("Address of the bookmark").inputValue();
      const reader = await (await browser.newContext()).newPage();
      const send = async (path) => {
        await reader.goto(news + path);
        const [sent] = await Promise.all([reader.context().waitForEvent("page"), reader.evaluate((code) => (0, eval)(code), mark.replace("javascript:", ""))]);
        await sent.waitForSelector("h1:has-text('Ferry hits pier')");
        assert.equal(await sent.evaluate(() => document.documentElement.dataset.run), undefined);
        const address = sent.url();
        await sent.close();
        return address;
      };
      const first = await send("/one");
      await page.goto(await send("/two"));
      assert.match(await page.textContent("main"), /<script>document/, "what means harm is shown as words");
      assert(await page.locator("main").isVisible());
      assert.equal(await page.locator("main img, main script, main a[href^=javascript]").count(), 0);
      for (let tries = 0; ; tries++) {
        await page.goto(empty);
        if (await page.getByRole("link", { name: "Ferry hits pier at Nordvik" }).count()) break;
        assert(tries < 60, "the two pages make a story");
        await page.waitForTimeout(500);
      }
      await page.getByRole("link", { name: "Ferry hits pier at Nordvik" }).first().click();
      for (let tries = 0; !(await page.locator("h2:has-text('Where the reports disagree')").count()); tries++) {
        assert(tries < 60, "the story is compared");
        await page.waitForTimeout(500);
        await page.reload();
      }
      await page.getByLabel("New note").fill("Ask the hospital.");
      await page.getByRole("button", { name: "Keep note" }).click();
      await page.waitForSelector(".note");
      // The edit comes while the page is open, which says so.
      hurt = "eleven";
      assert.equal(await send("/one"), first);
      await page.waitForSelector("#live", { timeout: 15000 });
      await page.goto(first);
      await page.getByRole("link", { name: "what changed" }).first().click();
      assert.match(await page.textContent("main"), /nine\s*eleven|eleven/);
      await page.goBack();
      await page.waitForSelector("h1:has-text('Ferry hits pier')");
      await page.getByRole("link", { name: "Ferry hits pier at Nordvik" }).first().click();
      await page.getByText("Export", { exact: true }).click();
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "HTML report" }).click()]);
      const report = readFileSync(await download.path(), "utf8");
      const [archive] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: /WACZ/ }).click()]);
      const wacz = join(folder, "evidence.wacz");
      await archive.saveAs(wacz);
      const read = spawnSync(program, ["read", wacz], { encoding: "utf8" });
      assert.equal(read.stdout.trim().split("\n").length, 3, `two reports, one of them in two versions: ${read.stderr}`);
      assert(report.includes("Ask the hospital.") && !report.includes("<script>document"));
      await page.context().close();
      await reader.context().close();
    } finally {
      own.kill();
      outlet.close();
      rmSync(folder, { recursive: true });
    }
  },
  "two tabs": async () => {
    const first = await open();
    const second = await first.context().newPage();
    await first.goto(base);
    await second.goto(base);
    await second.getByRole("link", { name: /Velden/ }).first().click();
    await second.getByRole("button", { name: /Follow this story/ }).click();
    await second.waitForSelector("text=Stop following");
    await first.reload();
    assert.match(await first.textContent("main"), /followed/);
    await first.context().close();
  },
};

for (const [name, journey] of Object.entries(journeys)) {
  try {
    await journey();
    console.log(`ok   ${name}`);
  } catch (error) {
    failures.push(`${name}: ${error.message.split("\n").slice(0, 4).join(" ")}`);
    console.log(`FAIL ${name}`);
  }
}
const story = await (await fetch(`${base}/api/v1/stories?least=2&limit=1`)).json();
for (const address of ["/", `/stories/${story.items[0].id}`, "/quotes", "/quotes/check?text=nothing+warned+me", "/compare", "/search?q=dam", "/alerts", "/cases", "/sources", "/settings", "/api", "/login", "/nothing", ...seen]) await look(address);
await look("/", { colorScheme: "dark" });
await look(`/stories/${story.items[0].id}`, { colorScheme: "dark" });

await browser.close();
server.kill();
for (const it of new Set(failures)) console.log(`FAIL ${it}`);
process.exit(failures.length ? 1 : 0);
