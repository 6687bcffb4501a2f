import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { stateOfLine } from "../../../test/fixtures/held-line.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import type { SshdWidened } from "../../agent/host/sshd-settings.ts";
import { hostStatus } from "../../agent/host/status.ts";
import { ask } from "../../assess/ask.ts";
import { createObserver } from "../../facts/observer.ts";
import type { HostLogin, HostStatus } from "../../model/host.ts";
import type { Outcome } from "../../model/outcome.ts";
import type { Subject } from "../../model/subject.ts";
import { openDoors } from "../../system/doors.ts";
import type { SeenUpkeep } from "./facts.ts";
import { filePermissions } from "./file-check.ts";
import { firewallDefaultDeny as firewall } from "./firewall-check.ts";
import { answering } from "./firewall-facts.ts";
import { portsUndeclared } from "./hardening-checks.ts";
import { host } from "./host.ts";
import { sizeEnough } from "./size-check.ts";

const GB = 1_073_741_824;
const RUNS = { live: "r1", instances: [], schedules: [] };

const ADA = { name: "ada", userId: 1_000, hasKey: true, hasPassword: undefined };

const NOBODY = { passwords: [], rootLogin: [] };

const HEALTHY: HostStatus & { readonly upkeep: SeenUpkeep } = {
  disk: {
    path: "/srv",
    usedBytes: 40 * GB,
    freeBytes: 60 * GB,
    totalFiles: 1_000,
    freeFiles: 900,
    totalBytes: 100 * GB,
  },
  memory: { totalBytes: 8 * GB, availableBytes: 4 * GB },
  cpus: 2,
  load: [0.5, 0.4, 0.3],
  outOfMemoryKills: 0,
  bootedAt: Date.UTC(2026, 10, 1),
  rebootRequiredSince: undefined,
  logs: { directory: "/srv/logs", totalBytes: 1_000 },
  processes: [{ process: "web", index: 0, pid: 7, userId: 1_000, openFilesLimit: 1_048_576 }],
  agentUserId: 1_000,
  files: [
    { path: "app.env", whole: "/srv/app.env", is: "file", mode: 0o640, userId: 1_000, isWritable: true },
    { path: "uploads", whole: "/srv/uploads", is: "folder", mode: 0o755, userId: 1_000, isWritable: true },
  ],
  upkeep: {
    startsAtBoot: true,
    sshd: { passwords: false, rootLogin: "no", unreadable: [], widened: NOBODY },
    guards: ["fail2ban"],
    updatesItself: true,
    openPorts: [],
    isClockSynchronised: true,
    firewall: {
      by: "nftables",
      v4: { rest: "denied", open: ["22", "443", "443/udp"] },
      v6: { rest: "denied", open: ["443"] },
    },
    ownPorts: [443, 80, 22],
    hasV6: true,
    logins: [ADA, { name: "root", userId: 0, hasKey: false, hasPassword: undefined }],
    hasOtherLogins: false,
  },
};
const kept = (change: Partial<SeenUpkeep>): HostStatus => ({
  ...HEALTHY,
  upkeep: { ...HEALTHY.upkeep, ...change },
});
const filed = (path: string, change: object): HostStatus => ({
  ...HEALTHY,
  files: (HEALTHY.files ?? []).map((each) => (each.path === path ? { ...each, ...change } : each)),
});
const peopled = (other: Pick<HostLogin, "name" | "userId"> & Partial<HostLogin>): HostStatus =>
  kept({ logins: [ADA, { hasKey: undefined, hasPassword: undefined, ...other }] });
const walled = (change: object): HostStatus =>
  kept({ firewall: { by: "nftables", v4: CLOSED, v6: CLOSED, ...change } });
const CLOSED = { rest: "denied", open: ["443"] } as const;
const sshd = (change: Partial<SeenUpkeep["sshd"]>): HostStatus =>
  kept({
    sshd: { ...HEALTHY.upkeep.sshd, unreadable: ["/etc/ssh/sshd_config.d/50.conf"], ...change },
  });
