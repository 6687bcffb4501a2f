import type { Doors } from "../model/doors.ts";
import { formatSize } from "../model/size.ts";
import type { Target } from "../model/target.ts";

/**
 * Removes the code of releases that the target does not know: of a build that failed, of a command that was killed.
 * Only under the lock: before it is staged a release's code is known to nobody else.
 */
export async function clearStrays(
  { target, doors, directory }: { target: Target; doors: Doors; directory: string },
  signal: AbortSignal,
): Promise<void> {
  const { releases } = await target.status(signal);
  const folder = `${directory}/releases`;
  for (const name of await doors.files.list(folder)) {
    if (!releases.includes(name)) await doors.files.remove(`${folder}/${name}`);
  }
}

const FULL = /no space left|ENOSPC|disk is full|quota (is used up|exceeded)/i;

/** The reason, with what Gonogo itself keeps on the disk when that is what ran full. */
export async function withRoom(
  reason: string,
  { doors, directory }: { doors: Doors; directory: string },
): Promise<string> {
  if (!FULL.test(reason)) return reason;
  const { stdout } = await doors.shell.run({
    file: "du",
    args: ["-k", "-d", "1", directory],
    timeoutMs: 10_000,
  });
  const kept = stdout
    .split("\n")
    .map((line) => /^(\d+)\s+(.*)$/.exec(line))
    .flatMap((found) =>
      found?.[2] && found[2] !== directory ? [{ kb: Number(found[1]), path: found[2] }] : [],
    )
    .toSorted((a, b) => b.kb - a.kb)
    .map(({ kb, path }) => `${path.slice(directory.length + 1)} ${formatSize(kb * 1_024)}`);
  return `${reason}\nFix: free space on this disk; Gonogo keeps ${kept.join(", ") || "nothing"} in ${directory}`;
}
