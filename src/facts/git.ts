import type { Doors, ShellResult } from "../model/doors.ts";
import { OutsideError } from "../model/errors.ts";

export interface GitCommand {
  readonly directory: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Inside a hook git names the repository of the hook; a question about a folder must not inherit that. */
const NOT_INHERITED = {
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_INDEX_FILE: undefined,
  GIT_PREFIX: undefined,
};

/** Runs git in a folder, whoever owns it. The exit code is the caller's to judge. Throws OutsideError. */
export function runGit(doors: Doors, { directory, args, env, signal }: GitCommand): Promise<ShellResult> {
  return doors.shell.run({
    file: "git",
    args: ["-c", "safe.directory=*", "-c", "core.quotePath=false", ...args],
    cwd: directory,
    env: { ...NOT_INHERITED, GIT_OPTIONAL_LOCKS: "0", LC_ALL: "C", ...env },
    timeoutMs: 60_000,
    maxOutputBytes: 64 * 1_048_576,
    ...(signal && { signal }),
  });
}

/** What git printed, without the last line end. Throws OutsideError with git's own first line. */
export async function readGit(doors: Doors, command: GitCommand): Promise<string> {
  const result = await runGit(doors, command);
  if (result.code === 0) return result.stdout.replace(/\n$/, "");
  const told = result.stderr.trim().split("\n")[0] || `it ended with ${result.code ?? result.signal}`;
  throw new OutsideError(`git ${command.args[0]}: ${told}`);
}

/** Whether the folder lies in a work tree of git. Throws OutsideError when git itself cannot be started. */
export async function isInRepository(
  doors: Doors,
  directory: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const result = await runGit(doors, {
    directory,
    args: ["rev-parse", "--is-inside-work-tree"],
    ...(signal && { signal }),
  });
  return result.code === 0 && result.stdout.trim() === "true";
}