const MATCHED = "Match User deploy: PasswordAuthentication yes";
const widened = (change: Partial<SshdWidened>): HostStatus => sshd({ widened: { ...NOBODY, ...change } });

const DECLARED = {
  users: ["ada"],
  files: { secret: ["app.env"], writable: ["uploads"] },
  size: { cores: 2, memory: "8GB", disk: "100GB" },
};

async function answer(
  id: string,
  seen: HostStatus | undefined | Error,
  options: object = DECLARED,
): Promise<Outcome> {
  const check = host.definition.checks.find((each) => each.id === id);
  if (!check) throw new Error(`there is no check ${id}`);
  await using doors = openDoors();
  const look = async () => {
    if (seen instanceof Error) throw seen;
    return seen;
  };
  const subject = subjectFor({
    component: "host",
    options: host.definition.options.parse(options),
    runtime: RUNS,
    target: { host: look, logs: async () => [] },
  });
  return (await ask(createObserver(doors), subject as Subject, check)).outcome;
}

const disk = (freeBytes: number, freeFiles = 900): HostStatus => ({
  ...HEALTHY,
  disk: { ...HEALTHY.disk, usedBytes: 100 * GB - freeBytes, freeBytes, freeFiles },
});
const processes = (change: object): HostStatus => ({
  ...HEALTHY,
  processes: HEALTHY.processes.map((each) => ({ ...each, ...change })),
});

describe.each(host.definition.checks.map(({ id }) => id))("%s", (id) => {
  it("passes on a machine with room", async () => {
    expect(await answer(id, HEALTHY)).toMatchObject({ status: "pass" });
  });

  it("does not apply where nobody may look at the machine", async () => {
    expect(await answer(id, undefined)).toMatchObject({ status: "not applicable" });
  });

  it("is unknown when the machine does not answer", async () => {
    expect(await answer(id, new Error("the agent is gone"))).toMatchObject({
      status: "unknown",
      cause: expect.stringMatching(/^host\.(status|files)$/),
    });
  });
});

