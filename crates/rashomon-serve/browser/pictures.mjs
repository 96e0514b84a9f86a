// Takes the pictures of the app for the README and the book anew, from the invented example:
// node pictures.mjs PROGRAM FOLDER-OF-DOCS
import { chromium } from "playwright-core";
import { executablePath, served } from "./served.mjs";

const [program, docs] = process.argv.slice(2);

const [server, base] = await served(program, "--demo");
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
