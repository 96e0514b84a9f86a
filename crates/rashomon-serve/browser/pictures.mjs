// Takes the pictures of the app for the README and the book anew, from the invented example:
// node pictures.mjs PROGRAM FOLDER-OF-DOCS
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { strict as assert } from "node:assert";
import { chromium } from "playwright-core";

const [program, docs] = process.argv.slice(2);
const executablePath = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"].find((p) => p && existsSync(p));
assert(executablePath, "chromium is not installed");

const server = spawn(program, ["serve", "--listen", "127.0.0.1:0", "--demo"], { stdio: ["ignore", "ignore", "pipe"] });
const base = await new Promise((resolve, reject) => {
  let said = "";
  server.stderr.on("data", (data) => {
    said += data;
    const found = /http:\/\/\S+/.exec(said);
    if (found) resolve(found[0]);
  });
  server.on("exit", () => reject(new Error(`the server ended: ${said}`)));
});
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

// Each is taken of the page a person would be on, at the size of a small screen.
const small = { width: 1120, height: 788 };
const pictures = {
  "app": { size: { width: 1280, height: 900 }, of: "story" },
  "book/src/pictures/stories": { size: small, of: "stories" },
  "book/src/pictures/story": { size: small, of: "story" },
  "book/src/pictures/versions": { size: small, of: "versions" },
  "book/src/pictures/alerts": { size: small, of: "alerts" },
};
const go = {
  stories: async (page) => page.goto(base),
  story: async (page) => {
    await page.goto(base);
    await page.getByRole("link", { name: /Thornwick/ }).first().click();
    await page.waitForSelector("h2:has-text('Where the reports disagree')");
  },
  versions: async (page) => {
    await page.goto(`${base}/search?q=solvents`);
    await page.getByRole("link", { name: /Seven hurt/ }).click();
    await page.getByRole("link", { name: "what changed" }).first().click();
    await page.waitForSelector("h2:has-text('Changes of substance')");
  },
  alerts: async (page) => page.goto(`${base}/alerts`),
};

try {
  for (const [place, { size, of }] of Object.entries(pictures)) {
    const context = await browser.newContext({ viewport: size });
    const page = await context.newPage();
    await go[of](page);
    // No pointer over a line, no focus on a field.
    await page.mouse.move(0, 0);
    await page.screenshot({ path: `${docs}/${place}.png` });
    await context.close();
  }
} finally {
  await browser.close();
  server.kill();
}