it.each<[string, string, HostStatus, string]>([
  ["host.disk.headroom", "warn", disk(19 * GB), "81 % of the space"],
  ["host.disk.headroom", "fail", disk(4 * GB), "96 % of the space"],
  ["host.disk.headroom", "fail", disk(60 * GB, 10), "99 % of the inodes"],
  [
    "host.memory.headroom",
    "warn",
    { ...HEALTHY, memory: { totalBytes: 8 * GB, availableBytes: GB / 2 } },
    "6 % available",
  ],
  ["host.memory.headroom", "warn", { ...HEALTHY, outOfMemoryKills: 2 }, "2 ended since 2026-11-01"],
  ["host.cpu.headroom", "warn", { ...HEALTHY, load: [1, 1, 4.5] }, "4.50 on 2 processors"],
  ["host.service.non-root", "warn", processes({ userId: 0 }), "web.0"],
  ["host.limits.nofile", "warn", processes({ openFilesLimit: 1_024 }), "web.0: 1024"],
  [
    "host.logs.rotation",
    "warn",
    { ...HEALTHY, logs: { directory: "/srv/logs", totalBytes: 2 * GB } },
    "2.0 GB in /srv/logs",
  ],
  ["host.service.enabled", "fail", kept({ startsAtBoot: false }), "no such line"],
  ["host.service.enabled", "fail", kept({ startsAtBoot: undefined }), "no crontab"],
  ["host.sshd.no-password", "fail", sshd({ passwords: true }), "a password is enough"],
  ["host.sshd.no-root", "fail", sshd({ rootLogin: "yes" }), "PermitRootLogin yes"],
  [
    "host.sshd.no-root",
    "warn",
    sshd({ rootLogin: "prohibit-password" }),
    "PermitRootLogin prohibit-password",
  ],
  ["host.sshd.no-password", "fail", widened({ passwords: [MATCHED] }), MATCHED],
  [
    "host.sshd.no-root",
    "fail",
    widened({ rootLogin: ["Match Address 10.0.0.0/8: PermitRootLogin yes"] }),
    "Match Address 10.0.0.0/8: PermitRootLogin yes",
  ],
  [
    "host.sshd.no-root",
    "warn",
    widened({ rootLogin: ["Match User root: PermitRootLogin without-password"] }),
    "Match User root",
  ],
  ["host.sshd.guard", "warn", kept({ guards: [] }), "none of them"],
  ["host.updates.security", "warn", kept({ updatesItself: false }), "not installed"],
  ["host.port.undeclared", "warn", kept({ openPorts: [5432] }), "5432"],
  ["host.time.sync", "warn", kept({ isClockSynchronised: false }), "NTPSynchronized=no"],
  ["host.size.enough", "fail", { ...HEALTHY, cpus: 1 }, "1 core"],
  [
    "host.size.enough",
    "fail",
    { ...HEALTHY, memory: { totalBytes: 4 * GB, availableBytes: 2 * GB } },
    "4.0 GB of memory",
  ],
  [
    "host.size.enough",
    "fail",
    { ...HEALTHY, disk: { ...HEALTHY.disk, totalBytes: 50 * GB } },
    "50.0 GB in the file",
  ],
  [
    "host.firewall.default-deny",
    "fail",
    walled({ v4: { rest: "let in", open: [] } }),
    "whatever no rule speaks of",
  ],
  [
    "host.firewall.default-deny",
    "fail",
    walled({ v6: { rest: "let in", open: [] } }),
    "by IPv6 it is let in",
  ],
  [
    "host.firewall.default-deny",
    "fail",
    walled({ v4: { rest: "denied", open: ["22", "8000-8010"] } }),
    "8000-8010",
  ],
  ["host.file.permissions", "fail", filed("app.env", { mode: 0o644 }), "app.env: 0644, open to every user"],
  ["host.file.permissions", "fail", filed("app.env", { mode: 0o660 }), "its group may change it"],
  ["host.file.permissions", "fail", filed("app.env", { userId: 33 }), "owned by user 33"],
  [
    "host.file.permissions",
    "fail",
    filed("app.env", { folder: { mode: 0o777, userId: 0 } }),
    "others may replace it",
  ],
  ["host.file.permissions", "fail", filed("app.env", { is: "missing" }), "app.env: is not there"],
  [
    "host.file.permissions",
    "fail",
    filed("uploads", { isWritable: false }),
    "uploads: the application cannot write",
  ],
  ["host.file.permissions", "fail", filed("uploads", { mode: 0o777 }), "every user writes to it"],
  ["host.user.known", "fail", peopled({ name: "bob", userId: 1_001, hasKey: true }), "bob has a key"],
  [
    "host.user.known",
    "fail",
    peopled({ name: "ubuntu", userId: 1_001, hasPassword: true }),
    "ubuntu has a password",
  ],
  ["host.user.known", "fail", peopled({ name: "toor", userId: 0 }), "toor is another root"],
  ["host.reboot.required", "warn", { ...HEALTHY, rebootRequiredSince: 1 }, "/run/reboot-required"],
])("%s says %s with what it found", async (id, status, seen, found) => {
  expect(await answer(id, seen)).toMatchObject({ status, found: expect.stringContaining(found) });
});

it.each([
  ["host.sshd.no-password", sshd({ passwords: undefined }), "50.conf cannot be read"],
  ["host.sshd.no-root", sshd({ rootLogin: undefined }), "50.conf cannot be read"],
  ["host.sshd.no-password", sshd({ widened: undefined }), "deploy once more"],
  ["host.sshd.no-root", sshd({ widened: undefined }), "deploy once more"],
  ["host.updates.security", kept({ updatesItself: undefined }), "no apt"],
  ["host.time.sync", kept({ isClockSynchronised: undefined }), "no timedatectl"],
  ["host.firewall.default-deny", kept({ firewall: "unseen" }), "sudoers"],
  ["host.user.known", peopled({ name: "bob", userId: 1_001 }), "opens bob"],
  ["host.user.known", kept({ hasOtherLogins: true }), "a directory"],
])("%s cannot tell what the agent's user cannot see", async (id, seen, reason) => {
  expect(await answer(id, seen)).toMatchObject({
    status: "unknown",
    reason: expect.stringContaining(reason),
  });
});

