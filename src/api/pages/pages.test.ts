import { createRequire } from "node:module";
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../../../test/fixtures/browser.ts";
import { openWatchedShop, type WatchedShop } from "../../../test/fixtures/watched-shop.ts";
import { KEY_COOKIE } from "../access.ts";

/* What a browser makes of the pages, on a desk and on a phone, by day and by night. */

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const STOPPED_AT = Date.UTC(2026, 10, 21, 10, 30);
const SIZES = [
  ["desk", 1_280, 900],
  ["phone", 390, 844],
] as const;

let browser: Browser;
let shop: WatchedShop;
let empty: WatchedShop;
beforeAll(async () => {
  browser = await openBrowser();
  [shop, empty] = await Promise.all([openWatchedShop(), openWatchedShop({ isNew: true })]);
});
afterAll(async () => {
  await browser.close();
  await Promise.all([shop, empty].map((each) => each[Symbol.asyncDispose]()));
});

async function open(
  { url, key }: WatchedShop,
  { width = 1_280, height = 900, colorScheme = "light" as "light" | "dark" } = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, bypassCSP: true });
  await context.addCookies([{ name: KEY_COOKIE, value: key, url }]);
  return context;
}

describe.each(["/", "/status", "/incidents/i2"])("%s", (where) => {
  it.each(SIZES)("fits a %s and can be read by everybody, in light and dark", async (_, width, height) => {
    for (const colorScheme of ["light", "dark"] as const) {
      for (const each of where.startsWith("/incidents") ? [shop] : [shop, empty]) {
        await using context = await open(each, { width, height, colorScheme });
        const page = await context.newPage();
        await page.goto(each.url + where);
        expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0);
        await page.addScriptTag({ path: AXE });
        const found = await page.evaluate(async () => {
          const { violations } = await (globalThis as unknown as Axe).axe.run();
          return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
        });
        expect(found).toEqual([]);
      }
    }
  });
});

interface Axe {
  readonly axe: {
    run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
  };
}

it("keeps a page current without losing what was opened on it", async () => {
  await using context = await open(shop);
  const page = await context.newPage();
  await page.clock.install();
  await page.goto(`${shop.url}/`);
  const billing = page.locator("#monitors-billing");
  await billing.locator("summary").click();
  expect(await billing.getAttribute("open")).not.toBeNull();
  await page.evaluate("document.querySelector('main').id = 'old'");
  await page.clock.runFor(11_000);
  await page.waitForFunction("document.querySelector('main').id === ''");
  expect(await billing.getAttribute("open")).not.toBeNull();
  expect(await page.locator("#monitors-payments").getAttribute("open")).toBeNull();
});

it("shows nothing of what is inside on the page for everybody", async () => {
  const text = await (await fetch(`${shop.url}/status`)).text();
  expect(text).toContain("Website, Payments: outage");
  for (const inner of shop.inner) expect(text).not.toContain(inner);
});

it("says that what was stopped on purpose is, since when, and shows no last states as if they were live", async () => {
  await using stopped = await openWatchedShop({ stopped: { at: STOPPED_AT, by: "ada@laptop" } });
  await using context = await open(stopped);
  const page = await context.newPage();
  await page.goto(`${stopped.url}/`);
  const since = "Stopped on purpose, since 21 Nov 2026, 10:30 UTC";
  expect(await page.locator(".hero h1").textContent()).toBe(since);
  expect(await page.locator(".hero p").textContent()).toMatch(/^by ada@laptop, .*Until the next deploy/);
  expect(await page.getByText("Monitors, as they were before the stop").count()).toBe(1);
  await page.goto(`${stopped.url}/status`);
  expect(await page.locator(".hero h1").textContent()).toBe(since);
  expect(new Set(await page.locator("h3 + .chip").allTextContents())).toContain("Stopped on purpose");
  const text = await page.locator("main").textContent();
  for (const live of ["Operational", "Not available", "Disturbed", "ada@laptop"])
    expect(text).not.toContain(live);
  expect(await (await fetch(`${stopped.url}/api/v1/health`)).json()).toMatchObject({
    state: "unknown",
    stoppedSince: "2026-11-21T10:30:00.000Z",
  });
});

it("lets no state of a monitor reach into the words beside it on a phone", async () => {
  await using context = await open(empty, { width: 390, height: 844 });
  const page = await context.newPage();
  await page.goto(`${empty.url}/`);
  const wider = await page.evaluate(`(() => {
    for (const each of document.querySelectorAll("details")) each.open = true;
    const chips = [...document.querySelectorAll("table.stack td > .chip")];
    const width = (element) => element.getBoundingClientRect().width;
    return { shown: chips.length > 0, wider: chips.filter((each) => width(each) > width(each.parentElement)).length };
  })()`);
  expect(wider).toEqual({ shown: true, wider: 0 });
});
