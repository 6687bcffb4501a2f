import { readdir, readFile, stat, statfs } from "node:fs/promises";
import { availableParallelism, freemem, loadavg, totalmem, uptime } from "node:os";
import { join } from "node:path";
import type { HostProcess, HostStatus } from "../../model/host.ts";
import type { InstanceStatus } from "../../model/runtime.ts";

/** The machine as the kernel tells it. Throws when the state directory's file system cannot be asked. */
export async function hostStatus({
  directory,
  instances,
  now,
}: {
  directory: string;
  instances: readonly InstanceStatus[];
  now: number;
}): Promise<HostStatus> {
  const disk = await statfs(directory);
  const logs = join(directory, "logs");
  const running = instances.flatMap((each) => (each.pid === undefined ? [] : [{ ...each, pid: each.pid }]));
  return {
    disk: {
      path: directory,
      usedBytes: (disk.blocks - disk.bfree) * disk.bsize,
      freeBytes: disk.bavail * disk.bsize,
      totalFiles: disk.files,
      freeFiles: disk.ffree,
      totalBytes: disk.blocks * disk.bsize,
    },
    memory: { totalBytes: totalmem(), availableBytes: await availableMemory() },
    cpus: availableParallelism(),
    load: loadavg() as [number, number, number],
    outOfMemoryKills: numberIn(await text("/proc/vmstat"), /^oom_kill (\d+)/m),
    rebootRequiredSince: (await stat("/run/reboot-required").catch(() => undefined))?.mtimeMs,
    bootedAt: now - uptime() * 1_000,
    logs: { directory: logs, totalBytes: await bytesBelow(logs) },
    processes: await Promise.all(running.map(processOf)),
    ...(process.geteuid && { agentUserId: process.geteuid() }),
  };
}

async function processOf(instance: InstanceStatus & { pid: number }): Promise<HostProcess> {
  const { process, index, pid } = instance;
  const [, soft] = /^Max open files\s+(\S+)/m.exec(await text(`/proc/${pid}/limits`)) ?? [];
  return {
    process,
    index,
    pid,
    userId: numberIn(await text(`/proc/${pid}/status`), /^Uid:\s+\d+\s+(\d+)/m),
    openFilesLimit: soft === undefined || soft === "unlimited" ? soft : Number(soft),
  };
}

/** Free memory alone leaves out the caches, which the kernel gives up when asked. */
async function availableMemory(): Promise<number> {
  const kilobytes = numberIn(await text("/proc/meminfo"), /^MemAvailable:\s+(\d+) kB/m);
  return kilobytes === undefined ? freemem() : kilobytes * 1_024;
}

async function bytesBelow(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => (await stat(join(entry.parentPath, entry.name)).catch(() => undefined))?.size ?? 0);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** "" for what is not there: another kernel, a process that has just ended. */
async function text(path: string): Promise<string> {
  return await readFile(path, "utf8").catch(() => "");
}

function numberIn(from: string, pattern: RegExp): number | undefined {
  const [, found] = pattern.exec(from) ?? [];
  return found === undefined ? undefined : Number(found);
}