it("host.firewall.default-deny takes declared ports for what they are, and IPv6 only where the machine has it", async () => {
  const seen = kept({
    firewall: {
      by: "nftables",
      v4: { rest: "denied", open: ["8000-8001"] },
      v6: { rest: "let in", open: [] },
    },
    hasV6: false,
  });
  const options = { openPorts: [8000, 8001] };
  expect(await answer("host.firewall.default-deny", seen, options)).toMatchObject({ status: "pass" });
});

describe("from which share in use people are alerted", () => {
  const memory = { ...HEALTHY, memory: { totalBytes: 8 * GB, availableBytes: 1.2 * GB } };
  it.each<[string, HostStatus, object, string]>([
    ["host.disk.headroom", disk(25 * GB), { disk: "70%" }, "warn"],
    ["host.disk.headroom", disk(19 * GB), { disk: "85%" }, "pass"],
    ["host.disk.headroom", disk(4 * GB), { disk: "97%" }, "pass"],
    ["host.disk.headroom", disk(2 * GB), { disk: "97%" }, "fail"],
    ["host.memory.headroom", memory, { memory: "80%" }, "warn"],
    ["host.memory.headroom", memory, {}, "pass"],
    ["host.cpu.headroom", { ...HEALTHY, load: [0, 0, 1.7] }, { cpu: "80%" }, "warn"],
    ["host.cpu.headroom", { ...HEALTHY, load: [0, 0, 1.7] }, {}, "pass"],
  ])("%s of %j with %j: %s", async (id, seen, alertAbove, status) => {
    expect((await answer(id, seen, { alertAbove })).status).toBe(status);
  });

  it.each([{ disk: "101%" }, { memory: "0%" }, { cpu: "lots" }, { disk: 80 }])("refuses %j", (alertAbove) => {
    expect(host.definition.options.safeParse({ alertAbove }).success).toBe(false);
  });
});

it("tells ports that answer from those that do not", async () => {
  await using doors = openDoors();
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const asked = { hostname: "127.0.0.1", ports: [1, port] };
  expect(await answering({ doors, signal: AbortSignal.timeout(5_000) }, asked)).toEqual([port]);
  server.close();
});

it("host.file.permissions cannot tell of a folder that is closed to the agent's user, nor of processes of another", async () => {
  const closed = filed("app.env", { is: "unseen" });
  expect(await answer("host.file.permissions", closed)).toMatchObject({ status: "unknown" });
  const other = processes({ userId: 33 });
  expect(await answer("host.file.permissions", other)).toMatchObject({ status: "unknown" });
  expect(await answer("host.file.permissions", HEALTHY, {})).toMatchObject({ status: "not applicable" });
});

it("host.user.known asks nothing where nobody is declared, and lets users be whom nothing opens", async () => {
  expect(await answer("host.user.known", HEALTHY, {})).toMatchObject({ status: "not applicable" });
  const locked = peopled({ name: "bob", userId: 1_001, hasKey: false, hasPassword: false });
  expect(await answer("host.user.known", locked)).toMatchObject({ status: "pass" });
});

it("host.size.enough asks nothing where nothing is declared", async () => {
  expect(await answer("host.size.enough", HEALTHY, {})).toMatchObject({ status: "not applicable" });
});

