import fc from "fast-check";
import { expect, test } from "vitest";
import { launchOf } from "../../../test/fixtures/check-record.ts";
import { openRealStore, storeFile } from "../../../test/fixtures/store-file.ts";
import { afterPing, type Heartbeat, newHeartbeat, type Ping } from "../../model/heartbeat.ts";
import type { Reading } from "../../model/monitor.ts";
import type { HeartbeatPolicy, HeartbeatTiming } from "../../model/watch-policy.ts";
import { openClock } from "../../system/clock.ts";
import { openHttpListener } from "../../system/http-listener.ts";
import { openLightHttp } from "../../system/light-http.ts";
import { openHeartbeatBook } from "./heartbeat-book.ts";
import { watchHeartbeats } from "./heartbeat-watch.ts";
import { type Deafness, judgeHeartbeat } from "./judgement.ts";
import { createPingDoor } from "./ping-door.ts";
import { dueAfter } from "./timing.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 10, 21, 8);
const utc = (text: string): number => Date.parse(`${text}Z`);

test("a pattern is read on its own clock, through both changes of it", () => {
  const nightly: HeartbeatTiming = { cron: "30 2 * * *", timeZone: "Europe/Berlin" };
  const after = (from: string): string =>
    new Date(dueAfter(nightly, utc(from)) ?? 0).toISOString().slice(0, 16);
  expect(after("2026-11-21T00:00")).toBe("2026-11-21T01:30");
  expect(after("2026-07-01T00:00")).toBe("2026-07-01T00:30");
  // 02:30 does not exist on 28 March 2027: the first moment after the gap takes its place.
  expect(after("2027-03-27T12:00")).toBe("2027-03-28T01:00");
  expect(after("2027-03-28T02:00")).toBe("2027-03-29T00:30");
  // 02:30 comes twice on 25 October 2026: the first counts, and the second is not due once more.
  expect(after("2026-10-24T12:00")).toBe("2026-10-25T00:30");
  expect(after("2026-10-25T00:30")).toBe("2026-10-26T01:30");
  expect(dueAfter({ everyMs: 5_000 }, 10)).toBe(5_010);
});

/** Heartbeats of which each said once, at the start, that it lives; then as judged at each of these times. */
async function judged(timings: readonly HeartbeatTiming[], atMs: readonly number[], monotonicMs = atMs) {
  let [nowMs, ranMs] = [START, START];
  const readings: Reading[] = [];
  const { tasks } = watchHeartbeats({
    launch: launchOf({}),
    dependencies: new Map(),
    policies: timings.map((timing, index) => ({ ...policy(String(index)), timing })),
    book: {
      byKey: () => undefined,
      ping: async () => undefined,
      get: (name) => afterPing(newHeartbeat(name, START), { kind: "success", at: START }),
      keyOf: () => "",
    },
    surroundings: {
      now: () => Promise.reject(new Error("nobody is there")),
      isStopped: async () => false,
      stopped: async () => undefined,
      last: undefined,
    },
    clock: { now: () => nowMs, monotonicMs: () => ranMs, delay: async () => undefined },
    lastAt: new Map(),
    hand: (found) => readings.push(...found),
  });
  for (const [index, at] of atMs.entries()) {
    nowMs = START + at;
    ranMs = START + (monotonicMs[index] ?? 0);
    for (const { run } of tasks) await run();
  }
  return readings.map(({ monitor, state, detail }) => `${monitor} ${state}: ${detail}`);
}

test("a zone without a rule for summer is its offset, and one that this machine does not know harms no other", async () => {
  const daily = (timeZone: string): HeartbeatTiming => ({ cron: "30 2 * * *", timeZone });
  for (const day of ["2026-03-28", "2026-07-01", "2026-10-24"]) {
    const after = (zone: string) => new Date(dueAfter(daily(zone), utc(`${day}T12:00`)) ?? 0).toISOString();
    expect([after("Asia/Kolkata").slice(11, 16), after("Etc/GMT+5").slice(11, 16)]).toEqual([
      "21:00",
      "07:30",
    ]);
  }
  expect(await judged(["Mars/Olympus", "Asia/Kolkata"].map(daily), [MINUTE])).toEqual([
    expect.stringMatching(/^heartbeat\/0 unknown: when it is due cannot be told: .*Mars/),
    "heartbeat/1 up: ended well 1 min ago",
  ]);
});

