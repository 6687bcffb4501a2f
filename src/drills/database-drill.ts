import { processesOf } from "../deploy/commands.ts";
import type { DeployScene } from "../deploy/scene.ts";
import { formatDuration } from "../model/duration.ts";
import { messageOf, OutsideError } from "../model/errors.ts";
import { fail, type Outcome, pass } from "../model/outcome.ts";
import { quantity } from "../model/quantity.ts";
import type { Drill, DrillContext } from "./drill.ts";

const DOWN_MS = 5_000;
const TRUTH_LIMIT_MS = 20_000;
const BACK_LIMIT_MS = 60_000;
const LOOK_EVERY_MS = 100;
const ANSWER_LIMIT_MS = 10_000;

/** Stops the database under the running application, listens to what it says, and starts it again. */
export const databaseDrill: Drill = {
  name: "database",
  title: "Without its database the application says so, and recovers by itself when it is back",
  consequence:
    "A short outage of the database becomes a long one, because the application has to be restarted by hand.",
  freshFor: "30d",
  async unfit({ launch, target }) {
    const declared = databases(launch);
    if (declared.length === 0) return "no database is declared";
    if (!target.hold) return "this target does not run the database";
    const { instances } = await target.status(AbortSignal.timeout(10_000));
    const names = declared.filter((name) =>
      instances.some(({ release, process }) => release === "" && process === name),
    );
    if (names.length === 0) return "the database is not run by this target; stop it by its own means";
    return readyPath(launch) === undefined ? "no web process tells whether it is ready" : undefined;
  },
  disturbs: ({ launch }) => [
    `stops ${databases(launch).join(", ")} for about ${formatDuration(DOWN_MS)}: whoever needs it gets an error meanwhile`,
    `asks ${readyPath(launch)} all the while`,
  ],
  hold,
};

async function hold({ scene, lease, signal, note }: DrillContext): Promise<Outcome> {
  const { target, launch, doors } = scene;
  const { instances } = await target.status(signal);
  const name = databases(launch).find((each) =>
    instances.some(({ release, process }) => release === "" && process === each),
  );
  if (name === undefined || !target.hold) throw new OutsideError("there is no database to stop");
  const restarts = await restartsOf(scene, signal);
  const from = doors.clock.monotonicMs();
  const held = await target.hold(lease(), name, signal);
  let untrue: number | string | undefined;
  let truthMs: number | undefined;
  try {
    note(`${name} is stopped`);
    truthMs = await until(scene, (said) => said === 503, { from, limitMs: TRUTH_LIMIT_MS, signal });
    if (truthMs === undefined) untrue = await listen(scene, signal);
    const leftMs = DOWN_MS - (doors.clock.monotonicMs() - from);
    if (leftMs > 0) await doors.clock.delay(leftMs, signal);
  } finally {
    await held[Symbol.asyncDispose]();
  }
  const dead = untrue ?? (await listen(scene, signal));
  note(`${name} is started again`);
  const started = doors.clock.monotonicMs();
  const backMs = await until(scene, (said) => said === 200, {
    from: started,
    limitMs: BACK_LIMIT_MS,
    signal,
  });
  const fallen = (await restartsOf(scene, signal)) - restarts;
  const measured = {
    truthMs: truthMs === undefined ? null : Math.round(truthMs),
    backMs: backMs === undefined ? null : Math.round(backMs),
    restarts: fallen,
  };
  const path = readyPath(launch);
  if (truthMs === undefined) {
    return fail(`${path} answered ${dead} while ${name} was stopped`, {
      expected: "503 as long as the database does not answer",
      found: String(dead),
      fix: `let ${path} ask the database, with a time-out of a second, and answer 503 when that fails`,
      measured,
    });
  }
  if (backMs === undefined) {
    return fail(`the application did not recover within ${formatDuration(BACK_LIMIT_MS)}`, {
      expected: `${path} answers 200 again by itself`,
      found: String(await listen(scene, signal)),
      fix: "let the pool drop connections that broke, and open new ones",
      measured,
    });
  }
  if (fallen > 0) {
    return fail(`${quantity(fallen, "process", "processes")} ended when ${name} went away`, {
      expected: "processes outlive their database",
      found: `${fallen} restarts`,
      fix: 'catch errors of idle connections (node-postgres: pool.on("error", ...)), and do not end the process on them',
      measured,
    });
  }
  return pass(
    `${path} told the truth after ${formatDuration(truthMs)} and was well again ${formatDuration(backMs)} after ${name} was`,
    measured,
  );
}

function databases({ components }: DeployScene["launch"]): string[] {
  return components.filter(({ kind }) => kind.kind === "postgres").map(({ name }) => name);
}

function readyPath(launch: DeployScene["launch"]): string | undefined {
  const health = processesOf(launch).find(({ kind, health }) => kind === "web" && health)?.health;
  return health?.readyPath ?? health?.path;
}

async function restartsOf({ target, launch }: DeployScene, signal: AbortSignal): Promise<number> {
  const names = processesOf(launch).map(({ name }) => name);
  const { live, instances } = await target.status(signal);
  return instances
    .filter(({ release, process }) => release === live && names.includes(process))
    .reduce((sum, { restarts }) => sum + restarts, 0);
}

/** Milliseconds since `from` until it is so; undefined when the time is up. */
async function until(
  scene: DeployScene,
  isSo: (said: number | string) => boolean,
  { from, limitMs, signal }: { from: number; limitMs: number; signal: AbortSignal },
): Promise<number | undefined> {
  const { clock } = scene.doors;
  for (;;) {
    const said = await listen(scene, signal);
    const sinceMs = clock.monotonicMs() - from;
    if (isSo(said)) return sinceMs;
    if (sinceMs > limitMs) return undefined;
    await clock.delay(LOOK_EVERY_MS, signal);
  }
}

/** Status of the readiness path, or why there was no answer. */
async function listen({ target, doors, launch }: DeployScene, signal: AbortSignal): Promise<number | string> {
  const { address } = await target.status(signal);
  if (!address) return "no address";
  const url = `${address.url}${readyPath(launch) ?? "/"}`;
  const request = { url, fresh: true, timeoutMs: ANSWER_LIMIT_MS, signal };
  try {
    return (await doors.http.send({ ...request, ...(address.ca !== undefined && { ca: address.ca }) }))
      .status;
  } catch (thrown) {
    signal.throwIfAborted();
    return messageOf(thrown);
  }
}
