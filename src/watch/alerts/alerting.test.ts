import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { testChannel } from "../../../test/fixtures/channels.ts";
import { launchOf } from "../../../test/fixtures/check-record.ts";
import { STORE_KINDS, type StorePlace } from "../../../test/fixtures/store-places.ts";
import { monitorOf, policyOf, readingOf } from "../../../test/fixtures/watched.ts";
import type { Doors } from "../../model/doors.ts";
import type { Store } from "../../store/store.ts";
import { openDoors } from "../../system/doors.ts";
import { type AlertingSetting, startAlerting } from "./alerting.ts";

/** The machine that runs this may be busy. */
const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 20_000, interval: 20 });

describe.each(STORE_KINDS)("on a store in $database", (kind) => {
  const places = kind.places();
  afterAll(() => places.stop());
  let place: StorePlace;
  let store: Store;
  let doors: Doors & AsyncDisposable;
  beforeEach(async () => {
    place = await places.newPlace();
    store = await place.open();
    doors = openDoors();
  });
  afterEach(async () => {
    await store[Symbol.asyncDispose]();
    await doors[Symbol.asyncDispose]();
    place[Symbol.dispose]();
  });

  const oncall = () => testChannel("oncall");
  const confirm = { failures: 1, successes: 1 };
  const api = monitorOf("api/answers", { confirm });
  const grouping = { ...policyOf().grouping, waitMs: 20, gatherMs: 20, everyMs: 100 };

  const start = (channel: ReturnType<typeof testChannel>, given: Partial<AlertingSetting> = {}) =>
    startAlerting({
      launch: "soulseer",
      environment: "production",
      policy: policyOf({ channels: [channel], grouping }),
      deploy: launchOf({}).deploy,
      monitors: [api],
      touched: ["api"],
      store,
      doors,
      variables: async () => new Map(),
      ...given,
    });

  const now = () => doors.clock.now();

  it("makes an incident of what fails, tells it, and tells its end", async () => {
    const channel = oncall();
    await using alerting = await start(channel);
    alerting.take([readingOf(api.id, "down", now())]);
    await eventually(() => channel.taken.length).toBe(1);
    alerting.take([readingOf(api.id, "up", now())]);
    await eventually(() => channel.taken.map(({ kind }) => kind)).toEqual(["firing", "resolved"]);
    const [incident] = await store.incidents.list("production");
    expect(incident).toMatchObject({
      id: "i1",
      state: "resolved",
      title: "api: answers fails",
      component: "api",
    });
    await eventually(async () =>
      (await store.incidents.events("production", "i1")).map(({ kind }) => kind).toSorted(),
    ).toEqual(["opened", "recovered", "resolved", "told", "told"]);
    expect(incident?.toldAt).toBeGreaterThanOrEqual(incident?.openedAt ?? 0);
  });

  it("goes on after a restart where it was: nothing is told twice, the end is told", async () => {
    const channel = oncall();
    {
      await using alerting = await start(channel);
      alerting.take([readingOf(api.id, "down", now())]);
      await eventually(() => channel.taken.length).toBe(1);
    }
    await using again = await start(channel);
    again.take([readingOf(api.id, "down", now())]);
    await again.settled();
    again.take([readingOf(api.id, "up", now())]);
    await eventually(() => channel.taken.map(({ kind }) => kind)).toEqual(["firing", "resolved"]);
    expect(new Set(channel.taken.map(({ thread }) => thread)).size).toBe(1);
  });

  it("ends what was declared away: nobody will ever find it up again", async () => {
    const channel = oncall();
    {
      await using alerting = await start(channel);
      alerting.take([readingOf(api.id, "down", now())]);
      await eventually(() => channel.taken.length).toBe(1);
    }
    await using _ = await start(channel, { monitors: [monitorOf("db/accepts")] });
    await eventually(() => channel.taken.map(({ kind }) => kind)).toEqual(["firing", "resolved"]);
    expect((await store.incidents.get("production", "i1"))?.state).toBe("resolved");
  });

  it("keeps what a person did in another process", async () => {
    const channel = oncall();
    await using alerting = await start(channel);
    alerting.take([readingOf(api.id, "down", now())]);
    await eventually(() => channel.taken.length).toBe(1);
    await using theirs = await place.open();
    const deed = { by: "ada", at: now() };
    expect(await theirs.incidents.acknowledge("production", "i1", deed)).toBe(true);
    expect(await theirs.incidents.acknowledge("production", "i1", { ...deed, by: "bo" })).toBe(false);
    alerting.take([readingOf(api.id, "up", now())]);
    await eventually(async () => (await store.incidents.get("production", "i1"))?.state).toBe("resolved");
    expect(await store.incidents.get("production", "i1")).toMatchObject({ acknowledgedBy: "ada" });
  });

  it("waits for a store that cannot write, says so once, and loses nothing", async () => {
    const channel = oncall();
    const told: string[] = [];
    let refusals = 2;
    const alerts: Store["alerts"] = {
      ...store.alerts,
      commit: (change) =>
        refusals-- > 0 ? Promise.reject(new Error("disk full")) : store.alerts.commit(change),
    };
    await using alerting = await start(channel, {
      store: { ...store, alerts },
      onTrouble: (text) => told.push(text),
    });
    alerting.take([readingOf(api.id, "down", now())]);
    await eventually(() => channel.taken.length).toBe(1);
    expect(told).toEqual(["alerts cannot be kept: disk full"]);
  });

  it("calls nobody further once somebody stopped it on purpose, until it is deployed again", async () => {
    const [channel, boss] = [oncall(), testChannel("boss")];
    const escalation = [{ afterMs: 400, to: ["boss"] }];
    const policy = policyOf({ channels: [channel, boss], grouping, escalation });
    await using alerting = await start(channel, { policy });
    await store.stops.keep("production", "ada");
    alerting.take([readingOf(api.id, "down", now())]);
    await eventually(async () => (await store.incidents.list("production")).length).toBe(1);
    await doors.clock.delay(1_000);
    expect([...channel.taken, ...boss.taken]).toEqual([]);
    const begun = { environment: "production", kind: "deploy", release: "r2", from: undefined } as const;
    const { id } = await store.deploys.begin({ ...begun, by: "ada" });
    await store.deploys.finish("production", id, "done");
    await eventually(() => boss.taken.length).toBe(1);
    await eventually(() => channel.taken.length).toBe(1);
  });

  it("is quiet while a deploy switches, and names its release as the suspect afterwards", async () => {
    const channel = oncall();
    const { id } = await store.deploys.begin({
      environment: "production",
      kind: "deploy",
      release: "",
      from: undefined,
      by: "ada",
    });
    const release = await store.releases.add({
      environment: "production",
      commit: "a1b2c3d4",
      createdAt: now(),
      createdBy: "ada",
      variables: {},
      configuration: "c",
      migrations: [],
      backup: undefined,
      state: "live",
    });
    await store.deploys.setRelease("production", id, { release: release.id, from: undefined });
    await store.deploys.record("production", { deploy: id, step: "switch", state: "intent", detail: {} });
    await store.deploys.record("production", { deploy: id, step: "switch", state: "done", detail: {} });
    await using alerting = await start(channel);
    alerting.take([readingOf(api.id, "down", now())]);
    await eventually(() => store.incidents.list("production")).toHaveLength(1);
    await doors.clock.delay(300);
    expect(channel.taken).toEqual([]);
    await store.deploys.finish("production", id, "done");
    await eventually(() => channel.taken.length).toBe(1);
    const facts = Object.fromEntries(channel.taken[0]?.facts ?? []);
    expect(facts.suspect).toContain(`release ${release.id} (a1b2c3d)`);
  });
});
