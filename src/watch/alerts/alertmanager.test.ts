import fc from "fast-check";
import { expect, it } from "vitest";
import {
  HOUR,
  MINUTE,
  monitorOf,
  policyOf,
  readingOf,
  SECOND,
  watched,
} from "../../../test/fixtures/watched.ts";

// A second telling of how Alertmanager groups and repeats, written from its dispatcher and its needsUpdate
// (prometheus/alertmanager, dispatch/dispatch.go and notify/dedup_stage.go), to hold ours against. Its empty groups
// are swept every 30 s by another timer; here they are gone at once.

const GROUP_WAIT = 30 * SECOND;
const GROUP_INTERVAL = 5 * MINUTE;
const REPEAT_INTERVAL = 4 * HOUR;

interface Flip {
  readonly at: number;
  readonly monitor: string;
  readonly state: "up" | "down";
}

type Sent = readonly [at: number, status: "firing" | "resolved", firing: number];

function alertmanager(flips: readonly Flip[], until: number): Sent[] {
  const sent: Sent[] = [];
  const group = new Map<string, "firing" | "resolved">();
  let log: { firing: Set<string>; resolved: Set<string>; at: number } | undefined;
  let timer: number | undefined;

  function flushAt(now: number): void {
    const firing = new Set([...group].filter(([, state]) => state === "firing").map(([name]) => name));
    const resolved = new Set([...group].filter(([, state]) => state === "resolved").map(([name]) => name));
    if (needsUpdate(firing, resolved, now)) {
      sent.push([now, firing.size > 0 ? "firing" : "resolved", firing.size]);
      log = { firing, resolved, at: now };
    }
    for (const name of resolved) group.delete(name);
    timer = group.size > 0 ? now + GROUP_INTERVAL : undefined;
  }

  function needsUpdate(firing: Set<string>, resolved: Set<string>, now: number): boolean {
    const known = log;
    if (!known) return firing.size > 0;
    if (![...firing].every((name) => known.firing.has(name))) return true;
    if (firing.size === 0) return known.firing.size > 0;
    if (![...resolved].every((name) => known.resolved.has(name))) return true;
    return known.at < now - REPEAT_INTERVAL;
  }

  for (const { at, monitor, state } of [...flips, { at: until, monitor: "", state: "up" } as const]) {
    while (timer !== undefined && timer <= at) flushAt(timer);
    if (state === "down") {
      group.set(monitor, "firing");
      timer ??= at + GROUP_WAIT;
    } else if (group.has(monitor)) group.set(monitor, "resolved");
  }
  return sent;
}

function ours(flips: readonly Flip[], until: number): Sent[] {
  const grouping = {
    ...policyOf().grouping,
    by: "environment" as const,
    waitMs: GROUP_WAIT,
    gatherMs: GROUP_WAIT,
  };
  const names = [...new Set(flips.map(({ monitor }) => monitor))];
  const confirm = { failures: 1, successes: 1 };
  const world = watched(
    names.map((name) => monitorOf(name, { confirm })),
    policyOf({ grouping }),
  );
  for (const { at, monitor, state } of flips) {
    world.until(at);
    world.read(readingOf(monitor, state, at));
  }
  world.until(until);
  return world.messages.map(({ at, notice }) => {
    const more = / and (\d+) more$/.exec(notice.title)?.[1];
    return notice.kind === "resolved" ? [at, "resolved", 0] : [at, "firing", 1 + Number(more ?? 0)];
  });
}

/** Each monitor up and down in turns of a given length each, from its own beginning. */
function flapping(turns: readonly { from: number; upMs: number; downMs: number }[], until: number): Flip[] {
  return turns
    .flatMap(({ from, upMs, downMs }, index) => {
      const flips: Flip[] = [];
      for (let at = from, isDown = true; at < until; isDown = !isDown) {
        flips.push({ at, monitor: `api/part-${index}`, state: isDown ? "down" : "up" });
        at += isDown ? downMs : upMs;
      }
      return flips;
    })
    .sort((a, b) => a.at - b.at);
}

const DAY = 24 * HOUR;

it.each([
  ["every minute", [{ from: 0, upMs: MINUTE, downMs: MINUTE }], 480],
  ["every ten minutes", [{ from: 0, upMs: 10 * MINUTE, downMs: 10 * MINUTE }], 144],
  ["for an hour, twice a day", [{ from: 0, upMs: 11 * HOUR, downMs: HOUR }], 4],
  ["for good", [{ from: 0, upMs: 0, downMs: 2 * DAY }], 6],
] as const)("a day of flapping %s is told as Alertmanager tells it", (_, turns, count) => {
  const flips = flapping(turns, DAY);
  const expected = alertmanager(flips, DAY);
  expect(ours(flips, DAY)).toEqual(expected);
  expect(expected).toHaveLength(count);
});

it("and so is any other day of several monitors that flap together", () => {
  const length = fc.integer({ min: 1, max: 40_000 }).map((seconds) => seconds * SECOND + 1);
  const turn = fc.record({ from: length, upMs: length, downMs: length });
  fc.assert(
    fc.property(fc.array(turn, { minLength: 1, maxLength: 5 }), (turns) => {
      const flips = flapping(turns, DAY);
      expect(ours(flips, DAY)).toEqual(alertmanager(flips, DAY));
    }),
    { numRuns: 40 },
  );
});
