// The page of a record in a real browser: `npm test` with the pages made by `.ci/run`.
//
// PAGES is the folder that holds record.html (a hand-made record), report.html (a report read
// by the command) and hostile.html (a report full of markup). CHROMIUM names the browser.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const PAGES = process.env.PAGES ?? assert.fail("PAGES is not set; see .ci/run");
const SHOTS = process.env.SHOTS;
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const WIDE = { width: 1280, height: 900 };

let browser;
before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
});
after(() => browser?.close());

/** Opens a page; whatever it asks of a network or complains of fails the test at the end. */
async function open(name, options = {}) {
  const context = await browser.newContext({ viewport: WIDE, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const wrong = [];
  const address = pathToFileURL(join(PAGES, name)).href;
  page.on("request", (r) => r.url() === address || wrong.push(`asks for ${r.url()}`));
  page.on("console", (m) => wrong.push(`console: ${m.text()}`));
  page.on("pageerror", (e) => wrong.push(`error: ${e.message}`));
  page.on("dialog", (d) => wrong.push(`dialog: ${d.message()}`) && d.dismiss());
  await page.goto(address);
  const close = async () => {
    assert.deepEqual(wrong, []);
    await context.close();
  };
  return { page, close };
}

const shoot = async (page, name) => SHOTS && page.screenshot({ path: join(SHOTS, `${name}.png`) });
const focused = (page) => page.evaluate(() => document.activeElement.id);
const chosen = (page) => page.evaluate(() => document.querySelector("[data-entry].on")?.id);
const background = (page, selector) =>
  page.$eval(selector, (e) => getComputedStyle(e).backgroundColor);

for (const name of ["record.html", "report.html", "hostile.html"]) {
  test(`${name}: every entry leads to its words and back`, async () => {
    const { page, close } = await open(name);
    const lost = await page.evaluate(() => {
      const entries = [...document.querySelectorAll("[data-entry]")];
      const broken = [...document.querySelectorAll('a[href^="#"]')]
        .filter((a) => !document.getElementById(a.hash.slice(1)))
        .map((a) => a.hash);
      // A link in the text, or the place right beside it.
      const leads = (id) =>
        document.querySelector(`.words a[href="#${id}"]`) ||
        document.getElementById(`w-${id}`).closest(".row").querySelector(`#${id}`);
      const unled = entries
        .map((e) => e.id)
        .filter(
          (id) =>
            !document.querySelector(`[id="${id}"] a[href="#w-${id}"]`) ||
            !leads(id) ||
            !document.querySelector(`.words [data-id="${id}"]`),
        );
      return { count: entries.length, broken, unled };
    });
    assert.ok(lost.count > 3, `${lost.count} entries`);
    assert.deepEqual([lost.broken, lost.unled], [[], []]);
    await close();
  });

  test(`${name}: no fault that axe finds, in light and dark`, async () => {
    const axe = await readFile(AXE, "utf8");
    for (const colorScheme of ["light", "dark"]) {
      const { page, close } = await open(name, { colorScheme });
      await page.evaluate(axe);
      const faults = await page.evaluate(async () => {
        const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
        const found = await axe.run(document, { runOnly: tags });
        return found.violations.map((v) => `${v.id}: ${v.nodes[0].html} ${v.nodes[0].failureSummary}`);
      });
      assert.deepEqual(faults, [], colorScheme);
      await close();
    }
  });

  test(`${name}: no width scrolls sideways`, async () => {
    for (const width of [320, 390, 768, 1024, 1920]) {
      const { page, close } = await open(name, { viewport: { width, height: 800 } });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${wide} at ${width}`);
      if (width === 390) await shoot(page, `${name}-narrow`);
      await close();
    }
  });
}

test("markup in a report is shown, not obeyed", async () => {
  const { page, close } = await open("hostile.html");
  const text = await page.$eval("#text", (e) => e.innerText);
  for (const words of ["<script>alert(1)</script>", "<img src=x onerror=alert(2)>", "<!-- will stay -->", "{{ 7 * 7 }}"]) {
    assert.ok(text.includes(words), words);
  }
  assert.equal(await page.$$eval("img, iframe, object, article script, a[href^='javascript']", (e) => e.length), 0);
  await close();
});

test("the words of the report are all there, in order", async () => {
  const { page, close } = await open("report.html");
  const shown = await page.$$eval(".words", (blocks) =>
    blocks.map((b) => {
      const copy = b.cloneNode(true);
      copy.querySelectorAll("sup").forEach((s) => s.remove());
      return copy.textContent;
    }),
  );
  const report = await readFile(join(PAGES, "report.txt"), "utf8");
  const squeeze = (s) => s.replace(/\s+/g, "");
  assert.equal(squeeze(shown.join("")), squeeze(report));
  await close();
});

test("a layer that is switched off leaves plain words", async () => {
  for (const javaScriptEnabled of [true, false]) {
    const { page, close } = await open("record.html", { javaScriptEnabled });
    const marked = await background(page, ".words .content.certain");
    assert.notEqual(marked, "rgba(0, 0, 0, 0)");
    await page.uncheck("#show-statement");
    assert.equal(await background(page, ".words .content.certain"), "rgba(0, 0, 0, 0)");
    assert.equal(await page.locator(".note.statement:visible, sup.statement:visible").count(), 0);
    assert.notEqual(await page.locator(".note.event:visible").count(), 0);
    await page.check("#show-statement");
    assert.notEqual(await page.locator(".note.statement:visible").count(), 0);
    await close();
  }
});

test("an entry leads to its words, the words lead back", async () => {
  const { page, close } = await open("report.html");
  await page.click("#s2 .id");
  assert.deepEqual([await focused(page), await chosen(page)], ["w-s2", "s2"]);
  const on = await page.$$eval(".words .on", (e) => [...new Set(e.map((x) => x.dataset.id))]);
  assert.deepEqual(on, ["s2"]);
  await shoot(page, "chosen");
  await page.click('sup a[href="#s2"]');
  assert.deepEqual([await focused(page), await chosen(page)], ["s2", "s2"]);
  await page.click('.words a[href="#t1"]');
  assert.equal(await chosen(page), "t1");
  // Words without a link choose the entry they are marked for.
  await page.locator(".words .cue[data-id=s2]").first().click();
  assert.equal(await chosen(page), "s2");
  await close();
});

test("an address with an entry opens at it", async () => {
  const { page, close } = await open("report.html");
  await page.evaluate(() => { location.hash = "#s3"; });
  await page.waitForFunction(() => document.querySelector("#s3.on"));
  assert.equal(await focused(page), "s3");
  await close();
});

test("the keys walk from entry to entry", async () => {
  const { page, close } = await open("record.html");
  const order = await page.$$eval("[data-entry]", (all) => all.map((e) => e.id));
  const walked = [];
  for (const key of ["n", "ArrowRight", "n", "p", "ArrowLeft"]) {
    await page.keyboard.press(key);
    walked.push(await focused(page));
  }
  assert.deepEqual(walked, [order[0], order[1], order[2], order[1], order[0]]);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), `w-${order[0]}`);
  await page.keyboard.press("Escape");
  assert.equal(await focused(page), order[0]);
  await page.keyboard.press("Escape");
  assert.equal(await chosen(page), undefined);
  await page.keyboard.press("1");
  assert.equal(await page.isChecked("#show-statement"), false);
  await page.uncheck("#keys");
  await page.keyboard.press("n");
  assert.equal(await chosen(page), undefined);
  await close();
});

test("light and dark follow the system and the switch", async () => {
  const paper = async (options, pick) => {
    const { page, close } = await open("report.html", options);
    if (pick) await page.check(pick);
    const colour = await background(page, "body");
    await shoot(page, `${options.colorScheme}-${pick ?? "auto"}`);
    await close();
    return colour;
  };
  const light = await paper({ colorScheme: "light" });
  const dark = await paper({ colorScheme: "dark" });
  assert.notEqual(light, dark);
  assert.equal(await paper({ colorScheme: "light" }, "#theme-dark"), dark);
  assert.equal(await paper({ colorScheme: "dark" }, "#theme-light"), light);
});

test("what is unsure looks so without colour, and says so", async () => {
  const { page, close } = await open("record.html");
  const edge = (selector) => page.$eval(selector, (e) => getComputedStyle(e).borderLeftStyle);
  assert.equal(await edge(".note.certain"), "solid");
  assert.equal(await edge(".note.possible, .note.probable"), "dashed");
  const unsure = page.locator(".note.unsure").first();
  assert.match(await unsure.innerText(), /the reader is unsure/);
  const id = await unsure.getAttribute("id");
  assert.equal(await page.locator(`sup a[href="#${id}"]`).innerText(), `${id}?`);
  await close();
});

test("it prints in black on white, without the bar", async () => {
  const { page, close } = await open("report.html", { colorScheme: "dark" });
  await page.check("#theme-dark");
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".bar").isVisible(), false);
  const ink = await page.$eval("body", (e) => getComputedStyle(e).color);
  const channels = ink.match(/\d+/g).slice(0, 3).map(Number);
  assert.ok(Math.max(...channels) < 60, ink);
  const pdf = await page.pdf({ format: "A4", path: SHOTS && join(SHOTS, "print.pdf") });
  assert.ok(pdf.length > 10_000);
  await close();
});
