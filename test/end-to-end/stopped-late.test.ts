import { expect, it } from "vitest";
import { type OpenScene, openScene } from "../../src/cli/scene.ts";
import { type DeployOptions, type DeployResult, deploy } from "../../src/deploy/deploy.ts";
import { rollBack } from "../../src/deploy/roll-back.ts";
import { stoppedBy } from "../../src/model/stop-signal.ts";
import { openWorld } from "../../src/wiring.ts";
import { createProject, ownPorts } from "../fixtures/project.ts";

/** Ctrl-C in the instant in which the replaced release is about to be retired: the switch stands by then. */
async function stoppedAtRetire(
  work: (options: DeployOptions) => Promise<DeployResult>,
): Promise<DeployResult> {
  const stop = new AbortController();
  return await work({
    by: "ada@laptop",
    reason: undefined,
    signal: stop.signal,
    onEvent({ step, state }) {
      if (step === "retire" && state === "intent") stop.abort(stoppedBy("SIGINT"));
    },
  });
}

async function standing({ target, store, environment }: OpenScene) {
  const { live, lease } = await target.status(AbortSignal.timeout(10_000));
  const releases = await store.releases.list(environment.name);
  return { live, lease, ...Object.fromEntries(releases.map(({ id, state }) => [id, state])) };
}

it("takes nothing back, and says nothing of that, when it is stopped once the switch stands", {
  timeout: 120_000,
}, async () => {
  await using project = createProject();
  await ownPorts(project);
  await using world = await openWorld();
  await using scene = await openScene(world, { args: [], options: { project: project.directory } });
  const quiet = { by: "ada@laptop", reason: undefined, signal: world.signal, onEvent: () => undefined };
  expect((await deploy(scene, quiet)).deploy.state).toBe("done");

  const second = await stoppedAtRetire((options) => deploy(scene, options));
  expect(second.deploy).toMatchObject({ state: "done", release: "r2" });
  expect(second.told).toContainEqual(
    expect.stringMatching(/^nothing was tidied up: stopped by SIGINT; .*r1/),
  );
  expect(await standing(scene)).toEqual({ live: "r2", lease: undefined, r1: "replaced", r2: "live" });

  const back = await stoppedAtRetire((options) => rollBack(scene, { ...options, to: undefined }));
  expect(back.deploy).toMatchObject({ state: "done", release: "r1" });
  expect(await standing(scene)).toEqual({ live: "r1", lease: undefined, r1: "live", r2: "rolled back" });
});
