import { z } from "zod";
import { defineFact, Undeclared } from "../../model/fact.ts";
import { browserOrigin } from "./address.ts";
import { type Look, openBrowser } from "./browser.ts";
import type { HttpOptions } from "./options.ts";
import { httpPages, pagesToOpen } from "./pages.ts";

const vitalsShape = z.object({
  lcpMs: z.number().nullable(),
  fcpMs: z.number().nullable(),
  cls: z.number(),
  blockingMs: z.number(),
});

/** The middle one of three loads, figure by figure. */
export interface PageVitals extends z.output<typeof vitalsShape> {
  readonly label: string;
}

const TIMES = 3;
/** Nine loads on a slow line take a minute. */
const MOST_PAGES = 3;

/** Lighthouse's own: lighthouse/core/config/constants.js, the DevTools figures. */
const DEVICES: Readonly<Record<"phone" | "desktop", Pick<Look, "screen" | "slow">>> = {
  phone: {
    screen: { width: 412, height: 823, dots: 1.75 },
    slow: { latencyMs: 562.5, bytesPerSecond: 184_320, cpu: 4 },
  },
  desktop: {
    screen: { width: 1_350, height: 940, dots: 1 },
    slow: { latencyMs: 150, bytesPerSecond: 1_280_000, cpu: 1 },
  },
};

const OBSERVE = `globalThis.gonogoVitals = Object.entries({
  "largest-contentful-paint": [], "layout-shift": [], longtask: [], paint: [],
}).reduce((seen, [type, kept]) => {
  const observer = new PerformanceObserver((list) => kept.push(...list.getEntries()));
  observer.observe({ type, buffered: true });
  seen[type] = () => { kept.push(...observer.takeRecords()); return kept; };
  return seen;
}, {});`;

// web.dev/articles/cls: shifts less than a second apart, in at most five, make one; the worst counts.
const READ = `new Promise((done) => setTimeout(done, 1000)).then(() => {
  const seen = globalThis.gonogoVitals;
  let worst = 0, sum = 0, first = 0, last = 0;
  for (const { startTime, value, hadRecentInput } of seen["layout-shift"]()) {
    if (hadRecentInput) continue;
    if (startTime - last >= 1000 || startTime - first >= 5000) { sum = 0; first = startTime; }
    last = startTime;
    worst = Math.max(worst, sum += value);
  }
  const painted = seen.paint().find(({ name }) => name === "first-contentful-paint")?.startTime ?? null;
  return {
    fcpMs: painted,
    lcpMs: seen["largest-contentful-paint"]().at(-1)?.startTime ?? null,
    cls: worst,
    blockingMs: seen.longtask().filter((each) => each.startTime + each.duration > (painted ?? 0))
      .reduce((all, each) => all + Math.max(0, Math.min(each.duration, each.startTime + each.duration - (painted ?? 0)) - 50), 0),
  };
})`;

export const httpVitals = defineFact<readonly PageVitals[], HttpOptions>({
  id: "http.vitals",
  access: "read",
  reach: "application",
  timeoutMs: 180_000,
  async collect(context) {
    const { subject, doors, signal } = context;
    const seen = await context.get(httpPages);
    const pages = pagesToOpen(seen, MOST_PAGES);
    const { vitals } = subject.options;
    if (vitals === undefined)
      throw new Undeclared(`no web vitals are promised: ${subject.kind}({ vitals: {} })`);
    const { ca } = seen.address;
    const base = browserOrigin(seen.address);
    await using browser = await openBrowser(doors, { anyCertificate: ca !== undefined, signal });
    const how: Look = { ...DEVICES[vitals.device], before: OBSERVE, expressions: [READ] };
    const found: PageVitals[] = [];
    for (const { path, label } of pages) {
      const loads: z.output<typeof vitalsShape>[] = [];
      for (let left = TIMES; left > 0; left--)
        loads.push(vitalsShape.parse((await browser.look(base + path, how)).values[0]));
      found.push({
        label,
        lcpMs: middlePaint(loads.map(({ lcpMs }) => lcpMs)),
        fcpMs: middlePaint(loads.map(({ fcpMs }) => fcpMs)),
        cls: Math.round(1_000 * middle(loads.map(({ cls }) => cls))) / 1_000,
        blockingMs: Math.round(middle(loads.map(({ blockingMs }) => blockingMs))),
      });
    }
    return found;
  },
});

/** Null: most loads showed nothing. */
function middlePaint(times: readonly (number | null)[]): number | null {
  const ms = middle(times.map((each) => each ?? Number.POSITIVE_INFINITY));
  return Number.isFinite(ms) ? Math.round(ms) : null;
}

function middle(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
}
