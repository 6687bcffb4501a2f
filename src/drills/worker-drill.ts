import { formatDuration } from "../model/duration.ts";
import { OutsideError } from "../model/errors.ts";
import { fail, type Outcome, pass, warn } from "../model/outcome.ts";
import { quantity } from "../model/quantity.ts";
import type { InstanceStatus } from "../model/runtime.ts";
import type { TargetStatus } from "../model/target.ts";
import { askNow } from "./ask-now.ts";
import type { Drill, DrillContext } from "./drill.ts";

const BACK_LIMIT_MS = 120_000;
const LOOK_EVERY_MS = 50;
const ROUND_TRIP = "jobs.roundtrip";
const GIVEN_UP = "jobs.dead-letter.empty";

/** Kills every worker at once, sends a job while none is alive, and waits for both to come back. */
export const workerDrill: Drill = {
  name: "worker",
  title: "Killed workers come back by themselves, and no job is lost",
  consequence: "Work that users wait for stands still until somebody notices.",
  freshFor: "30d",
  async unfit({ launch, target }) {
    if (workersOf(await target.status(AbortSignal.timeout(10_000)), launch).length > 0) return undefined;
    return "no worker runs here";
  },
  disturbs: ({ launch }) => [
    `kills every instance of ${workerNames(launch).join(", ")} with SIGKILL; work in progress is cut off`,
    "sends a job while none is alive, where roundTrip is declared",
  ],
  hold,
};

async function hold({ scene, signal, note }: DrillContext): Promise<Outcome> {
  const { target, launch, doors } = scene;
  const victims = workersOf(await target.status(signal), launch);
  const before = await askNow(scene, [GIVEN_UP], signal);
  const from = doors.clock.monotonicMs();
  await kill(victims, scene.doors.shell);
  note(`killed ${quantity(victims.length, "worker")}`);
  const answered = askNow(scene, [ROUND_TRIP], signal);
  const backMs = await untilBack(scene, victims, { from, signal });
  note(`heartbeats are back after ${formatDuration(backMs)}`);
  const trips = await answered;
  const after = await askNow(scene, [GIVEN_UP], signal);
  const measured = { killed: victims.length, backMs: Math.round(backMs) };
  const said = `${quantity(victims.length, "killed worker was", "killed workers were")} back after ${formatDuration(backMs)}`;
  const lost = [
    ...trips.flatMap(({ outcome, component }) =>
      outcome.status === "fail" ? [`${component}: ${outcome.summary}`] : [],
    ),
    ...after.flatMap(({ outcome, component }) =>
      outcome.status === "fail" &&
      !before.some((each) => each.component === component && each.outcome.status === "fail")
        ? [`${component}: ${outcome.summary}`]
        : [],
    ),
  ];
  if (lost.length > 0) {
    return fail(`${said}, but work was lost`, {
      expected: "a job sent while no worker was alive is done once they are back",
      found: lost.join("; "),
      fix: "acknowledge a job only when it is done, and hand one whose worker went silent to another",
      measured,
    });
  }
  const done = trips.find(({ outcome }) => outcome.status === "pass");
  if (done?.outcome.status === "pass") {
    return pass(`${said}; a job sent meanwhile was ${done.outcome.summary}`, measured);
  }
  return warn(`${said}; whether a job is lost was not seen`, {
    expected: "a job sent while no worker was alive is done once they are back",
    found: "no worker declares how a job is sent",
    fix: `components.${victims[0]?.process}: worker({ roundTrip: "command that sends a job and waits for it" })`,
    measured,
  });
}

function workerNames(launch: DrillContext["scene"]["launch"]): string[] {
  return launch.components.filter(({ kind }) => kind.kind === "worker").map(({ name }) => name);
}

function workersOf(
  { live, instances }: TargetStatus,
  launch: DrillContext["scene"]["launch"],
): InstanceStatus[] {
  const names = workerNames(launch);
  return instances.filter(
    ({ release, process, pid }) => release === live && names.includes(process) && pid !== undefined,
  );
}

/** The process group, as a machine that runs out of memory would. */
async function kill(
  victims: readonly InstanceStatus[],
  shell: DrillContext["scene"]["doors"]["shell"],
): Promise<void> {
  const groups = victims.map(({ pid }) => `-${pid}`);
  const { code, stderr } = await shell.run({
    file: "kill",
    args: ["-KILL", "--", ...groups],
    timeoutMs: 5_000,
  });
  if (code !== 0) throw new OutsideError(`the workers could not be killed: ${stderr.trim()}`);
}

/** Milliseconds until each place has another process that is ready, and has said that it is alive. */
async function untilBack(
  { target, doors }: DrillContext["scene"],
  victims: readonly InstanceStatus[],
  { from, signal }: { from: number; signal: AbortSignal },
): Promise<number> {
  for (;;) {
    const { instances } = await target.status(signal);
    const back = victims.filter((victim) =>
      instances.some(
        ({ release, process, index, pid, state }) =>
          release === victim.release &&
          process === victim.process &&
          index === victim.index &&
          pid !== victim.pid &&
          state === "ready",
      ),
    );
    const sinceMs = doors.clock.monotonicMs() - from;
    if (back.length === victims.length) return sinceMs;
    if (sinceMs > BACK_LIMIT_MS) {
      throw new OutsideError(
        `${victims.length - back.length} of ${victims.length} workers did not come back within ${formatDuration(BACK_LIMIT_MS)}`,
      );
    }
    await doors.clock.delay(LOOK_EVERY_MS, signal);
  }
}
