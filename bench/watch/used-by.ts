import { readFileSync } from "node:fs";

export interface Used {
  readonly cpuSeconds: number;
  readonly residentMb: number;
}

/** What a process and every process it started used until now, those that have ended and were waited for as well. */
export function usedBy(pid: number): Used {
  // proc_pid_stat(5): own and waited-for children's user and system time in ticks of 10 ms.
  const times = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ")
    .slice(11, 15);
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
  return childrenOf(pid).reduce(plus, {
    cpuSeconds: times.reduce((sum, each) => sum + Number(each), 0) / 100,
    residentMb: kilobytes / 1_024,
  });
}

function childrenOf(pid: number): readonly Used[] {
  const pids = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean);
  return pids.map((each) => usedBy(Number(each)));
}

function plus(one: Used, other: Used): Used {
  return {
    cpuSeconds: one.cpuSeconds + other.cpuSeconds,
    residentMb: one.residentMb + other.residentMb,
  };
}