test("hours that never were, because the clock was put forward, are held against nobody", async () => {
  const hourly: HeartbeatTiming[] = [{ everyMs: HOUR }];
  expect(await judged(hourly, [MINUTE, 12 * HOUR])).toEqual([
    "heartbeat/0 up: ended well 1 min ago",
    expect.stringContaining("down: no sign of life"),
  ]);
  expect(await judged(hourly, [MINUTE, 12 * HOUR, 14 * HOUR], [MINUTE, 2 * MINUTE, 2 * HOUR])).toEqual([
    "heartbeat/0 up: ended well 1 min ago",
    "heartbeat/0 unknown: nobody listened when it was due",
    expect.stringContaining("down: no sign of life"),
  ]);
  expect(await judged(hourly, [MINUTE, -12 * HOUR], [MINUTE, 2 * MINUTE])).toHaveLength(1);
});

const rules = { timing: { everyMs: HOUR }, graceMs: 5 * MINUTE, longestRunMs: 30 * MINUTE };

function stateAfter(
  pings: readonly (Omit<Ping, "at"> & { minute: number })[],
  atMinute: number,
  deaf?: Deafness,
) {
  const heartbeat = pings.reduce<Heartbeat>(
    (before, { minute, ...ping }) => afterPing(before, { ...ping, at: START + minute * MINUTE }),
    newHeartbeat("export", START),
  );
  const { state, detail } = judgeHeartbeat(heartbeat, { rules, now: START + atMinute * MINUTE, deaf });
  return `${state}: ${detail}`;
}

test("it lives while it says so in time, fails when it says so, and is missed when it says nothing", () => {
  expect(stateAfter([], 64)).toBe("up: waiting for its first sign of life");
  expect(stateAfter([], 66)).toBe("down: no sign of life since it was due 6 min ago; it never did");
  const begun = [{ kind: "start", minute: 0 }] as const;
  expect(stateAfter(begun, 30)).toBe("up: began 30 min ago");
  expect(stateAfter(begun, 31)).toBe("down: began 31 min ago and has not ended; 30 min are allowed");
  const ended = [...begun, { kind: "success", minute: 20 }] as const;
  expect(stateAfter(ended, 65)).toBe("up: ended well 45 min ago");
  // Due an hour after it began, not after it ended.
  expect(stateAfter(ended, 66)).toBe(
    "down: no sign of life since it was due 6 min ago; the last was 46 min ago",
  );
  const failed = [...begun, { kind: "fail", minute: 3, exitCode: 3, log: "a\ndisk is full\n" }] as const;
  expect(stateAfter(failed, 4)).toBe("down: failed 1 min ago with exit code 3: disk is full");
  expect(stateAfter([...failed, { kind: "log", minute: 5, log: "trying" }], 6)).toMatch("down: failed");
  expect(stateAfter([...failed, { kind: "success", minute: 9 }], 10)).toBe("up: ended well 1 min ago");
  // A run that did not say that it began is due an hour after its own end, whenever another one began.
  expect(stateAfter([...ended, { kind: "success", minute: 80 }], 81)).toBe("up: ended well 1 min ago");
});

test("what was due while nobody listened is not held against it, once", () => {
  const ended = [{ kind: "success", minute: 0 }] as const;
  const deaf = { from: START + 50 * MINUTE, until: START + 200 * MINUTE };
  expect(stateAfter(ended, 201, deaf)).toBe("unknown: nobody listened when it was due");
  expect(stateAfter(ended, 264, deaf)).toMatch("unknown");
  expect(stateAfter(ended, 266, deaf)).toMatch("down: no sign of life");
  expect(stateAfter([...ended, { kind: "success", minute: 240 }], 266, deaf)).toMatch("up");
});

