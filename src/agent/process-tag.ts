import { identify, isRunning, type ProcessIdentity } from "./instances/process-table.ts";

/**
 * Whose something is that a process leaves where others find it. By its number alone where there is no /proc, and in
 * what older versions left: then it counts as over when no process has that number.
 */
export type ProcessTag = Pick<ProcessIdentity, "pid"> & Partial<ProcessIdentity>;

export function ownTag(): ProcessTag {
  return { pid: process.pid, ...identify(process.pid) };
}

/** Whether the process that left it still runs. */
export function goesOn({ pid, startedTicks }: ProcessTag): boolean {
  return startedTicks === undefined ? isTaken(pid) : isRunning({ pid, startedTicks });
}

/** In names of files, as the source of a pattern without groups: "4711", "4711-3f2a1b9c-123456". */
export const TAG = "\\d+(?:-[0-9a-f]{8}-\\d+)?";

export function ownTagText(): string {
  const { pid, startedTicks } = ownTag();
  // A colon in a path means something to tar, and to whatever takes lists of paths.
  return startedTicks === undefined ? `${pid}` : `${pid}-${startedTicks.replace(":", "-")}`;
}

/** As `goesOn`, for what matches `TAG`. */
export function textGoesOn(text: string): boolean {
  const [pid, boot, ticks] = text.split("-");
  return goesOn({ pid: Number(pid), ...(ticks !== undefined && { startedTicks: `${boot}:${ticks}` }) });
}

function isTaken(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    // Somebody else's process runs too.
    return (thrown as NodeJS.ErrnoException).code === "EPERM";
  }
}
