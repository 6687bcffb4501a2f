import { allPids, readLink, readNames, readText } from "./proc-files.ts";

/** A process that cannot be mistaken for another one that got the same number later. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Boot id and clock ticks since boot (/proc/<pid>/stat field 22). */
  readonly startedTicks: string;
}

/** One that can be looked for by whoever sees the same process numbers. */
export interface LocalProcess extends ProcessIdentity {
  /** The pid namespace; a container has its own. */
  readonly space: string;
}

interface Stat {
  readonly state: string;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  readonly startedTicks: string;
}

const bootId = (readText("/proc/sys/kernel/random/boot_id") ?? "").slice(0, 8);

export function identify(pid: number): ProcessIdentity | undefined {
  const stat = readStat(pid);
  if (!stat || isGone(stat)) return undefined;
  return { pid, startedTicks: stat.startedTicks };
}

/** False for zombies too: nothing of the program is left, whoever has yet to reap it. */
export function isRunning({ pid, startedTicks }: ProcessIdentity): boolean {
  return identify(pid)?.startedTicks === startedTicks;
}

/** This very process. Undefined where there is no /proc. */
export function identifyThis(): LocalProcess | undefined {
  const space = readLink("/proc/self/ns/pid");
  const identity = identify(process.pid);
  return space === undefined ? undefined : identity && { ...identity, space };
}

/** Whether it has ended for certain; of one in another namespace nobody knows. */
export function hasEnded(other: LocalProcess): boolean {
  return other.space === readLink("/proc/self/ns/pid") && !isRunning(other);
}

/** The process and all its descendants. */
export function treeOf(root: number): number[] {
  const found = [root];
  for (const pid of found) found.push(...childrenOf(pid));
  return found;
}

/** Living members of a process group. Asks the kernel first, because reading all of /proc costs milliseconds. */
export function membersOfGroup(group: number): number[] {
  try {
    process.kill(-group, 0);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ESRCH") return [];
  }
  return allPids().filter((pid) => {
    const stat = readStat(pid);
    return stat !== undefined && stat.group === group && !isGone(stat);
  });
}

/**
 * Resident bytes of these processes together. What they share (a server's buffers, the program itself) counts once:
 * as much as the one that sees most of it. The exact share of each, in smaps_rollup, costs 60 ms a gigabyte.
 */
export function residentBytes(pids: readonly number[]): number {
  const parts = pids.map(residentPartsOf);
  return sum(parts.map(({ own }) => own)) + Math.max(0, ...parts.map(({ shared }) => shared));
}

/** The state directory of the agent that this process or its parent is; undefined when it is another program. */
export function agentDirectoryOf(pid: number): string | undefined {
  const words = (readText(`/proc/${pid}/cmdline`) ?? "").split("\0");
  const [, script = "", directory] = words.filter((word) => !word.startsWith("--"));
  return /(^|\/)agent\/(agent|parent)\.[tj]s$/.test(script) ? directory : undefined;
}

/** Processes that run one of these scripts of Node's, wherever it is installed, with this first argument. */
export function processesRunning(scripts: RegExp, argument: string): ProcessIdentity[] {
  return allPids().flatMap((pid) => {
    const words = (readText(`/proc/${pid}/cmdline`) ?? "").split("\0");
    const [, script = "", first] = words.filter((word) => !word.startsWith("--"));
    return scripts.test(script) && first === argument ? (identify(pid) ?? []) : [];
  });
}

/** Session leaders whose environment at their start held this text: what an agent spawned, known to it or not. */
export function sessionLeadersMarked(marker: string): { identity: ProcessIdentity; environment: string[] }[] {
  return allPids().flatMap((pid) => {
    const stat = readStat(pid);
    if (!stat || stat.session !== pid || isGone(stat)) return [];
    const environment = (readText(`/proc/${pid}/environ`) ?? "").split("\0");
    if (!environment.includes(marker)) return [];
    return [{ identity: { pid, startedTicks: stat.startedTicks }, environment }];
  });
}

function readStat(pid: number): Stat | undefined {
  const text = readText(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  // The second field is the program's name in parentheses and may itself hold blanks and parentheses.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return {
    state: fields[0] ?? "X",
    parent: Number(fields[1]),
    group: Number(fields[2]),
    session: Number(fields[3]),
    startedTicks: `${bootId}:${fields[19]}`,
  };
}

function isGone(stat: Stat): boolean {
  return stat.state === "Z" || stat.state === "X";
}

function childrenOf(pid: number): number[] {
  return readNames(`/proc/${pid}/task`).flatMap((task) =>
    (readText(`/proc/${pid}/task/${task}/children`) ?? "").split(" ").filter(Boolean).map(Number),
  );
}

/** Of its own and of what others may have mapped, too: files and shared memory (proc_pid_status(5)). */
function residentPartsOf(pid: number): { own: number; shared: number } {
  const status = readText(`/proc/${pid}/status`) ?? "";
  const bytesOf = (name: string): number =>
    1_024 * Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? 0);
  return { own: bytesOf("RssAnon"), shared: bytesOf("RssFile") + bytesOf("RssShmem") };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
