import { defineCheck } from "../../model/check.ts";
import { fail, pass, warn } from "../../model/outcome.ts";
import { formatSize } from "../../model/size.ts";
import { ways } from "../../model/ways.ts";
import { hostSeen } from "./facts.ts";
import { shareOf } from "./options.ts";

const FULL = 0.95;

export const diskHeadroom = defineCheck({
  id: "host.disk.headroom",
  title: "The disk has room",
  consequence:
    "A full disk stops the database in the middle of a write and keeps the next release from starting.",
  severity: "blocker",
  phase: "production",
  freshFor: "1h",
  every: "5m",
  asks: ways(`
    monitor disk space | disk space available | disk usage below 80% | enough storage space on the server
    disk space < 10% free | disk almost full | server has adequate disk | disk usage alert
    disk space sufficient | free disk space | storage capacity checked | disk space monitored
    disk full alert | sufficient disk space
    disk is 85 % full | alert when disk is full | disk full | disk space enough | enough disk space
    free space on disk | disk usage | disk space | check disk space | disk space available on the server
    disk at 85 percent | disk has room | volume under 70% full
    enough storage on the machine | df shows free space | EBS volume has room | free GB on the root volume
    root volume not full | disk fill level
    monitor server resources (CPU, memory, disk)
    server metrics: CPU, memory, disk
  `),
  figures: { "at-most": { measured: "usedShare", keeps: "no more", in: "share" } },
  needs: { host: hostSeen },
  run({ host: { disk } }, { options: { alertAbove } }) {
    const tight = shareOf(alertAbove.disk);
    // As df counts: blocks kept for root, or beyond a quota, are neither used nor free.
    const bytesUsed = disk.usedBytes / (disk.usedBytes + disk.freeBytes);
    const filesUsed = disk.totalFiles === 0 ? 0 : 1 - disk.freeFiles / disk.totalFiles;
    const used = Math.max(bytesUsed, filesUsed);
    const found = `${percent(bytesUsed)} of the space and ${percent(filesUsed)} of the inodes are in use, ${formatSize(disk.freeBytes)} left`;
    const measured = {
      usedShare: round(bytesUsed),
      inodesUsedShare: round(filesUsed),
      freeBytes: disk.freeBytes,
    };
    if (used < tight) return pass(found, measured);
    const trouble = {
      expected: `less than ${percent(tight)} in use`,
      found: `${found} of the file system of ${disk.path}`,
      fix: `du -xh --max-depth=2 / | sort -h | tail -20 shows what takes it; deploy.keep in the declaration says how many releases stay`,
      measured,
    };
    return used < Math.max(FULL, tight)
      ? warn("the disk is getting full", trouble)
      : fail("the disk is full", trouble);
  },
});

export const memoryHeadroom = defineCheck({
  id: "host.memory.headroom",
  title: "There is memory left, and nothing was ended for want of it",
  consequence: "The kernel ends the largest process, which is usually the database.",
  severity: "warning",
  phase: "production",
  freshFor: "1h",
  every: "1m",
  asks: ways(`
    memory usage below 90% | check memory usage | monitor server memory | no out of memory kills
    high memory usage | server has enough memory
    server resources adequate (CPU, memory) | monitor resources (CPU, RAM, disk)
    enough resources (CPU, RAM, disk) | memory consumption normal | no memory pressure | memory alert
    memory percentage < 90% | memory below 80 % | memory use normal | enough memory | memory usage
    RAM usage | memory usage acceptable | memory usage < 80% | memory is sufficient | enough RAM
    server monitoring (CPU, memory, disk) | No OOM kills | memory usage within limits
    memory usage stays under the limit | memory within limits | RAM headroom
    workers do not exhaust memory | enough RAM for workers | free memory on the server
    no OOM kills in dmesg | processes fit into memory | free RAM | free memory under normal traffic
    memory on the machine enough | OOM messages | memory available | no OOM errors
    resource usage (CPU, memory) within limits | monitor server resources (CPU, memory, disk)
    server metrics: CPU, memory, disk | resource usage normal
  `),
  figures: { "at-most": { measured: "usedShare", keeps: "no more", in: "share" } },
  needs: { host: hostSeen },
  run({ host: { memory, outOfMemoryKills, bootedAt } }, { options: { alertAbove } }) {
    // As people write it: what is left over of 90 % is 10 %, and not a little more.
    const leastLeft = round(1 - shareOf(alertAbove.memory));
    const left = memory.availableBytes / memory.totalBytes;
    const kills = outOfMemoryKills ?? 0;
    const since = new Date(bootedAt).toISOString().slice(0, 10);
    const measured = {
      availableShare: round(left),
      usedShare: round(1 - left),
      availableBytes: memory.availableBytes,
      outOfMemoryKills: kills,
    };
    if (left >= leastLeft && kills === 0) {
      return pass(
        `${percent(left)} of ${formatSize(memory.totalBytes)} available, nothing ended since ${since}`,
        measured,
      );
    }
    const low = left < leastLeft;
    return warn(low ? "memory is running out" : "the kernel ended processes for want of memory", {
      expected: `at least ${percent(leastLeft)} available and no process ended`,
      found: `${percent(left)} available; ${kills} ended since ${since}`,
      fix: low
        ? "ps -eo rss,comm --sort=-rss | head shows who takes it; `memory` of a component sets its limit"
        : "journalctl -k -g 'Out of memory' names them; give the machine more memory or the largest process a limit",
      measured,
    });
  },
});

export const loadHeadroom = defineCheck({
  id: "host.cpu.headroom",
  title: "The processors keep up",
  consequence: "Every request waits for its turn, and health checks begin to fail one after the other.",
  severity: "warning",
  phase: "production",
  freshFor: "1h",
  every: "1m",
  asks: ways(`
    monitor CPU usage | high CPU usage | CPU load acceptable
    CPU usage normal | CPU alert | server load normal | CPU utilization | CPU usage
    CPU load | server monitoring (CPU, memory, disk) | CPU usage within limits
    Server load acceptable | CPU within limits | CPU usage stays under the limit
    CPU average | CPU has headroom
    processors not saturated | CPU not saturated
    CPU enough for traffic
    resource usage (CPU, memory) within limits | monitor server resources (CPU, memory, disk)
    server metrics: CPU, memory, disk | CPU usage below 80%
  `),
  figures: { "at-most": { measured: "loadShare", keeps: "no more", in: "share" } },
  needs: { host: hostSeen },
  run({ host: { load, cpus } }, { options: { alertAbove } }) {
    const [, , fifteen] = load;
    const most = round(shareOf(alertAbove.cpu) * cpus);
    const measured = { load15: round(fifteen), cpus, loadShare: round(fifteen / cpus) };
    if (fifteen < most) return pass(`a load of ${fifteen.toFixed(2)} on ${cpus} processors`, measured);
    return warn("more work than processors", {
      expected: `a load below ${most} over 15 minutes`,
      found: `${fifteen.toFixed(2)} on ${cpus} processors`,
      fix: "top -o %CPU shows who takes them; fewer instances or a larger machine",
      measured,
    });
  },
});

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

function round(share: number): number {
  return Math.round(share * 1_000) / 1_000;
}
