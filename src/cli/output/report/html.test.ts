import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../../../../test/fixtures/browser.ts";
import { sampleReport } from "../../../../test/fixtures/sample-report.ts";
import type { ReportRecord } from "../contracts/report.ts";
import { reportHtml } from "./html.ts";

const require = createRequire(import.meta.url);
const ATTACK = `<script>document.title="owned"</script><img src="https://evil.example/x" onerror="document.title='owned'">"'><style>*{display:none}</style>&amp;\u202e`;

let browser: Browser;
let directory: string;
beforeAll(async () => {
  browser = await openBrowser();
  directory = mkdtempSync(path.join(tmpdir(), "gonogo-report-"));
});
afterAll(async () => {
  await browser.close();
  rmSync(directory, { recursive: true, force: true });
});

interface Shown extends AsyncDisposable {
  readonly page: Page;
  readonly asked: string[];
}

async function show(report: ReportRecord, options: BrowserContextOptions = {}): Promise<Shown> {
  const file = path.join(directory, "report.html");
  writeFileSync(file, reportHtml(report));
  // What tests put into the page has to pass the page's own policy; its scripts are our own then.
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  return { page, asked, [Symbol.asyncDispose]: () => context.close() };
}

/** Every text of a record that a check, a person or a file may have worded, replaced. */
function worded(value: unknown, words: string, key = ""): unknown {
  if (Array.isArray(value)) return value.map((each) => worded(each, words, key));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, worded(each, words, name)]));
  }
  const WORDED =
    "launch environment text path reason title consequence component check summary expected found fix name by doneBy evidence release from what why how config commit createdBy migrations waivedBy answer finding head";
  return typeof value === "string" && WORDED.split(" ").includes(key) ? words : value;
}

describe("the report in a browser", () => {
  it("says the verdict first, asks for nothing else and runs nothing", async () => {
    await using shown = await show(sampleReport());
    const { page, asked } = shown;
    expect(asked).toHaveLength(1);
    expect(await page.locator("script, link, img, iframe, object, embed").count()).toBe(0);
    expect(await page.locator(".verdict strong").textContent()).toBe("NO-GO");
    const headings = await page.locator("h2").allTextContents();
    expect(headings).toEqual([
      "What would unblock it",
      "Countdown: T-18 h",
      "Checklist",
      "Findings",
      "Who signed",
      "Waived",
      "Deploys",
      "Checks that no line speaks of",
    ]);
    const row = page.locator("#line-database-indexes-optimised");
    expect(await row.innerText()).toMatch(
      /failing[\s\S]*Database indexes optimised[\s\S]*3 foreign keys have no index[\s\S]*seen 2026-11-21 09:00 on r7/,
    );
    const text = await page.locator("body").innerText();
    expect(text).toContain("create index concurrently on session (reader_id);");
    expect(text).toContain("0 of 4187 probes failed, worst 127 ms; traffic moved in 6 ms");
    expect(text).toContain("Ada Lovelace; done by Grace Hopper");
    expect(text).toContain("a table of 40 rows");
    expect(text).toContain(`gonogo report --verify --anchor 412:${"3f".repeat(32)}+`);
  });

  it("says that a waiver alone makes it GO", () => {
    const { check } = sampleReport();
    const report = sampleReport({ ...check, go: true, goWithoutWaivers: false });
    expect(reportHtml(report)).toContain("GO only by a waiver: without, this would have been NO-GO.");
  });

  it("shows any words as words", async () => {
    const attacked = worded(sampleReport(), ATTACK) as ReportRecord;
    await using shown = await show(attacked);
    const { page, asked } = shown;
    expect(asked).toHaveLength(1);
    expect(await page.title()).not.toBe("owned");
    expect(await page.locator("script, img, [onerror]").count()).toBe(0);
    expect(await page.locator("style").count()).toBe(1);
    const words = ATTACK.replace("\u202e", "\\u202e");
    expect(await page.locator("h1").innerText()).toContain(words);
    expect(await page.locator("pre").last().innerText()).toBe(words);
    for (const role of ["main", "header", "footer"]) expect(await page.locator(role).count()).toBe(1);
  });

  it.each<[string, BrowserContextOptions]>([
    ["on a desktop", { viewport: { width: 1280, height: 900 } }],
    ["in the dark", { viewport: { width: 1280, height: 900 }, colorScheme: "dark" }],
    ["on a phone", { viewport: { width: 360, height: 740 }, isMobile: true }],
  ])("is accessible and fits %s", async (_, options) => {
    const long = worded(sampleReport(), "x".repeat(200)) as ReportRecord;
    for (const report of [sampleReport(), { ...long, chains: sampleReport().chains }]) {
      await using shown = await show(report, { ...options, bypassCSP: true });
      const { page } = shown;
      const width = await page.evaluate("document.documentElement.scrollWidth");
      expect(width).toBeLessThanOrEqual(options.viewport?.width ?? 0);
      await page.addScriptTag({ content: readFileSync(require.resolve("axe-core/axe.min.js"), "utf8") });
      const found = await page.evaluate(async () => {
        const { axe } = globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        };
        const { violations } = await axe.run();
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
      });
      expect(found).toEqual([]);
    }
  });

  it("prints on paper: black on white, heads of tables on every page, no navigation", async () => {
    await using shown = await show(sampleReport(), { colorScheme: "dark" });
    const { page } = shown;
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const styles = await page.evaluate(`({
      back: getComputedStyle(document.body).backgroundColor,
      ink: getComputedStyle(document.body).color,
      head: getComputedStyle(document.querySelector("thead")).display,
      navigation: getComputedStyle(document.querySelector("nav")).display,
    })`);
    expect(styles).toEqual({
      back: "rgb(255, 255, 255)",
      ink: "rgb(0, 0, 0)",
      head: "table-header-group",
      navigation: "none",
    });
    const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
    const pages = pdf.toString("latin1").match(/\/Type \/Page\b/g)?.length ?? 0;
    expect(pages).toBeGreaterThanOrEqual(3);
    expect(pages).toBeLessThanOrEqual(9);
  });
});
