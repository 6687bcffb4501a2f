import type { CiJob, CiStep } from "./ci-job.ts";
import { commandsIn, isSameCommand, scriptOf } from "./commands.ts";
import type { CiSeen } from "./facts.ts";

/** A step that runs a command of the declared test line. */
export interface TestStep {
  readonly file: string;
  readonly job: string;
  readonly on: readonly string[];
  /** Why it does not hold a push up every time; undefined: it does. */
  readonly weakness: string | undefined;
}

/** For each command of the declared line the steps that run it in the project's folder. */
export function testSteps(seen: CiSeen, line: string): { command: string; steps: TestStep[] }[] {
  const wanted = commandsIn(line).filter(({ command }) => !/^(cd|export|set|echo) /.test(command));
  return wanted.map(({ command }) => {
    // What the script itself says counts as well: "vitest run" for "npm test".
    const script = seen.scripts[scriptOf(command) ?? ""];
    const ways = [
      command,
      ...(script === undefined
        ? []
        : commandsIn(script)
            .slice(0, 1)
            .map((each) => each.command)),
    ];
    const isWanted = (ran: string) => ways.some((way) => isSameCommand(ran, way));
    return { command, steps: seen.jobs.flatMap((job) => stepsThatRun(job, isWanted, seen.folder)) };
  });
}

function stepsThatRun(job: CiJob, isWanted: (command: string) => boolean, project: string): TestStep[] {
  return job.steps.flatMap((step) =>
    commandsIn(step.script)
      .filter(({ command, folder }) => isWanted(command) && isInProject(step, command, folder, project))
      .map(({ isForgiven, isPiped }) => ({
        file: job.file,
        job: job.name,
        on: job.on,
        weakness: weaknessOf(
          job,
          step,
          isForgiven ? "|| true" : isPiped && !step.pipesFail ? "a pipe without pipefail" : undefined,
        ),
      })),
  );
}

function weaknessOf(job: CiJob, step: CiStep, swallowed: string | undefined): string | undefined {
  if (job.on.length === 0) return "is started by neither a push nor a pull request";
  const condition = job.onlyIf ?? step.onlyIf;
  if (condition !== undefined) return `runs only at times (${condition})`;
  const forgiven = step.forgiven ?? swallowed;
  return forgiven === undefined ? undefined : `stays green when the tests fail (${forgiven})`;
}

function isInProject(step: CiStep, command: string, moved: string, project: string): boolean {
  const folder = [step.folder, moved].filter((each) => each !== "").join("/");
  if (folder === project) return true;
  // From the root of a workspace: of this package, or of all of them.
  const isForIt = command.includes(project) || / (--workspaces|-ws|-r|--recursive)\b/.test(command);
  return project !== "" && folder === "" && isForIt;
}