const policy = (name: string): HeartbeatPolicy => ({
  name,
  timing: { everyMs: HOUR },
  graceMs: MINUTE,
  severity: "P1",
});

async function openDoor() {
  const stack = new AsyncDisposableStack();
  const file = stack.use(storeFile());
  const store = stack.use(await openRealStore(file.file));
  const clock = openClock();
  const open = () =>
    openHeartbeatBook({
      environment: "staging",
      policies: [policy("export"), policy("flooded")],
      salt: store.salt,
      store: store.heartbeats,
      clock,
    });
  const book = await open();
  const told: string[] = [];
  const listener = stack.use(
    await openHttpListener({
      host: "127.0.0.1",
      port: 0,
      handlers: [createPingDoor(book, clock)],
      onTrouble: (text) => told.push(text),
    }),
  );
  const url = (name: string, rest = ""): string =>
    `http://127.0.0.1:${listener.port}/beat/${book.keyOf(name)}${rest}`;
  return { book, open, told, url, listener, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

test("a ping that was answered is kept: another process knows it", async () => {
  await using door = await openDoor();
  expect((await fetch(door.url("export", "/start"))).status).toBe(200);
  const sent = await fetch(door.url("export", "/3"), {
    method: "POST",
    body: `line\u001b[2J\nno space left`,
  });
  expect([sent.status, await sent.text()]).toEqual([200, "OK\n"]);
  const again = await door.open();
  expect(again.keyOf("export")).toBe(door.book.keyOf("export"));
  expect(again.get("export")).toMatchObject({ endedWell: false, exitCode: 3, log: "line[2J\nno space left" });
  expect(again.get("export")?.startedAt).toBeGreaterThan(0);
  expect(door.book.keyOf("export")).not.toBe(door.book.keyOf("flooded"));
});

test("whatever is sent there, it answers, keeps nothing it should not, and goes on", async () => {
  await using door = await openDoor();
  const origin = `http://127.0.0.1:${door.listener.port}`;
  const key = door.book.keyOf("export");
  for (const [path, status] of [
    [`/beat/${key}/256`, 400],
    [`/beat/${key}/1000`, 404],
    [`/beat/${key}/start/again`, 404],
    [`/beat/${"0".repeat(32)}`, 404],
    [`/beat/${key.toUpperCase()}`, 404],
    ["/beat/", 404],
    ["/beat/..%2f..%2fetc", 404],
    ["/elsewhere", 404],
  ] as const) {
    expect({ path, status: (await fetch(origin + path)).status }).toEqual({ path, status });
  }
  expect((await fetch(`${origin}/beat/${key}`, { method: "DELETE" })).status).toBe(405);
  const huge = await fetch(`${origin}/beat/${key}/log`, { method: "POST", body: "x".repeat(3_000_000) });
  expect(huge.status).toBe(200);
  expect(door.book.get("export")?.log).toHaveLength(2_000);
  await fc.assert(
    fc.asyncProperty(fc.webPath(), fc.webQueryParameters(), async (path, query) => {
      const { status } = await fetch(`${origin}${path.startsWith("/") ? path : `/${path}`}?${query}`);
      expect(status).toBeLessThan(500);
    }),
    { numRuns: 20 },
  );
  expect(door.told).toEqual([]);
});

test("one that floods is held back, and the others are heard all the while", async () => {
  await using door = await openDoor();
  await using http = openLightHttp();
  const flood = new URL(door.url("flooded"));
  let isOver = false;
  const statuses: number[] = [];
  const flooders = Array.from({ length: 100 }, async () => {
    while (!isOver) {
      const answer = await http.get({ url: flood, timeoutMs: 5_000 }).catch(() => undefined);
      if (answer) statuses.push(answer.status);
    }
  });
  const heard: number[] = [];
  for (let round = 0; round < 10; round++) heard.push((await fetch(door.url("export"))).status);
  isOver = true;
  await Promise.all(flooders);
  expect(heard).toEqual(new Array(10).fill(200));
  expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(30);
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(50);
});
