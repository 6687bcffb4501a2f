import type { Doors } from "../model/doors.ts";
import type { Promises } from "../model/promise.ts";
import { quantity } from "../model/quantity.ts";
import type { RollbackTrigger } from "../model/rollback-trigger.ts";
import type { Target, Traffic } from "../model/target.ts";
import { trafficTrigger } from "./bake-triggers.ts";
import { percent } from "./percent.ts";
import type { Prober, ProbeSample } from "./prober.ts";
import { failsAbove, slowerThan, type TrafficFigures } from "./traffic-limits.ts";

/** What the watch after a switch came to. No data is its own answer: never good, never bad. */
export type BakeResult =
  | { readonly state: "good" | "no data"; readonly reason: string; readonly traffic: readonly Traffic[] }
  | { readonly state: "bad"; readonly reason: string; readonly traffic: readonly Traffic[] };

/** This many failed probes among the newest are a breach: one lost packet is not. */
const FAILED_PROBES = 3;
const NEWEST_PROBES = 10;
const LOOK_EVERY_MS = 250;
/** What the old release did before the switch; the edge remembers a quarter of an hour. */
const OLD_WINDOW_MS = 10 * 60_000;
/** The checks of triggers are asked this often: each asks the application something. */
const ASK_EVERY_MS = 5_000;

/**
 * Watches the new release for `bakeMs`: synthetic probes, restarts, the declared triggers, and the edge's own
 * traffic against the promises and against what the old release did before the switch. Returns at the first breach.
 */
export async function bake(options: {
  doors: Doors;
  target: Target;
  prober: Prober;
  release: string;
  before: string | undefined;
  promises: Promises;
  triggers: readonly RollbackTrigger[];
  /** Asks the checks that triggers name; what fails, in words. */
  askTriggers?: (signal: AbortSignal) => Promise<string | undefined>;
  bakeMs: number;
  signal: AbortSignal;
}): Promise<BakeResult> {
  const { doors, target, prober, release, before, promises, triggers, askTriggers, bakeMs, signal } = options;
  const startedAt = doors.clock.now();
  const from = doors.clock.monotonicMs();
  const earlier = before === undefined ? [] : await target.traffic(startedAt - OLD_WINDOW_MS, signal);
  const old = before === undefined ? undefined : of(earlier, before);
  let askedAt = from;
  const restartsAtStart = await restartsOf(target, release, signal);
  for (;;) {
    const probes = prober.since(from);
    const traffic = await target.traffic(startedAt, signal);
    const restarts = (await restartsOf(target, release, signal)) - restartsAtStart;
    const figures = { now: of(traffic, release), old };
    const breach =
      probeBreach(probes) ??
      restartBreach(restarts) ??
      trafficTrigger(triggers, figures) ??
      trafficBreach({ ...figures, promises }) ??
      (await askedTrigger());
    if (breach !== undefined) return { state: "bad", reason: breach, traffic };
    if (doors.clock.monotonicMs() - from >= bakeMs) {
      if (probes.length === 0)
        return { state: "no data", reason: "nothing was asked of the new release", traffic };
      return { state: "good", reason: `${quantity(probes.length, "probe")}, none failed for long`, traffic };
    }
    await doors.clock.delay(LOOK_EVERY_MS, signal);
  }

  async function askedTrigger(): Promise<string | undefined> {
    if (!askTriggers || doors.clock.monotonicMs() - askedAt < ASK_EVERY_MS) return undefined;
    const found = await askTriggers(signal);
    askedAt = doors.clock.monotonicMs();
    // Once more: what fails once may be a lost packet, and going back is felt by everybody.
    return found === undefined ? undefined : await askTriggers(signal);
  }
}

function of(traffic: readonly Traffic[], release: string): Traffic | undefined {
  return traffic.find((each) => each.release === release);
}

async function restartsOf(target: Target, release: string, signal: AbortSignal): Promise<number> {
  const { instances } = await target.status(signal);
  return instances.filter((each) => each.release === release).reduce((sum, each) => sum + each.restarts, 0);
}

/** Pure: what the newest probes say. */
export function probeBreach(probes: readonly ProbeSample[]): string | undefined {
  const failed = probes.slice(-NEWEST_PROBES).filter((probe) => probe.failure !== undefined);
  if (failed.length < FAILED_PROBES) return undefined;
  return `${failed.length} of the newest ${Math.min(NEWEST_PROBES, probes.length)} probes failed: ${failed[0]?.failure}`;
}

function restartBreach(restarts: number): string | undefined {
  return restarts > 0 ? `the new release's processes crashed ${quantity(restarts, "time")}` : undefined;
}

/** Pure: the new release's traffic held against the promises, and against the old one's where there is one. */
export function trafficBreach({
  promises,
  ...figures
}: TrafficFigures & { promises: Promises }): string | undefined {
  const { errors, latency } = promises;
  const failing = errors === undefined ? undefined : failsAbove(errors, figures);
  if (failing !== undefined && errors !== undefined) return `${failing}; promised at most ${percent(errors)}`;
  const slow = latency.p95Ms === undefined ? undefined : slowerThan(latency.p95Ms, "p95", figures);
  return slow && `${slow}; promised ${latency.p95Ms} ms`;
}
