import type { Doors } from "../model/doors.ts";
import { messageOf } from "../model/errors.ts";
import type { LoadPlan } from "../model/load-plan.ts";
import type { Address } from "../model/subject.ts";

export interface LoadFigures {
  readonly requests: number;
  /** Answers of 500 and more, and none at all. */
  readonly failed: number;
  readonly timedOut: number;
  /** Answers of 429: a rate limit held the load back. */
  readonly refused: number;
  /** Of answers that were neither failed nor refused, in milliseconds. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly worstMs: number;
  readonly tookMs: number;
  /** The greatest number of requests under way at once. */
  readonly mostAtOnce: number;
  readonly firstFailure: string | undefined;
}

/** Longer than anybody waits. */
const TIMEOUT_MS = 10_000;
const THINK_MS = 1_000;
/** A server that answers nothing must not fill this machine's memory. */
const MOST_OPEN = 2_000;
/** Told from users' requests by the edge, as everything Gonogo sends. */
const USER_AGENT = "gonogo-load";

/** Sends the load and waits for every answer. Aborting ends it early; throws what the signal says. */
export async function sendLoad(
  { doors, address, signal }: { doors: Pick<Doors, "http" | "clock">; address: Address; signal: AbortSignal },
  plan: LoadPlan,
): Promise<LoadFigures> {
  const { clock, http } = doors;
  const times: number[] = [];
  const seen = { requests: 0, failed: 0, timedOut: 0, refused: 0, open: 0, mostAtOnce: 0 };
  let firstFailure: string | undefined;
  const from = clock.monotonicMs();
  const sinceMs = () => clock.monotonicMs() - from;

  function fail(why: string): void {
    seen.failed += 1;
    firstFailure ??= why;
  }

  async function ask(): Promise<void> {
    const path = plan.paths[seen.requests % plan.paths.length] ?? "/";
    seen.requests += 1;
    seen.open += 1;
    seen.mostAtOnce = Math.max(seen.mostAtOnce, seen.open);
    try {
      const { status, tookMs } = await http.send({
        url: address.url + path,
        headers: { "user-agent": USER_AGENT },
        timeoutMs: TIMEOUT_MS,
        ...(address.ca !== undefined && { ca: address.ca }),
        signal,
      });
      if (status >= 500) fail(`${path} answered ${status}`);
      else if (status === 429) seen.refused += 1;
      else times.push(tookMs);
    } catch (thrown) {
      signal.throwIfAborted();
      const why = messageOf(thrown);
      if (/time|within/i.test(why)) seen.timedOut += 1;
      fail(`${path}: ${why}`);
    } finally {
      seen.open -= 1;
    }
  }

  async function user(at: number): Promise<void> {
    // People do not come in step.
    await clock.delay((THINK_MS * at) / (plan.users ?? 1), signal);
    while (sinceMs() < plan.forMs) {
      await ask();
      await clock.delay(Math.min(THINK_MS, Math.max(0, plan.forMs - sinceMs())), signal);
    }
  }

  async function arrivals(perSecond: number): Promise<void> {
    const underway: Promise<void>[] = [];
    const all = Math.round((perSecond * plan.forMs) / 1_000);
    for (let sent = 0; sent < all; sent += 1) {
      // By the plan's clock and not by the answers': a slow server is not spared.
      await clock.delay(Math.max(0, (1_000 * sent) / perSecond - sinceMs()), signal);
      if (seen.open < MOST_OPEN) underway.push(ask());
      else fail(`${MOST_OPEN} requests were under way at once`);
    }
    await Promise.all(underway);
  }

  if (plan.arrivals !== undefined) await arrivals(plan.arrivals);
  else await Promise.all(Array.from({ length: plan.users ?? 1 }, (_, at) => user(at)));
  const { open: _, ...counted } = seen;
  return { ...counted, ...quantiles(times), tookMs: Math.round(sinceMs()), firstFailure };
}

/** Nearest-rank, of every answer and not of a sample. */
function quantiles(times: number[]): Pick<LoadFigures, "p50Ms" | "p95Ms" | "p99Ms" | "worstMs"> {
  times.sort((one, other) => one - other);
  const at = (share: number): number =>
    Math.round(times[Math.max(0, Math.ceil(times.length * share) - 1)] ?? 0);
  return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), worstMs: at(1) };
}
