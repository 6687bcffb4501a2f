import type { ReleaseCommands } from "../model/component.ts";
import type { Doors } from "../model/doors.ts";
import { OutsideError } from "../model/errors.ts";
import type { Launch } from "../model/launch.ts";
import { createMask } from "../model/masking.ts";
import type { Process } from "../model/process.ts";
import { revealed, type Secret } from "../model/secret.ts";
import { outputEnd } from "./output-end.ts";

/** Every process the launch declares, in order. */
export function processesOf(launch: Launch): Process[] {
  return launch.components.flatMap(({ kind, options, name }) => kind.processes?.(options, name) ?? []);
}

/** Health, readiness and the declared smoke paths. */
export function smokePaths(launch: Launch): string[] {
  return [...new Set([...healthPaths(launch), ...launch.deploy.smoke])];
}

/** Declared smoke paths that are more than health and readiness. */
export function telltalePaths(launch: Launch): string[] {
  const health = healthPaths(launch);
  return launch.deploy.smoke.filter((path) => !health.includes(path));
}

function healthPaths(launch: Launch): string[] {
  return processesOf(launch).flatMap(({ health: asked }) =>
    asked ? [asked.path, ...(asked.readyPath === undefined ? [] : [asked.readyPath])] : [],
  );
}

/** The commands of each component that has some. */
export function commandsOf(launch: Launch): (ReleaseCommands & { readonly component: string })[] {
  return launch.components.flatMap(({ kind, options, name }) => {
    const commands = kind.commands?.(options, name);
    return commands ? [{ ...commands, component: name }] : [];
  });
}

/** Build lines without doubles: two components may share one. */
export function buildLinesOf(launch: Launch): string[] {
  return [...new Set(commandsOf(launch).flatMap((each) => each.build ?? []))];
}

/**
 * Runs one of the release's own shell lines in its directory with its variables. A failing line throws with the
 * end of its output, values of variables masked.
 */
export async function runLine(options: {
  line: string;
  /** How the line is named to people. Default: as it is. */
  says?: string | undefined;
  directory: string;
  variables: ReadonlyMap<string, Secret>;
  timeoutMs: number;
  doors: Doors;
  signal: AbortSignal;
  onOutput?: (text: string) => void;
}): Promise<{ tookMs: number }> {
  const { line, says = line, directory, variables, timeoutMs, doors, signal, onOutput } = options;
  const env = revealed(variables);
  const result = await doors.shell.run({
    line,
    cwd: directory,
    env,
    timeoutMs,
    signal,
    ...(onOutput && { onOutput }),
  });
  if (result.code === 0) return { tookMs: result.tookMs };
  const how = result.timedOut
    ? `took longer than ${timeoutMs} ms`
    : `exited with ${result.code ?? result.signal}`;
  const output = outputEnd(createMask(env)(`${result.stdout}\n${result.stderr}`.trim()));
  throw new OutsideError(`\`${says}\` ${how}${output === "" ? "" : `:\n${output}`}`);
}
