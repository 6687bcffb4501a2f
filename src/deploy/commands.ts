import type { ReleaseCommands } from "../model/component.ts";
import type { Doors } from "../model/doors.ts";
import { OutsideError } from "../model/errors.ts";
import type { Launch } from "../model/launch.ts";
import type { Process } from "../model/process.ts";
import type { Secret } from "../model/secret.ts";

/** Every process the launch declares, in order. */
export function processesOf(launch: Launch): Process[] {
  return launch.components.flatMap(({ kind, options, name }) => kind.processes?.(options, name) ?? []);
}

/** Health, readiness and the declared smoke paths. */
export function smokePaths(launch: Launch): string[] {
  const health = processesOf(launch).flatMap(({ health: asked }) =>
    asked ? [asked.path, ...(asked.readyPath === undefined ? [] : [asked.readyPath])] : [],
  );
  return [...new Set([...health, ...launch.deploy.smoke])];
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
  directory: string;
  variables: ReadonlyMap<string, Secret>;
  timeoutMs: number;
  doors: Doors;
  signal: AbortSignal;
  onOutput?: (text: string) => void;
}): Promise<{ tookMs: number }> {
  const { line, directory, variables, timeoutMs, doors, signal, onOutput } = options;
  const result = await doors.shell.run({
    line,
    cwd: directory,
    env: reveal(variables),
    timeoutMs,
    signal,
    ...(onOutput && { onOutput }),
  });
  if (result.code === 0) return { tookMs: result.tookMs };
  const how = result.timedOut
    ? `took longer than ${timeoutMs} ms`
    : `exited with ${result.code ?? result.signal}`;
  const output = mask(`${result.stdout}\n${result.stderr}`.trim(), variables)
    .split("\n")
    .slice(-20)
    .join("\n");
  throw new OutsideError(`\`${line}\` ${how}${output === "" ? "" : `:\n${output}`}`);
}

export function reveal(variables: ReadonlyMap<string, Secret>): Record<string, string> {
  return Object.fromEntries([...variables].map(([name, value]) => [name, value.reveal()]));
}

/** Values long enough to be telling are replaced by their variable's name. */
export function mask(text: string, variables: ReadonlyMap<string, Secret>): string {
  let masked = text;
  for (const [name, value] of variables) {
    if (value.length >= 6) masked = masked.replaceAll(value.reveal(), `[${name}]`);
  }
  return masked;
}
