import { afterEach, beforeEach, expect, it } from "vitest";
import { launchOf } from "../../test/fixtures/check-record.ts";
import {
  goLive,
  type LocalEnvironment,
  oddRelease,
  openLocalEnvironment,
  until,
} from "../../test/fixtures/local-environment.ts";
import { openRealStore, storeFile } from "../../test/fixtures/store-file.ts";
import type { Release, ReleaseState } from "../model/release.ts";
import type { Store } from "../store/store.ts";
import { rollBack } from "./roll-back.ts";
import type { DeployScene } from "./scene.ts";

let env: LocalEnvironment;
let place: ReturnType<typeof storeFile>;
let store: Store;
beforeEach(async () => {
  env = await openLocalEnvironment();
  place = storeFile();
  store = await openRealStore(place.file);
  for (const [id, state] of [
    ["r1", "replaced"],
    ["r2", "live"],
  ] as const) {
    await known(state);
    await goLive(env, oddRelease(id));
  }
});
afterEach(async () => {
  await store[Symbol.asyncDispose]();
  place[Symbol.dispose]();
  await env[Symbol.asyncDispose]();
});

const known = (state: ReleaseState): Promise<Release> =>
  store.releases.add({
    environment: "staging",
    state,
    commit: "tree:test",
    createdAt: env.doors.clock.now(),
    createdBy: "ada",
    variables: {},
    migrations: [],
    backup: undefined,
    configuration: "c1",
  });

/** Something else comes between the look at what is live and the lock. */
function sceneIn(meanwhile: () => Promise<void>): DeployScene {
  const { target } = env;
  const lock: typeof target.lock = async (...asked) => {
    await meanwhile();
    return await target.lock(...asked);
  };
  return sceneAt({ ...target, lock });
}

function sceneAt(target: LocalEnvironment["target"]): DeployScene {
  const { doors, directory } = env;
  return {
    launch: { ...launchOf({}), directory },
    environment: { name: "staging", stage: "staging" },
    target,
    store,
    doors,
    directory,
    items: [],
    readVariables: async () => ({ declared: [], values: new Map() }),
  } as unknown as DeployScene;
}

const back = (scene: DeployScene) =>
  rollBack(scene, {
    by: "ada",
    reason: undefined,
    signal: env.signal,
    to: undefined,
    onEvent: () => undefined,
  });

const answering = async () => (JSON.parse((await env.get("/")).body) as { release: string }).release;

it("is refused when another release went live meanwhile, which goes on answering", async () => {
  const result = await back(
    sceneIn(async () => {
      await known("live");
      await goLive(env, oddRelease("r3"));
    }),
  );
  expect(result.deploy).toMatchObject({
    state: "failed",
    reason: expect.stringContaining("r3 is live now; the plan was to go from r2 back to r1"),
  });
  expect(await answering()).toBe("r3");
  const states = (await store.releases.list("staging")).map(({ id, state }) => `${id} ${state}`);
  expect(states).toEqual(["r3 live", "r2 replaced", "r1 replaced"]);
  expect((await env.target.status(env.signal)).lease).toBeUndefined();
  // What is live then is what it goes by.
  const again = await back(sceneIn(async () => undefined));
  expect(again.deploy).toMatchObject({ state: "done", from: "r3", release: "r2" });
  expect(await answering()).toBe("r2");
});

it("starts the earlier release anew when it was stopped meanwhile", async () => {
  const result = await back(
    sceneIn(async () => {
      await using lease = await env.target.lock("eve", "deploy d9", env.signal);
      await env.target.retire(lease, "r1", 0, env.signal);
      await until(
        () => env.target.status(env.signal),
        ({ instances }) => instances.every(({ release }) => release !== "r1"),
      );
    }),
  );
  expect(result.deploy).toMatchObject({ state: "done", from: "r2", release: "r1" });
  expect(await answering()).toBe("r1");
});

it("keeps no lock when its store is gone by the time the lock is taken, or given back", async () => {
  const { target } = env;
  const withoutStore: Partial<typeof target>[] = [
    {
      lock: async (...asked) => {
        await store[Symbol.asyncDispose]();
        return await target.lock(...asked);
      },
    },
    {
      retire: async (...asked) => {
        await store[Symbol.asyncDispose]();
        await target.retire(...asked);
      },
    },
  ];
  for (const verbs of withoutStore) {
    await expect(back(sceneAt({ ...target, ...verbs }))).rejects.toThrow();
    expect((await target.status(env.signal)).lease).toBeUndefined();
    store = await openRealStore(place.file);
  }
});
