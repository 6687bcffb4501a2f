import { defineCheck } from "../../model/check.ts";
import { fail, pass, undeclared, unknown } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { formatSize } from "../../model/size.ts";
import { ways } from "../../model/ways.ts";
import { hostSeen } from "./facts.ts";

/** "8 GB" have 7.6 when firmware and kernel took theirs; a disk of "50 GB" is sold in thousands and holds its tables. */
const LEAST_SHARE = { memory: 0.9, disk: 0.88 } as const;

export const sizeEnough = defineCheck({
  id: "host.size.enough",
  title: "The machine has the declared cores, memory and disk",
  consequence:
    "It was tried on a larger machine: under the first load this one swaps, or the disk is full in a month.",
  severity: "warning",
  phase: "production",
  freshFor: "7d",
  every: "1d",
  asks: ways(`
    4 CPU cores, 8GB RAM, 50GB SSD | minimum 2 CPU cores | at least 4 GB RAM | 8GB RAM minimum
    server has 4 vCPU and 8 GB memory | minimum 2GB RAM, 20GB disk | server meets minimum requirements
    minimum hardware requirements met | server sized with 2 vCPU and 4 GB RAM | at least 20GB disk space
    sufficient disk space (50GB) | 16GB RAM available | server requirements met (CPU, RAM, disk)
    VPS with 2 cores and 4GB RAM | minimum system requirements | 4 vCPUs | mindestens 8 GB RAM
    mínimo 4 GB de RAM | au moins 8 Go de RAM | en az 4 GB RAM | 2 CPU cores minimum | 2+ CPU cores
    CPU: 2 cores or more | 4+ GB RAM | RAM: 4 GB or more | 20+ GB disk | instance with 2 GB RAM
    server size sufficient: CPU, RAM, disk | instance type has enough CPU and RAM
    server sized appropriately (CPU, RAM) | 50 GB SSD | mindestens 4 CPU-Kerne
    minimum disk space 50 GB | minimum disk size | production server specs met | 4 cores | 2 vCPU
  `),
  figures: {
    cores: { measured: "cores", keeps: "no less", in: "count" },
    memory: { measured: "memorySoldBytes", keeps: "no less", in: "bytes" },
    disk: { measured: "diskSoldBytes", keeps: "no less", in: "bytes" },
  },
  needs: { host: hostSeen },
  run({ host: { cpus, memory, disk } }, { options: { size } }) {
    const declared = Object.values(size).filter((each) => each !== undefined).length;
    if (declared === 0)
      return undeclared('no size is declared: host({ size: { cores: 4, memory: "8GB", disk: "50GB" } })');
    if (size.disk !== undefined && disk.totalBytes === undefined)
      return unknown(
        "the agent is of an earlier version and does not tell the size of the disk; deploy once more",
      );
    const found = [
      quantity(cpus, "core"),
      `${formatSize(memory.totalBytes)} of memory`,
      ...(disk.totalBytes === undefined
        ? []
        : [`${formatSize(disk.totalBytes)} in the file system of ${disk.path}`]),
    ].join(", ");
    const small = [
      ...(size.cores !== undefined && cpus < size.cores ? ["cores"] : []),
      ...(size.memory !== undefined && memory.totalBytes < LEAST_SHARE.memory * size.memory
        ? ["memory"]
        : []),
      ...(size.disk !== undefined && (disk.totalBytes ?? 0) < LEAST_SHARE.disk * size.disk ? ["disk"] : []),
    ];
    const measured = {
      cores: cpus,
      memoryBytes: memory.totalBytes,
      diskBytes: disk.totalBytes ?? 0,
      // The most that a machine of this size may be called.
      memorySoldBytes: Math.round(memory.totalBytes / LEAST_SHARE.memory),
      diskSoldBytes: disk.totalBytes === undefined ? null : Math.round(disk.totalBytes / LEAST_SHARE.disk),
    };
    if (small.length === 0) return pass(found, measured);
    return fail(`the machine is smaller than declared: ${small.join(", ")}`, {
      expected: [
        ...(size.cores === undefined ? [] : [`${size.cores} cores`]),
        ...(size.memory === undefined
          ? []
          : [`${formatSize(size.memory)} of memory, less what the kernel keeps`]),
        ...(size.disk === undefined
          ? []
          : [`${formatSize(size.disk)} of disk, less what its file system takes`]),
      ].join(", "),
      found,
      fix: "take a larger machine from the provider, or declare what the application was tried with: host({ size })",
      findings: small,
      measured,
    });
  },
});
