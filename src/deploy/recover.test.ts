import { expect, it } from "vitest";
import { openRealStore, storeFile } from "../../test/fixtures/store-file.ts";
import type { Step } from "../model/deploy.ts";
import type { TargetStatus } from "../model/target.ts";
import { openClock } from "../system/clock.ts";
import { recover } from "./recover.ts";
import type { DeployScene } from "./scene.ts";

const STATUS = { live: "r1", releases: ["r1"], instances: [], schedules: [] } as unknown as TargetStatus;

/** A deploy whose journal ends in that step, looked at so much later while nobody holds the lock. */
async function lookedAt(step: Step, laterMs: number) {
  using place = storeFile();
  await using store = await openRealStore(place.file);
  const begun = { environment: "staging", kind: "deploy", release: "r2", from: "r1", by: "ada" } as const;
  const { id } = await store.deploys.begin(begun);
  await store.deploys.record("staging", { deploy: id, step, state: "intent", detail: {} });
  const now = (): number => openClock().now() + laterMs;
  const scene = { store, environment: { name: "staging" }, doors: { clock: { now } } } as DeployScene;
  const told = await recover(scene, STATUS);
  return { told, state: (await store.deploys.list("staging"))[0]?.state };
}

it("writes down what came of a deploy whose command has ended", async () => {
  expect(await lookedAt("bake", 0)).toEqual({
    told: ["deploy d1 was interrupted: its command ended during bake; r1 is live"],
    state: "interrupted",
  });
});

it.each<Step>(["lock", "unlock"])(
  "takes none for ended that is just at its %s, for a while",
  async (step) => {
    expect(await lookedAt(step, 1_000)).toEqual({ told: [], state: "running" });
    expect(await lookedAt(step, 31_000)).toMatchObject({ state: "interrupted" });
  },
);
