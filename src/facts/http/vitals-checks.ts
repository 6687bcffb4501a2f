import { defineCheck } from "../../model/check.ts";
import { formatDuration, msOf } from "../../model/duration.ts";
import { fail, pass } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import { listed } from "./advice.ts";
import { httpVitals, type PageVitals } from "./vitals.ts";

export const webVitals = defineCheck({
  id: "perf.web-vitals.lab",
  title: "Pages show their content, settle and answer quickly (LCP, CLS, blocking time)",
  consequence: "People on a phone look at nothing, tap beside what just moved, and leave.",
  severity: "warning",
  phase: "staging",
  freshFor: "1d",
  every: "12h",
  asks: ways(`
    Core Web Vitals | Core Web Vitals pass | Core Web Vitals good | Core Web Vitals in the green
    Core Web Vitals measured | Core Web Vitals checked | web vitals within limits | web vitals good
    LCP below 2.5 s | LCP under 2.5s | LCP good | Largest Contentful Paint under 2.5 seconds
    LCP and CLS | CLS below 0.1 | CLS under 0.1 | Cumulative Layout Shift below 0.1 | lab web vitals
    LCP, CLS and TBT
    Core Web Vitals en verde | Core Web Vitals im grünen Bereich | Core Web Vitals bons
    First Contentful Paint under 1.8 seconds | FCP under 1.8s | First Contentful Paint fast
    LCP | CLS | Total Blocking Time under 200 ms | TBT under 200 ms | Largest Contentful Paint
    Cumulative Layout Shift
    no layout shift | no layout shifts while loading | Core Web Vitals within thresholds
    Core Web Vitals meet the targets | web vitals meet targets
  `),
  source: "https://web.dev/articles/vitals",
  figures: {
    lcp: { measured: "slowestLcpMs", keeps: "no more", in: "ms" },
    fcp: { measured: "slowestFcpMs", keeps: "no more", in: "ms" },
    cls: { measured: "mostCls", keeps: "no more", in: "count" },
    blocking: { measured: "longestBlockingMs", keeps: "no more", in: "ms" },
  },
  needs: { seen: httpVitals },
  run({ seen }, { options: { vitals }, component }) {
    const { lcp = "2.5s", cls: mostCls = 0.1, blocking = "200ms", device = "phone" } = vitals ?? {};
    const mostLcpMs = msOf(lcp);
    const mostBlockingMs = msOf(blocking);
    const troubles = seen.flatMap(({ label, lcpMs, cls, blockingMs }) => [
      ...(lcpMs === null
        ? [
            {
              finding: `${label}: LCP`,
              found: `${label} shows nothing`,
              fix: `let ${label} show text or an image without a click`,
            },
          ]
        : []),
      ...(lcpMs !== null && lcpMs > mostLcpMs
        ? [
            {
              finding: `${label}: LCP`,
              found: `${label} shows its largest content after ${formatDuration(lcpMs)}`,
              fix: `on ${label} send the largest text or image in the HTML, preload it, and let scripts and styles wait that it does not need`,
            },
          ]
        : []),
      ...(cls > mostCls
        ? [
            {
              finding: `${label}: CLS`,
              found: `${label} moves by ${cls}`,
              fix: `on ${label} give images, frames and late parts their size beforehand (width, height, min-height)`,
            },
          ]
        : []),
      ...(blockingMs > mostBlockingMs
        ? [
            {
              finding: `${label}: blocking`,
              found: `${label} does not answer for ${formatDuration(blockingMs)}`,
              fix: `on ${label} split scripts that run longer than 50 ms, or send fewer of them`,
            },
          ]
        : []),
    ]);
    const painted = seen.flatMap(({ lcpMs }) => lcpMs ?? []);
    const measured = {
      slowestLcpMs: most(painted),
      slowestFcpMs: most(seen.flatMap(({ fcpMs }) => fcpMs ?? [])),
      mostCls: most(seen.map(({ cls }) => cls)),
      longestBlockingMs: most(seen.map(({ blockingMs }) => blockingMs)),
      ...Object.fromEntries(
        seen.flatMap(({ label, lcpMs, cls, blockingMs }) => [
          [`${label} lcpMs`, lcpMs],
          [`${label} cls`, cls],
          [`${label} blockingMs`, blockingMs],
        ]),
      ),
    };
    if (troubles.length === 0) return pass(`as a ${device}: ${seen.map(told).join("; ")}`, measured);
    return fail("pages are slower, or less still, than promised", {
      expected: `as a ${device}, the middle of three loads: LCP ${lcp}, CLS ${mostCls}, blocking ${blocking} at most`,
      found: listed(
        troubles.map(({ found }) => found),
        8,
      ),
      fix: `in ${component}: ${listed(troubles.map(({ fix }) => fix))}`,
      findings: troubles.map(({ finding }) => finding),
      measured,
    });
  },
});

function told({ label, lcpMs, cls, blockingMs }: PageVitals): string {
  return `${label} LCP ${formatDuration(lcpMs ?? 0)}, CLS ${cls}, blocking ${formatDuration(blockingMs)}`;
}

function most(figures: readonly number[]): number | null {
  return figures.length > 0 ? Math.max(...figures) : null;
}
