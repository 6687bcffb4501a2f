import { browserOrigin } from "../../facts/http/address.ts";
import { openBrowser } from "../../facts/http/browser.ts";
import { httpAnswer } from "../../facts/http/connection.ts";
import { htmlPaths } from "../../facts/http/options.ts";
import { defineCheck } from "../../model/check.ts";
import { msOf } from "../../model/duration.ts";
import { defineFact, Undeclared } from "../../model/fact.ts";
import { fail, pass } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import type { SiteOptions } from "./options.ts";

const TIMES = 3;
/** Pages are asked one by one: more of them would take longer than people wait for a check. */
const MOST_PAGES = 3;

export interface PageLoads {
  /** The middle one of three, for each page. */
  readonly pages: readonly { readonly path: string; readonly loadMs: number }[];
}

const pageLoads = defineFact<PageLoads, SiteOptions>({
  id: "site.page-loads",
  access: "read",
  reach: "application",
  timeoutMs: 90_000,
  async collect(context) {
    const { subject, doors, signal } = context;
    if (subject.options.load === undefined) throw new Undeclared("no time is promised: site({ load })");
    const address = await context.get(httpAnswer);
    const base = browserOrigin(address);
    await using browser = await openBrowser(doors, { anyCertificate: address.ca !== undefined, signal });
    const pages: { path: string; loadMs: number }[] = [];
    for (const path of htmlPaths(subject.options).slice(0, MOST_PAGES)) {
      const took: number[] = [];
      for (let left = TIMES; left > 0; left--) took.push(await browser.load(base + path));
      pages.push({ path, loadMs: Math.round(took.sort((a, b) => a - b)[1] ?? Number.NaN) });
    }
    return { pages };
  },
});

export const pageLoad = defineCheck({
  id: "perf.page.load",
  title: "Pages are loaded in the promised time",
  consequence: "People leave before they see anything.",
  severity: "warning",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    page load time under 2 seconds | pages load < 2s | page load performance | front end loads fast
    homepage loads in under 3 seconds | performance benchmark of pages | page speed tested | Page load time
    First load under 3s | load time under 2 seconds | pages load in under 3 seconds
    page speed under 3 seconds | frontend loads in under 2s | loading speed | page loads quickly
    pages load fast | site loads fast | page load times acceptable | page load speed | initial page load
    time to load of pages measured | page rendered within two seconds | site opens within 2 seconds
    pages appear within two seconds | pages fully loaded in seconds | pages loaded in 2 s
    page fully loaded
  `),
  source: "https://www.w3.org/TR/navigation-timing-2/",
  figures: { "page-load": { measured: "slowestMs", keeps: "no more", in: "ms" } },
  needs: { seen: pageLoads },
  run: ({ seen: { pages } }, { options }) => {
    const { within = "2s" } = options.load ?? {};
    const limitMs = msOf(within);
    const slow = pages.filter(({ loadMs }) => !(loadMs <= limitMs));
    const measured = {
      slowestMs: Math.max(...pages.map(({ loadMs }) => loadMs)),
      ...Object.fromEntries(pages.map(({ path, loadMs }) => [`${path} ms`, loadMs])),
    };
    const told = (each: PageLoads["pages"]) =>
      each.map(({ path, loadMs }) => `${path} in ${loadMs} ms`).join(", ");
    if (slow.length === 0) return pass(told(pages), measured);
    return fail("a page takes too long", {
      expected: `the load event within ${within}`,
      found: told(slow),
      fix: "see in the browser's network panel what the page waits for: split scripts, load images later, send less",
      findings: slow.map(({ path }) => path),
      measured,
    });
  },
});
