import { z } from "zod";
import { browserOrigin } from "../../facts/http/address.ts";
import { openBrowser } from "../../facts/http/browser.ts";
import { httpAnswer } from "../../facts/http/connection.ts";
import { htmlPaths } from "../../facts/http/options.ts";
import { defineCheck } from "../../model/check.ts";
import { defineFact, Undeclared } from "../../model/fact.ts";
import { fail, pass } from "../../model/outcome.ts";
import { formatSize } from "../../model/size.ts";
import { ways } from "../../model/ways.ts";
import type { SiteOptions } from "./options.ts";

const MOST_PAGES = 5;
const SHOWN_FILES = 3;

const entriesShape = z.array(z.object({ path: z.string(), bytes: z.number() }));

/** What a browser that was never there before fetches: the page, its scripts and its styles, by bytes on the wire. */
export interface PageWeight {
  readonly path: string;
  readonly bytes: number;
  /** The largest first. */
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  /** Scripts of other sites that do not say how large they are (no Timing-Allow-Origin). */
  readonly untold: number;
}

const FETCHED = `performance.getEntriesByType("navigation").concat(performance.getEntriesByType("resource"))
  .filter(({ entryType, initiatorType, name }) => entryType === "navigation" || initiatorType === "script"
    || /\\.(m?js|css|wasm)$/.test(new URL(name).pathname))
  .map(({ name, transferSize }) => ({
    path: new URL(name).origin === location.origin ? new URL(name).pathname : new URL(name).origin, bytes: transferSize,
  }))`;

const pageWeights = defineFact<readonly PageWeight[], SiteOptions>({
  id: "site.page-weights",
  access: "read",
  reach: "application",
  timeoutMs: 90_000,
  async collect(context) {
    const { subject, doors, signal } = context;
    const address = await context.get(httpAnswer);
    if (subject.options.weight === undefined)
      throw new Undeclared('no weight is promised: site({ weight: "300KB" })');
    const base = browserOrigin(address);
    await using browser = await openBrowser(doors, { anyCertificate: address.ca !== undefined, signal });
    const weights: PageWeight[] = [];
    for (const path of htmlPaths(subject.options).slice(0, MOST_PAGES)) {
      const fetched = entriesShape.parse(await browser.evaluate(base + path, FETCHED));
      const files = fetched.filter(({ bytes }) => bytes > 0).sort((a, b) => b.bytes - a.bytes);
      weights.push({
        path,
        bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
        files,
        untold: fetched.length - files.length,
      });
    }
    return weights;
  },
});

export const bundleBudget = defineCheck({
  id: "perf.bundle.budget",
  title: "Pages stay within their budget of bytes",
  consequence: "On a telephone the page is white for seconds, and each release makes it a little longer.",
  severity: "warning",
  phase: "staging",
  freshFor: "7d",
  asks: ways(`
    bundle size under 300 KB | JavaScript bundle size within budget | bundle size optimized
    bundle size checked | JavaScript bundle under 300 KB | gzipped JavaScript under 200 KB
    bundle size limit | bundle size | bundle size analysed
    JavaScript bundle within budget | initial bundle size gzipped | initial JavaScript small
    JavaScript payload | JS bundle below limit | bundle smaller than 300 KB
    main bundle gzipped | frontend bundle size reviewed | first load JS under 130 kB
    first load JS | page weight | performance budgets enforced
    performance budget enforced | bundle size budget enforced | bundlesize | Lighthouse budgets
    webpack entrypoint small | main chunk size | CSS and JavaScript within budget | initial bundle small
    performance budget in bytes | bundles within budget
    JavaScript per page under 300 KB | no page ships more than 300 KB of JavaScript
    amount of JavaScript limited | CSS size | JS size limited
    Angular bundle budgets | initial chunk under 250 KB | bundle does not grow beyond the limit
    initial chunk
    assets under 200 KB per bundle
    JavaScript bundles below the limit
  `),
  source: "https://www.w3.org/TR/resource-timing/#dom-performanceresourcetiming-transfersize",
  figures: { scripts: { measured: "mostScriptBytes", keeps: "no more", in: "bytes" } },
  needs: { pages: pageWeights },
  run({ pages }, { options: { weight = 0 } }) {
    const heavy = pages.filter(({ bytes }) => bytes > weight);
    const measured = {
      mostScriptBytes: Math.max(...pages.map(ownScriptBytes)),
      ...Object.fromEntries(pages.map(({ path, bytes }) => [`${path} bytes`, bytes])),
    };
    if (heavy.length === 0) return pass(pages.map(told).join(", "), measured);
    const largest = heavy.flatMap(({ files }) => files.slice(0, SHOWN_FILES));
    return fail(
      `${heavy.map(({ path }) => path).join(", ")} ${heavy.length === 1 ? "is" : "are"} too heavy`,
      {
        expected: `${formatSize(weight)} of page, scripts and styles at most`,
        found: heavy
          .map((page) => `${told(page)} (${page.files.slice(0, SHOWN_FILES).map(file).join(", ")})`)
          .join("; "),
        fix: `load what ${[...new Set(largest.map(({ path }) => path))].join(", ")} needs only later by import(), drop what nothing uses, and see that it is sent compressed`,
        findings: heavy.map(({ path }) => path),
        measured,
      },
    );
  },
});

/** What the application itself brings; scripts of other sites are told by their origin. */
function ownScriptBytes({ files }: PageWeight): number {
  return files.reduce((sum, { path, bytes }) => (/^\/.*\.m?js$/.test(path) ? sum + bytes : sum), 0);
}

function told({ path, bytes, untold }: PageWeight): string {
  return `${path} ${formatSize(bytes)}${untold === 0 ? "" : ` and ${untold} of other sites that do not say`}`;
}

function file({ path, bytes }: PageWeight["files"][number]): string {
  return `${path} ${formatSize(bytes)}`;
}
