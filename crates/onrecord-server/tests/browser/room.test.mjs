// The reading room in a real browser: `./run` opens it.
//
// ROOM is its address, over the examples and a report full of markup. SHOTS takes screenshots.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";

const ROOM = process.env.ROOM ?? assert.fail("ROOM is not set; see ./run");
const SHOTS = process.env.SHOTS;
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const WIDTHS = [320, 1280];

let browser;
before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
});
after(() => browser?.close());

/** Opens a page; what it asks of others or complains of fails the test at the end. */
async function open(path, { width = 1280, ...options } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  const wrong = [];
  page.on("request", (r) => r.url().startsWith(ROOM) || wrong.push(`asks for ${r.url()}`));
  page.on("console", (m) => wrong.push(`console: ${m.text()}`));
  page.on("pageerror", (e) => wrong.push(`error: ${e.message}`));
  page.on("dialog", (d) => wrong.push(`dialog: ${d.message()}`) && d.dismiss());
  await page.goto(new URL(path, ROOM).href);
  const close = async () => {
    assert.deepEqual(wrong, [], path);
    await context.close();
  };
  return { page, close };
}

const data = async (path) => (await fetch(new URL(path, ROOM))).json();

/** A page of every kind, and each of the hostile report. */
async function pages() {
  const { entries } = await data("/find.json?limit=1000");
  const hostile = entries.find((e) => e.headline?.includes("<script>"));
  const report = (e) => `/report/${e.handle.split(":")[0]}`;
  return {
    front: "/",
    find: "/find?min-confidence=0.2",
    empty: "/find?by=nobody",
    tracker: "/tracker?in=EUR&rate=USD%3D0.9%402031-03-04",
    read: "/read",
    report: "/report/ca0feda2?at=0-69",
    thread: "/thread/ca0feda2:c2",
    who: "/who/Alba%20Noriega",
    nothing: "/report/ffffffff",
    "hostile-report": report(hostile),
    "hostile-find": `/find?report=${hostile.handle.split(":")[0]}`,
  };
}

test("no fault that axe finds, in light and dark, wide and narrow", async () => {
  const axe = await readFile(AXE, "utf8");
  for (const [name, path] of Object.entries(await pages())) {
    for (const colorScheme of ["light", "dark"]) {
      for (const width of WIDTHS) {
        const { page } = await open(path, { colorScheme, width, bypassCSP: true });
        await page.evaluate(axe);
        const faults = await page.evaluate(async () => {
          const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
          const found = await axe.run(document, { runOnly: tags });
          return found.violations.map((v) => `${v.id}: ${v.nodes[0].html} ${v.nodes[0].failureSummary}`);
        });
        assert.deepEqual(faults, [], `${name} ${colorScheme} ${width}`);
        if (SHOTS && (width === 1280) === (colorScheme === "light")) {
          await page.screenshot({ path: join(SHOTS, `${name}-${colorScheme}-${width}.png`) });
        }
        await page.context().close();
      }
    }
  }
});

test("no page scrolls sideways, asks elsewhere or complains, with a script or without", async () => {
  const all = await pages();
  delete all.nothing; // A browser complains of the status alone.
  for (const [name, path] of Object.entries(all)) {
    for (const javaScriptEnabled of [true, false]) {
      for (const width of WIDTHS) {
        const { page, close } = await open(path, { width, javaScriptEnabled });
        const box = await page.locator("main").boundingBox();
        assert.ok(box.x + box.width <= width, `${name} ${width}: ${box.width}`);
        if (javaScriptEnabled) {
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(wide <= width, `${name}: ${wide} at ${width}`);
        }
        await close();
      }
    }
  }
});

test("markup in a report is shown, not obeyed", async () => {
  const all = await pages();
  for (const path of ["/", "/tracker", all["hostile-report"], all["hostile-find"]]) {
    const { page, close } = await open(path);
    const bad = "main img, iframe, object, main script, a[href^='javascript'], svg";
    assert.equal(await page.locator(bad).count(), 0, path);
    await close();
  }
});

test("a report is pasted, read and filed, without a script", async () => {
  const { page, close } = await open("/read", { javaScriptEnabled: false });
  await page.fill("#text", "Ferry to sail\n\nBRACKWATER, March 6, 2031 (Example Wire) - Mayor Ada Oko said on Thursday that the ferry would sail.\n");
  await page.fill("#outlet", "Bay Post");
  await page.click("main button");
  assert.match(await page.locator("main .notice").innerText(), /Read and not kept/);
  assert.equal((await data("/find.json?by=Oko&outlet=Bay+Post")).entries.length, 0);
  await page.click("text=File it in the ledger");
  assert.match(page.url(), /\/report\/[0-9a-f]{8}$/);
  assert.equal(await page.locator("h1").innerText(), "Ferry to sail");
  assert.notEqual((await data("/find.json?by=Oko&outlet=Bay+Post")).entries.length, 0);
  await close();
});

test("a question is asked by keyboard, and a name leads to who it is", async () => {
  const { page, close } = await open("/");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await page.focus("#quick");
  await page.keyboard.type("money");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/find\?words=money/);
  assert.match(await page.locator("#found").innerText(), /^[1-9]/);
  await page.locator(".entries .title a").first().click();
  await page.waitForURL(/\/who\//);
  assert.equal(await page.locator("h1").count(), 1);
  await close();
});

test("an entry leads to its words, and the keys walk there", async () => {
  const { page, close } = await open("/find?by=Noriega&kind=statement");
  await page.locator(".entries a.quote").first().click();
  await page.waitForURL(/\/report\/.*#/);
  assert.equal(await page.locator("[data-entry].on").count(), 1);
  await page.keyboard.press("n");
  assert.equal(await page.locator("[data-entry].on").count(), 1);
  await page.uncheck("#show-statement");
  assert.equal(await page.locator(".note.statement:visible").count(), 0);
  await close();
});

test("the tracker is sorted by its headings", async () => {
  const { page, close } = await open("/tracker");
  await page.click("thead a:text('Who')");
  const names = await page.locator("table:not(.small) tbody th").allInnerTexts();
  const told = names.filter((n) => n !== "nobody is named");
  assert.deepEqual(told, [...told].sort());
  assert.equal(await page.locator("th[aria-sort=ascending]").innerText(), "Who");
  await close();
});
