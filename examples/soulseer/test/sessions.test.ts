import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLog } from "../src/log.ts";
import type { Job } from "../src/queue/queue.ts";
import { billDueSessions, finalize, sweep } from "../src/sessions/billing.ts";
import { type Event, next, STATES } from "../src/sessions/state.ts";
import { activeSession, balance, person, reader, troubles } from "./people.ts";
import { startDatabase, type TestDatabase } from "./services.ts";

const RATE = 200;
let world: TestDatabase;
let rhea: string;
const jobs: Job[] = [];
const log = createLog("test", "error", () => undefined);
const publish = async () => undefined;
const queue = {
  async add(job: Job) {
    jobs.push(job);
  },
};
const scene = () => ({ database: world.database, queue, publish, log });

beforeAll(async () => {
  world = await startDatabase();
  rhea = await reader(world, "Rhea", RATE);
});
afterAll(() => world[Symbol.asyncDispose]());

async function session(cents: number, dueSecondsAgo: number): Promise<{ client: string; id: string }> {
  const client = await person(world, "Client", cents);
  return { client, id: await activeSession(world, { client, reader: rhea, rateCents: RATE, dueSecondsAgo }) };
}

async function stateOf(id: string): Promise<unknown> {
  const [row] = await world.admin(
    "select state, minutes_billed as minutes from reading_session where id = $1",
    [id],
  );
  return row;
}

describe("the state machine", () => {
  const events: readonly Event[] = [
    "accepted",
    "paid",
    "unpaid",
    "dropped",
    "resumed",
    "ended by client",
    "ended by reader",
    "grace over",
    "never answered",
    "settled",
  ];

  it("never leaves a session that is over but to settle it", () => {
    expect(events.flatMap((event) => next("ended", event) ?? [])).toEqual(["finalized"]);
    expect(events.flatMap((event) => next("finalized", event) ?? [])).toEqual([]);
  });

  it("is the same in the database, which refuses every other move", async () => {
    const allowed = new Set(STATES.flatMap((from) => events.map((event) => `${from} ${next(from, event)}`)));
    for (const from of STATES) {
      for (const to of STATES.filter((each) => each !== from)) {
        const { id } = await session(0, -600);
        await world.admin("alter table reading_session disable trigger reading_session_transition");
        const dress = `activated_at = now(), next_tick_at = now() + interval '1 h', grace_until = now() + interval '1 h', ended_at = now()`;
        const settle = (state: string) =>
          `state = '${state}', finalized_at = ${state === "finalized" ? "now()" : "null"}`;
        await world.admin(`update reading_session set ${dress}, ${settle(from)} where id = $1`, [id]);
        await world.admin("alter table reading_session enable trigger reading_session_transition");
        const moved = await world.admin(`update reading_session set ${settle(to)} where id = $1`, [id]).then(
          () => true,
          () => false,
        );
        expect([from, to, moved]).toEqual([from, to, allowed.has(`${from} ${to}`)]);
        await world.admin("delete from reading_session where id = $1", [id]);
      }
    }
  });
});

describe("the billing tick", () => {
  it("bills a due minute once when two workers tick at once", async () => {
    const { client, id } = await session(1_000, 5);
    const counts = await Promise.all([1, 2, 3, 4].map(() => billDueSessions(scene())));
    expect(counts.reduce((sum, { billed }) => sum + billed, 0)).toBe(1);
    expect(await balance(world, client)).toBe(800);
    expect(await stateOf(id)).toEqual({ state: "active", minutes: 1 });
    expect(await troubles(world)).toEqual([]);
  });

  it("leaves a minute alone that is not due", async () => {
    const { client } = await session(1_000, -30);
    await billDueSessions(scene());
    expect(await balance(world, client)).toBe(1_000);
  });

  it("makes up for the minutes of an outage", async () => {
    const { client, id } = await session(1_000, 130);
    expect(await troubles(world)).toEqual([]);
    await billDueSessions(scene());
    expect(await balance(world, client)).toBe(400);
    expect(await stateOf(id)).toEqual({ state: "active", minutes: 3 });
  });

  it("gives grace when the wallet is empty, and bills nothing in it", async () => {
    const { client, id } = await session(250, 70);
    expect(await billDueSessions(scene())).toEqual({ billed: 1, unpaid: 1 });
    expect(await stateOf(id)).toEqual({ state: "grace", minutes: 1 });
    await billDueSessions(scene());
    expect(await balance(world, client)).toBe(50);
  });

  it("passes by the sessions of probes", async () => {
    const { client, id } = await session(1_000, 600);
    await world.admin("update reading_session set is_probe = true where id = $1", [id]);
    await billDueSessions(scene());
    expect(await balance(world, client)).toBe(1_000);
    expect(await troubles(world)).toEqual([]);
  });
});

describe("the end of a session", () => {
  it("comes when grace is over, and pays the reader once however often it is settled", async () => {
    const { id } = await session(450, 130);
    await billDueSessions(scene());
    await sweep(scene());
    expect(await stateOf(id)).toEqual({ state: "grace", minutes: 2 });
    await world.admin("update reading_session set grace_until = now() - interval '1 second' where id = $1", [
      id,
    ]);
    const before = await balance(world, rhea);
    await Promise.all([sweep(scene()), sweep(scene())]);
    expect(jobs.filter((job) => job.kind === "finalize" && job.sessionId === id)).toHaveLength(1);
    await Promise.all([finalize(scene(), id), finalize(scene(), id), finalize(scene(), id)]);
    expect(await stateOf(id)).toEqual({ state: "finalized", minutes: 2 });
    expect((await balance(world, rhea)) - before).toBe(280);
    expect(await troubles(world)).toEqual([]);
  });

  it("is not forgotten when its job was lost", async () => {
    const { id } = await session(0, -60);
    await world.admin(
      "update reading_session set state = 'ended', ended_at = now() - interval '5 minutes' where id = $1",
      [id],
    );
    jobs.length = 0;
    await sweep(scene());
    expect(jobs).toEqual([{ kind: "finalize", sessionId: id }]);
    await finalize(scene(), id);
    expect(await stateOf(id)).toEqual({ state: "finalized", minutes: 0 });
  });
});
