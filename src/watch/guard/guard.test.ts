import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testChannel } from "../../../test/fixtures/channels.ts";
import { launchOf } from "../../../test/fixtures/check-record.ts";
import { openRealStore, storeFile } from "../../../test/fixtures/store-file.ts";
import { policyOf } from "../../../test/fixtures/watched.ts";
import { openQuestions } from "../../deploy/open-questions.ts";
import type { DeployScene } from "../../deploy/scene.ts";
import type { RollbackTrigger } from "../../model/rollback-trigger.ts";
import type { Target } from "../../model/target.ts";
import type { Store } from "../../store/store.ts";
import { openDoors } from "../../system/doors.ts";
import { mayBeLeft, startGuard } from "./guard.ts";

it("leaves a release that was deployed by itself, never one that was gone back to", () => {
  const done = { kind: "deploy", state: "done", from: "r1" } as const;
  expect(mayBeLeft(done)).toBe(true);
  expect(mayBeLeft({ ...done, kind: "rollback" })).toBe(false);
  expect(mayBeLeft({ ...done, state: "failed" })).toBe(false);
  expect(mayBeLeft({ ...done, from: undefined })).toBe(false);
});

const BROKEN = {
  ...{ monitor: "db/x", component: "db", check: undefined, title: "", consequence: "", severity: "P1" },
  ...{ resolvedAt: undefined, detail: "refused", release: "r2", changes: 1 },
};

describe("a trigger that is set off", () => {
  const LIVE = { live: "r2", warm: { release: "r1" }, releases: ["r1", "r2"], instances: [] };
  const trigger: RollbackTrigger = { on: "component", component: "db" };
  let place: ReturnType<typeof storeFile>;
  let store: Store;
  let doors: ReturnType<typeof openDoors>;
  let channel: ReturnType<typeof testChannel>;
  let stood: number;
  beforeEach(async () => {
    place = storeFile();
    store = await openRealStore(place.file);
    doors = openDoors();
    channel = testChannel("oncall");
    const environment = "staging";
    for (const state of ["replaced", "live"] as const) {
      await store.releases.add({
        ...{ environment, state, commit: "tree:test", createdAt: 1, createdBy: "ada", configuration: "c1" },
        ...{ variables: {}, migrations: [], backup: undefined },
      });
    }
    const { id } = await store.deploys.begin({
      ...{ environment, kind: "deploy", release: "r2", from: "r1", by: "ada" },
    });
    await store.deploys.record(environment, { deploy: id, step: "switch", state: "done", detail: {} });
    await store.deploys.finish(environment, id, "done", undefined);
    stood = doors.clock.now();
  });
  afterEach(async () => {
    await store[Symbol.asyncDispose]();
    await doors[Symbol.asyncDispose]();
    place[Symbol.dispose]();
  });

  function guard(target: Partial<Target>, away: Partial<Store> = {}) {
    const looks = { count: 0 };
    const launch = launchOf({});
    const delay: typeof doors.clock.delay = (ms, signal) => {
      if (ms === 1_000) looks.count += 1;
      return doors.clock.delay(Math.min(ms, 10), signal);
    };
    const scene = {
      launch: {
        ...launch,
        directory: "/",
        deploy: { ...launch.deploy, rollbackOn: [trigger], guardMs: 3_600_000 },
        alerts: policyOf({ channels: [channel] }),
      },
      environment: { name: "staging", stage: "staging", allows: [] },
      target,
      store: { ...store, ...away },
      doors: { ...doors, clock: { ...doors.clock, delay } },
      directory: "/",
      items: [],
      readVariables: async () => ({ declared: [], values: new Map() }),
    } as unknown as DeployScene;
    const alert = { ...BROKEN, firstFailureAt: stood + 1, confirmedAt: stood + 2 };
    const started = startGuard({
      scene,
      firing: () => [{ alert, incident: undefined }],
    } as unknown as Parameters<typeof startGuard>[0]);
    /** Everything that was found is decided by then. */
    const looked = async (): Promise<void> => {
      const { count } = looks;
      await expect.poll(() => looks.count).toBeGreaterThan(count + 3);
    };
    return { looked, scene, [Symbol.asyncDispose]: () => started[Symbol.asyncDispose]() };
  }

  const refused = async (): Promise<never> => {
    throw new Error("somebody else holds the lock");
  };

  it("and cannot be followed asks people, once, when going back threw", async () => {
    let asked = 0;
    const status = async () => {
      asked += 1;
      if (asked === 2) throw new Error("the target does not answer");
      return LIVE;
    };
    await using guarding = guard({ status } as unknown as Target);
    await expect.poll(() => openQuestions(guarding.scene)).toHaveLength(1);
    await guarding.looked();
    expect((await openQuestions(guarding.scene)).map(({ text }) => text)).toEqual([
      "r2 stays live although db/x: refused: going back failed: the target does not answer",
    ]);
    expect(channel.taken).toHaveLength(1);
  });

  it.each(["releases", "incidents"] as const)(
    "and was followed in vain is told once the store's %s are there again",
    async (group) => {
      let failures = 2;
      const away =
        <Given extends readonly unknown[], Result>(method: (...given: Given) => Promise<Result>) =>
        async (...given: Given): Promise<Result> => {
          if (failures-- > 0) throw new Error("the store is away");
          return await method(...given);
        };
      const groups: Partial<Store> = {
        releases: { ...store.releases, get: away(store.releases.get) },
        incidents: { ...store.incidents, open: away(store.incidents.open) },
      };
      const target = { status: async () => LIVE, lock: refused } as unknown as Target;
      await using guarding = guard(target, { [group]: groups[group] });
      await expect.poll(() => openQuestions(guarding.scene)).toHaveLength(1);
      await guarding.looked();
      expect((await openQuestions(guarding.scene)).map(({ text }) => text)).toEqual([
        expect.stringContaining("going back failed: somebody else holds the lock"),
      ]);
      expect(channel.taken).toHaveLength(1);
      const deploys = (await store.deploys.list("staging", 9)).map(({ kind, state }) => `${kind} ${state}`);
      expect(deploys).toEqual(["rollback failed", "deploy done"]);
    },
  );
});