it("host.size.enough is held to the size that a line asks for, less what kernel and file system take", async () => {
  const seen = { ...HEALTHY, memory: { totalBytes: 7.6 * GB, availableBytes: 4 * GB } };
  const outcome = await answer("host.size.enough", seen, { size: { cores: 1 } });
  const state = (line: string) => stateOfLine(line, sizeEnough, outcome);
  expect(state("2 CPU cores, 8GB RAM")).toBe("go");
  expect(state("4 CPU cores, 8GB RAM")).toBe("failing");
  expect(state("2 CPU cores, 16GB RAM")).toBe("failing");
  expect(state("At least 999GB SSD")).toBe("failing");
});

it("host.file.permissions is held to the mode that a line asks for", async () => {
  const state = async (line: string, mode: number) =>
    stateOfLine(line, filePermissions, await answer("host.file.permissions", filed("app.env", { mode })));
  expect(await state("chmod 600 .env", 0o600)).toBe("go");
  expect(await state("chmod 600 .env", 0o640)).toBe("failing");
  expect(await state(".env permissions 640", 0o640)).toBe("go");
  expect(await state("storage permissions 775", 0o640)).toBe("go");
});

it("host.firewall.default-deny is held to the ports that a line wants closed", async () => {
  const open = walled({ v4: { rest: "denied", open: ["443", "5432"] } });
  const outcome = await answer("host.firewall.default-deny", open, { openPorts: [5432] });
  expect(outcome).toMatchObject({ status: "pass", measured: { open: "443 5432" } });
  const state = (line: string) => stateOfLine(line, firewall, outcome);
  expect(state("Database port (5432) NOT exposed to the internet")).toBe("failing");
  expect(state("Redis port (6379) not exposed to the internet")).toBe("go");
  expect(state("Port 5432 open")).toBe("go");
  expect(state('Ports <!-- gonogo: host.firewall.default-deny (closed-port="6379 5432") -->')).toBe(
    "failing",
  );
});

it("asks nothing of the machine itself where the application only visits", async () => {
  const { upkeep: _, ...visited } = HEALTHY;
  expect(await answer("host.sshd.no-password", visited)).toMatchObject({ status: "not applicable" });
});

it("lets a declared port be, unless a line wants it closed", async () => {
  const seen = kept({ openPorts: [5432] });
  const outcome = await answer("host.port.undeclared", seen, { openPorts: [5432] });
  expect(outcome).toMatchObject({ status: "pass" });
  expect(stateOfLine("Port 5432 not reachable from outside", portsUndeclared, outcome)).toBe("failing");
  expect(stateOfLine("Port 6379 not reachable from outside", portsUndeclared, outcome)).toBe("go");
});

it("has nothing to say of users and limits while no process runs", async () => {
  const seen = { ...HEALTHY, processes: [] };
  expect(await answer("host.service.non-root", seen)).toMatchObject({ status: "not applicable" });
  expect(await answer("host.limits.nofile", seen)).toMatchObject({ status: "not applicable" });
});

it("counts an unlimited number of files as enough", async () => {
  expect(await answer("host.limits.nofile", processes({ openFilesLimit: "unlimited" }))).toMatchObject({
    status: "pass",
  });
});

it("is told the truth by the agent about this machine and this process", async () => {
  const seen = await hostStatus({
    directory: tmpdir(),
    now: Date.now(),
    instances: [
      {
        release: "r1",
        process: "self",
        index: 0,
        state: "ready",
        pid: process.pid,
        port: undefined,
        startedAt: undefined,
        restarts: 0,
        memoryBytes: undefined,
        heartbeatAt: undefined,
        lastExit: undefined,
      },
    ],
  });
  expect(seen.processes).toMatchObject([{ process: "self", userId: process.geteuid?.() }]);
  expect(seen.disk.freeBytes).toBeGreaterThan(0);
  expect(seen.disk.usedBytes).toBeGreaterThan(0);
  expect(seen.memory.availableBytes).toBeLessThan(seen.memory.totalBytes);
  expect(seen.bootedAt).toBeLessThan(Date.now());
  expect(Number(seen.processes[0]?.openFilesLimit)).toBeGreaterThan(0);
});
