import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testChannel } from "../../../test/fixtures/channels.ts";
import { launchOf } from "../../../test/fixtures/check-record.ts";
import { mountSmallDisk, type SmallDisk } from "../../../test/fixtures/small-disk.ts";
import { openRealStore } from "../../../test/fixtures/store-file.ts";
import { HOUR, monitorOf, policyOf, readingOf } from "../../../test/fixtures/watched.ts";
import type { Doors } from "../../model/doors.ts";
import { OutsideError } from "../../model/errors.ts";
import type { Store } from "../../store/store.ts";
import { openDoors } from "../../system/doors.ts";
import { type Alerting, startAlerting } from "./alerting.ts";

/* What a machine does to a watcher: contained, said once, nothing lost. */

/** The machine that runs this may be busy. */
const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 20_000, interval: 20 });

const confirm = { failures: 1, successes: 1 };
const [api, mail] = [monitorOf("api/answers", { confirm }), monitorOf("mail/answers", { confirm })];
const grouping = { ...policyOf().grouping, waitMs: 20, gatherMs: 20, everyMs: 100 };

let disk: SmallDisk;
let store: Store;
let real: Doors & AsyncDisposable;
let channel: ReturnType<typeof testChannel>;
let told: string[];
/** How far the machine's clock is from the right time. */
let offMs: number;
beforeEach(async () => {
  disk = mountSmallDisk(8);
  store = await openRealStore(`${disk.directory}/gonogo.db`);
  real = openDoors();
  channel = testChannel("oncall");
  told = [];
  offMs = 0;
});
afterEach(async () => {
  await store[Symbol.asyncDispose]();
  await real[Symbol.asyncDispose]();
  disk[Symbol.dispose]();
});

const now = () => real.clock.now() + offMs;

function start(): Promise<Alerting> {
  return startAlerting({
    launch: "soulseer",
    environment: "production",
    policy: policyOf({ channels: [channel], grouping }),
    deploy: launchOf({}).deploy,
    monitors: [api, mail],
    touched: ["api"],
    store,
    doors: { ...real, clock: { ...real.clock, now } },
    variables: async () => new Map(),
    onTrouble: (text) => told.push(text),
  });
}

const kinds = () => channel.taken.map(({ kind }) => kind);

describe.each([
  ["back", -2 * HOUR],
  ["forward", 2 * HOUR],
] as const)("a clock that is put %s by hours", (way, byMs) => {
  it("keeps nobody from being told, now or of the end", async () => {
    await using alerting = await start();
    const isBusy = new OutsideError("503", { retryable: true, retryAfterMs: HOUR });
    channel.next.push(() => Promise.reject(isBusy));
    alerting.take([readingOf(api.id, "down", now())]);
    await eventually(async () => (await store.outbox.list("production"))[0]?.error).toBe("503");
    offMs = byMs;
    alerting.take([readingOf(mail.id, "up", now())]);
    await eventually(kinds).toEqual(["firing"]);
    alerting.take([readingOf(api.id, "up", now())]);
    await eventually(kinds).toEqual(["firing", "resolved"]);
    expect(told.filter((text) => text.includes("clock"))).toEqual([
      `this machine's clock was put ${way} by 2 h`,
    ]);
    expect(await store.incidents.list("production")).toHaveLength(1);
  });
});

it("tells what happened while the disk was full once there is room, and says only once that it was full", async () => {
  await using alerting = await start();
  await alerting.settled();
  disk.fill();
  alerting.take([readingOf(api.id, "down", now())]);
  await eventually(() => told).toEqual([expect.stringMatching(/^alerts cannot be kept: .*no space left/)]);
  alerting.take([readingOf(mail.id, "down", now())]);
  expect(channel.taken).toEqual([]);
  disk.free();
  await eventually(() => channel.taken.at(-1)?.title).toMatch(/^api: answers fails/);
  await eventually(async () => (await store.alerts.load("production")).tracks.length).toBe(2);
  expect(told.filter((text) => text.startsWith("alerts"))).toHaveLength(1);
});

it("goes on without a row that cannot be read, says which, and tells all the rest", async () => {
  {
    await using alerting = await start();
    alerting.take([readingOf(api.id, "down", now()), readingOf(mail.id, "down", now())]);
    await eventually(kinds).toEqual(["firing"]);
  }
  const raw = new DatabaseSync(`${disk.directory}/gonogo.db`);
  raw.exec(`update alert_track set track_json = '{"monitor":' where monitor = 'api/answers'`);
  raw.exec(`update incident set affected_json = 'nonsense'`);
  raw.exec(`insert into outbox select environment, number + 1, 'k2', channel, incident, '{', 'waiting', 0,
    created_at, 0, null, null, null, null, 0 from outbox`);
  raw.close();
  await using alerting = await start();
  alerting.take([readingOf(mail.id, "up", now())]);
  alerting.take([readingOf(api.id, "down", now()), readingOf(api.id, "up", now())]);
  await eventually(() => kinds().at(-1)).toBe("resolved");
  expect(told).toEqual(["what was kept of api/answers cannot be read: it is begun anew"]);
  const dead = await store.outbox.list("production", { state: "dead" });
  expect(dead.map(({ error }) => error)).toEqual(["what was kept of it cannot be read"]);
});
