import { formatDuration, parseDuration } from "../../model/duration.ts";
import type { Promises } from "../../model/promise.ts";

/** One promise as something countable: at most this share may be bad within this time. */
export interface Objective {
  /** "availability.7d", "errors", "latency.p95" */
  readonly id: string;
  /** "99.9 % of the time it answers, over 7 d" */
  readonly title: string;
  readonly counts: Counting;
  /** 0..1 */
  readonly mayBeBad: number;
  readonly windowMs: number;
}

/** What is counted: questions of the watcher's own, or users' requests that failed or took longer. */
export type Counting =
  | { readonly of: "probes" }
  | { readonly of: "failed" }
  | { readonly of: "slower"; readonly thanMs: number };

/** What burn rates are about unless a promise names a time of its own. */
const MONTH_MS = 30 * 86_400_000;

export function objectivesOf(promises: Promises): Objective[] {
  const over = promises.over ?? [];
  const shares = [
    ...over,
    ...(["availability", "errors"] as const).flatMap((of) => {
      const share = promises[of];
      return share === undefined || over.some((each) => each.of === of)
        ? []
        : [{ of, share, windowMs: MONTH_MS }];
    }),
  ];
  return [
    ...shares.map(({ of, share, windowMs }): Objective => {
      const isOnly = shares.filter((each) => each.of === of).length === 1;
      const id = isOnly ? of : `${of}.${exactTime(windowMs)}`;
      const time = `over ${formatDuration(windowMs)}`;
      if (of === "availability") {
        const mayBeBad = round(1 - share);
        return {
          id,
          title: `It answers ${percent(share)} of the time, ${time}`,
          counts: { of: "probes" },
          mayBeBad,
          windowMs,
        };
      }
      return {
        id,
        title: `At most ${percent(share)} of requests fail, ${time}`,
        counts: { of: "failed" },
        mayBeBad: share,
        windowMs,
      };
    }),
    ...(["p50", "p95", "p99"] as const).flatMap((name): Objective[] => {
      const thanMs = promises.latency[`${name}Ms`];
      if (thanMs === undefined) return [];
      const share = Number(name.slice(1)) / 100;
      return [
        {
          id: `latency.${name}`,
          title: `${percent(share)} of requests are answered within ${formatDuration(thanMs)}`,
          counts: { of: "slower", thanMs },
          mayBeBad: round(1 - share),
          windowMs: MONTH_MS,
        },
      ];
    }),
  ];
}

/** "7d", or milliseconds where the short form is not all of it: two times that differ are two monitors. */
function exactTime(ms: number): string {
  const short = formatDuration(ms).replace(" ", "");
  return parseDuration(short) === ms ? short : `${ms}ms`;
}

export function percent(share: number): string {
  return `${round(share * 100)} %`;
}

/** 1 - 0.999 is 0.0010000000000000009 in binary. */
export function round(value: number): number {
  return Number(value.toPrecision(9));
}
