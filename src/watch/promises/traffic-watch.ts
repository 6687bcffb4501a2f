import type { Clock } from "../../model/doors.ts";
import type { Monitor, Reading } from "../../model/monitor.ts";
import { quantity } from "../../model/quantity.ts";
import type { Target, TrafficSpan } from "../../model/target.ts";

/** Asks the edge what users' requests came to since it was asked last, release by release. */
export interface TrafficWatch {
  look(): Promise<Reading[]>;
}

function figure(id: string, title: string): Monitor {
  return {
    id: `edge/${id}`,
    component: "edge",
    check: undefined,
    title,
    consequence: "A figure to look at: nobody is told of it.",
    severity: "P3",
    every: "10s",
    dependsOn: [],
    confirm: { failures: 1, successes: 1 },
  };
}

export const TRAFFIC_MONITORS = {
  requests: figure("requests", "Requests in 10 s"),
  failed: figure("failed", "Failed requests in 10 s"),
  p50: figure("latency.p50", "Half of the requests are answered within, in milliseconds"),
  p95: figure("latency.p95", "95 % of the requests are answered within, in milliseconds"),
  p99: figure("latency.p99", "99 % of the requests are answered within, in milliseconds"),
} as const;

/** The edge remembers 15 minutes. */
const CATCH_UP_MS = 840_000;
const FIRST_LOOK_MS = 10_000;

export function createTrafficWatch(options: {
  readonly target: Pick<Target, "trafficSpan">;
  readonly clock: Clock;
  /** Limits whose breaches are counted, each as a series of its own. */
  readonly slower: readonly { readonly id: string; readonly thanMs: number }[];
  readonly signal: AbortSignal;
}): TrafficWatch {
  const { target, clock, slower, signal } = options;
  let from = secondOf(clock.now()) - FIRST_LOOK_MS;
  return {
    async look() {
      const now = clock.now();
      // The second that runs is left to the next time: spans beside each other count everything once.
      const until = secondOf(now);
      from = Math.min(until, Math.max(from, until - CATCH_UP_MS));
      if (until === from) return [];
      const began = clock.monotonicMs();
      try {
        const spans = (await target.trafficSpan?.({ from, until }, signal)) ?? [];
        from = until;
        const tookMs = clock.monotonicMs() - began;
        return spans.flatMap((span) =>
          readingsOf(span, slower).map((each) => ({ ...each, at: until - 1, tookMs })),
        );
      } catch {
        // Asked again for the whole time with the next look; that the target is gone, its monitors say.
        return [];
      }
    },
  };
}

function secondOf(ms: number): number {
  return ms - (ms % 1_000);
}

function readingsOf(
  span: TrafficSpan,
  slower: readonly { readonly id: string; readonly thanMs: number }[],
): Omit<Reading, "at" | "tookMs">[] {
  const { release, requests, failed } = span;
  const reading = (monitor: string, value: number, detail: string) => ({
    monitor,
    state: "up" as const,
    release,
    detail,
    value,
  });
  return [
    reading(TRAFFIC_MONITORS.requests.id, requests, quantity(requests, "request")),
    reading(TRAFFIC_MONITORS.failed.id, failed, `${failed} failed`),
    ...(["p50", "p95", "p99"] as const).flatMap((name) => {
      const ms = percentileOf(span, Number(name.slice(1)) / 100);
      return ms === undefined ? [] : [reading(TRAFFIC_MONITORS[name].id, ms, `${ms} ms`)];
    }),
    ...slower.map(({ id, thanMs }) => {
      const count = slowerThan(span, thanMs);
      return reading(`edge/slower.${id}`, count, `${count} slower than ${thanMs} ms`);
    }),
  ];
}

/** Pure: the latency that this share of answers stayed within. */
export function percentileOf(
  { latencies }: Pick<TrafficSpan, "latencies">,
  share: number,
): number | undefined {
  let left = Math.ceil(latencies.reduce((sum, [, count]) => sum + count, 0) * share);
  for (const [ms, count] of latencies) {
    left -= count;
    if (left <= 0) return Number(ms.toPrecision(3));
  }
  return undefined;
}

export function slowerThan({ latencies }: Pick<TrafficSpan, "latencies">, limitMs: number): number {
  return latencies.reduce((sum, [ms, count]) => sum + (ms > limitMs ? count : 0), 0);
}
