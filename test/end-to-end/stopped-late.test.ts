import { expect, it } from "vitest";
import { type OpenScene, openScene } from "../../src/cli/scene.ts";
import { type DeployOptions, type DeployResult, deploy } from "../../src/deploy/deploy.ts";
import { rollBack } from "../../src/deploy/roll-back.ts";
import { OutsideError } from "../../src/model/errors.ts";
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

/** Its store cannot write down, the first time it is asked, that a release is `state`. */
function withStoreThatFails(scene: OpenScene, state: "replaced" | "rolled back"): OpenScene {
  const { store } = scene;
  let isFull = true;
  const setState: typeof store.releases.setState = async (environment, id, now) => {
    if (now === state && isFull) {
      isFull = false;
      throw new OutsideError("the store is full");
    }
    await store.releases.setState(environment, id, now);
  };
  return { ...scene, store: { ...store, releases: { ...store.releases, setState } } };
}

it("says what is live, and not that it was taken back, when that cannot be written down", {
  timeout: 120_000,
}, async () => {
  await using project = createProject();
  await ownPorts(project);
  await using world = await openWorld();
  await using scene = await openScene(world, { args: [], options: { project: project.directory } });
  const quiet = { by: "ada@laptop", reason: undefined, signal: world.signal, onEvent: () => undefined };
  await deploy(scene, quiet);

  const second = await deploy(withStoreThatFails(scene, "replaced"), quiet);
  expect(second.deploy).toMatchObject({ state: "done", release: "r2" });
  const cut = "is live; what was to follow could not be done: the store is full";
  expect(second.told).toContain(`r2 ${cut}`);
  expect(await standing(scene)).toMatchObject({ live: "r2", lease: undefined, r2: "live" });
  expect(await scene.store.incidents.list("staging")).toEqual([]);

  const back = await rollBack(withStoreThatFails(scene, "rolled back"), { ...quiet, to: undefined });
  expect(back.deploy).toMatchObject({ state: "done", release: "r1" });
  expect(back.told).toContain(`r1 ${cut}`);
  expect(await standing(scene)).toMatchObject({ live: "r1", lease: undefined });
});
