import { smokePaths } from "../deploy/commands.ts";
import { type DeployResult, deploy } from "../deploy/deploy.ts";
import { startProber } from "../deploy/prober.ts";
import { rollBack } from "../deploy/roll-back.ts";
import { readSource } from "../deploy/source.ts";
import { formatDuration } from "../model/duration.ts";
import { OutsideError } from "../model/errors.ts";
import { fail, type Outcome, pass, warn } from "../model/outcome.ts";
import type { Drill, DrillContext } from "./drill.ts";

const QUARTER_HOUR_MS = 900_000;

/** Deploys the live release once more, goes back and forward again, and counts what users would have noticed. */
export const rollbackDrill: Drill = {
  name: "rollback",
  title: "The way back to the previous release is open, in time and without a failed request",
  consequence: "A bad release stays in front of users while people look for the way back.",
  freshFor: "30d",
  locksItself: true,
  async unfit(scene) {
    const { live } = await scene.target.status(AbortSignal.timeout(10_000));
    const release =
      live === undefined ? undefined : await scene.store.releases.get(scene.environment.name, live);
    const { commit } = await readSource(scene.launch.directory, scene.doors);
    if (release === undefined || commit === release.commit) return undefined;
    return `the code here is not what is live (${release.id} is ${release.commit.slice(0, 12)}); check that out first, or deploy`;
  },
  disturbs: ({ environment }) => [
    `deploys the live code of ${environment.name} once more, with its gate and its checks`,
    "moves traffic to it, back to the release before, and forward again",
    "asks the public address 20 times a second all the while",
  ],
  hold,
  async undo({ store, environment, target }, { live: before }) {
    const { live } = await target.status(AbortSignal.timeout(10_000));
    for (const { id, state } of await store.releases.list(environment.name, 5)) {
      if (id !== live && state === "rolled back")
        await store.releases.setState(environment.name, id, "replaced");
    }
    return `${live ?? "nothing"} is live, ${live === before ? "as before" : `the same code as ${before}`}`;
  },
};

async function hold({ scene, live, by, signal, note, remember }: DrillContext): Promise<Outcome> {
  const { doors, store, environment, launch } = scene;
  const { address } = await scene.target.status(signal);
  if (!address) throw new OutsideError("the target gave no public address");
  const prober = startProber({ doors, address, paths: smokePaths(launch).slice(0, 4) });
  const options = { by, signal, reason: "rollback drill", onEvent: () => undefined };
  try {
    note(`deploying the code of ${live.id} once more`);
    const again = expectDone(await deploy(scene, options));
    await remember({ again: again.id });
    note(`${again.id} is live; back to ${live.id}`);
    const from = doors.clock.monotonicMs();
    const back = await rollBack(scene, { ...options, to: live.id });
    const backMs = doors.clock.monotonicMs() - from;
    expectDone(back);
    note(`${live.id} is live after ${formatDuration(backMs)}; forward to ${again.id}`);
    const forward = await rollBack(scene, { ...options, to: again.id });
    expectDone(forward);
    // The release it all began with stays one to roll back to.
    await store.releases.setState(environment.name, live.id, "replaced");
    const { requests, failed, worstMs, firstFailure } = await prober.stop();
    const promisedMs = launch.promises.rollbackMs ?? QUARTER_HOUR_MS;
    const measured = {
      backMs: Math.round(backMs),
      switchedBackInMs: back.switchedInMs ?? null,
      switchedForwardInMs: forward.switchedInMs ?? null,
      promisedMs,
      requests,
      failed,
      worstMs,
    };
    const said = `back on ${live.id} within ${formatDuration(backMs)}, promised ${formatDuration(promisedMs)}; ${failed} of ${requests} requests failed`;
    if (backMs > promisedMs) {
      return fail(said, {
        expected: `the whole command within ${formatDuration(promisedMs)}`,
        found: formatDuration(backMs),
        fix: "keep the replaced release warm for longer (deploy.warm), or let it start faster",
        measured,
      });
    }
    if (failed > 0) {
      return warn(said, {
        expected: "no failed request",
        found: `${failed} of ${requests}, the first: ${firstFailure}`,
        fix: "let the processes finish their requests after SIGTERM, and let the drain be long enough (deploy.drain)",
        measured,
      });
    }
    return pass(said, measured);
  } finally {
    await prober.stop();
  }
}

function expectDone({ deploy: { kind, state, reason }, release }: DeployResult): { id: string } {
  if (state === "done" && release) return release;
  throw new OutsideError(`the ${kind} of the drill ${state}: ${reason ?? "no reason kept"}`);
}
