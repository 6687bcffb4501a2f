import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, expect, it } from "vitest";
import type { Deploy } from "../model/deploy.ts";
import type { Environment } from "../model/launch.ts";
import { openStore } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";
import { openDoors } from "../system/doors.ts";
import { lastSwitch } from "./last-switch.ts";

const environment = { name: "staging" } as Environment;
const doors = openDoors();
const opened = new AsyncDisposableStack();
opened.use(doors);
let store: Store;

beforeEach(async () => {
  const directory = await mkdtemp(path.join(tmpdir(), "gonogo-test-switch-"));
  opened.defer(() => rm(directory, { recursive: true }));
  store = opened.use(await openStore(path.join(directory, "gonogo.db"), doors.clock, doors.random));
});
afterAll(() => opened.disposeAsync());

async function deployed(
  release: string,
  from: string | undefined,
  {
    kind = "deploy",
    state = "done",
    detail = {},
  }: Partial<Deploy> & { detail?: Record<string, unknown> } = {},
): Promise<void> {
  const { id } = await store.deploys.begin({ environment: "staging", kind, release, from, by: "ada" });
  await store.deploys.record("staging", { deploy: id, step: "bake", state: "intent", detail: {} });
  await store.deploys.record("staging", { deploy: id, step: "bake", state: "done", detail });
  await store.deploys.finish("staging", id, state);
}

it("is the newest deploy that put a release in another's place, with what was measured of it", async () => {
  expect(await lastSwitch({ store, environment })).toBeUndefined();
  await deployed("r1", undefined, { detail: { requests: 5, failed: 0, worstMs: 9 } });
  expect(await lastSwitch({ store, environment })).toBeUndefined();
  const figures = { requests: 106, failed: 1, worstMs: 36, firstFailure: "/ answered 502" };
  await deployed("r2", "r1", { detail: { state: "good", ...figures } });
  await deployed("r3", "r2", { state: "rolled back", detail: figures });
  await deployed("r1", "r2", { kind: "rollback", detail: figures });
  expect(await lastSwitch({ store, environment })).toMatchObject({
    deploy: "d2",
    release: "r2",
    from: "r1",
    downtime: figures,
  });
  await deployed("r4", "r1");
  expect(await lastSwitch({ store, environment })).toMatchObject({ release: "r4", downtime: undefined });
});
