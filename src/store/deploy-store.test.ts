import { afterAll, describe, expect, it } from "vitest";
import { STORE_KINDS } from "../../test/fixtures/store-places.ts";
import type { Clock } from "../model/doors.ts";

/** Each question for the time is answered a second later than the one before. */
function tickingClock(): Clock {
  let now = 0;
  return { now: () => (now += 1_000), monotonicMs: () => now, delay: async () => undefined };
}

const begun = { environment: "staging", kind: "deploy", release: "", from: "r1", by: "ada@laptop" } as const;

describe.each(STORE_KINDS)("deploys in $database", (kind) => {
  const places = kind.places();
  afterAll(() => places.stop());

  it("begin as running, learn their release, and finish with a reason", async () => {
    using place = await places.newPlace();
    await using store = await place.open(tickingClock());
    const deploy = await store.deploys.begin(begun);
    expect(deploy).toEqual({
      ...begun,
      id: "d1",
      startedAt: 1_000,
      finishedAt: undefined,
      state: "running",
      reason: undefined,
    });
    await store.deploys.setRelease("staging", "d1", { release: "r2", from: "r1" });
    await store.deploys.finish("staging", "d1", "failed", "build: exit code 1");
    const rollback = await store.deploys.begin({ ...begun, kind: "rollback", from: undefined });
    expect(await store.deploys.list("staging")).toEqual([
      rollback,
      {
        ...deploy,
        release: "r2",
        from: "r1",
        state: "failed",
        reason: "build: exit code 1",
        finishedAt: 2_000,
      },
    ]);
    expect(await store.deploys.list("staging", 1)).toEqual([rollback]);
    expect(await store.deploys.list("production")).toEqual([]);
    expect((await store.deploys.begin({ ...begun, environment: "production" })).id).toBe("d1");
  });

  it("keep their journal in order, each line with its time", async () => {
    using place = await places.newPlace();
    await using store = await place.open(tickingClock());
    for (const _ of [1, 2]) await store.deploys.begin(begun);
    const detail = { tookMs: 4, nested: { list: ["a", null] } };
    await store.deploys.record("staging", { deploy: "d1", step: "lock", state: "intent", detail: {} });
    await store.deploys.record("staging", { deploy: "d2", step: "lock", state: "intent", detail: {} });
    await store.deploys.record("staging", { deploy: "d1", step: "lock", state: "done", detail });
    expect(await store.deploys.steps("staging", "d1")).toEqual([
      { deploy: "d1", step: "lock", state: "intent", at: 3_000, detail: {} },
      { deploy: "d1", step: "lock", state: "done", at: 5_000, detail },
    ]);
    expect(await store.deploys.steps("staging", "d9")).toEqual([]);
  });

  it("that do not exist are a mistake of the caller", async () => {
    using place = await places.newPlace();
    await using store = await place.open(tickingClock());
    await expect(store.deploys.finish("staging", "d1", "done")).rejects.toThrow("no deploy d1 in staging");
    await expect(
      store.deploys.setRelease("staging", "d1", { release: "r1", from: undefined }),
    ).rejects.toThrow("no deploy d1 in staging");
    const step = { deploy: "d1", step: "lock", state: "intent", detail: {} } as const;
    await expect(store.deploys.record("staging", step)).rejects.toThrow("no deploy d1 in staging");
  });

  it("stand beside the newest stop of their environment, with who asked for it", async () => {
    using place = await places.newPlace();
    await using store = await place.open(tickingClock());
    await store.stops.keep("staging", "ada@laptop");
    await store.stops.keep("staging", "bob@desk");
    expect(await store.stops.last("staging")).toEqual({ at: 2_000, by: "bob@desk" });
    expect(await store.stops.last("production")).toBeUndefined();
  });
});
