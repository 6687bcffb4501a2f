import { expect, it } from "vitest";
import type { ReleaseState } from "../model/release.ts";
import { planRollback } from "./roll-back.ts";
import type { DeployScene } from "./scene.ts";

/** r2 is live; all of them are kept at the target. */
function sceneOf(states: Readonly<Record<string, ReleaseState>>): DeployScene {
  const releases = Object.entries(states).map(([id, state]) => ({ id, state, migrations: [] }));
  const status = { live: "r2", releases: Object.keys(states) };
  return {
    target: { status: async () => status },
    store: { releases: { list: async () => releases } },
    environment: { name: "staging" },
    doors: { clock: { now: () => 0 } },
  } as unknown as DeployScene;
}

const plan = (states: Readonly<Record<string, ReleaseState>>, to?: string) =>
  planRollback(sceneOf(states), { to, signal: AbortSignal.timeout(1_000) });

it("goes back to what a deploy replaced that was killed after its switch, and not to what was before that", async () => {
  expect((await plan({ r2: "staged", r1: "live", r0: "replaced" })).to.id).toBe("r1");
});

it("offers no release that was never live: one that another deploy is just staging", async () => {
  const states = { r3: "staged", r2: "live", r1: "rolled back" } as const;
  await expect(plan(states)).rejects.toMatchObject({
    message: "there is no earlier good release",
    fix: "gonogo rollback --to one of: r1",
  });
  await expect(plan(states, "r3")).rejects.toThrow("r3 cannot be rolled back to");
  expect((await plan(states, "r1")).to.id).toBe("r1");
  expect((await plan({ ...states, r1: "replaced" })).to.id).toBe("r1");
});
