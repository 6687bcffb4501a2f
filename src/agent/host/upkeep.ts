import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import type { HostUpkeep } from "../../model/host.ts";
import { hasBootLine } from "./boot-line.ts";
import { hostFirewall } from "./firewall/firewall.ts";
import { hostLogins } from "./logins.ts";
import { updatesItself } from "./own-updates.ts";
import { readSshdSettings } from "./sshd-settings.ts";

/** How the machine is kept, as far as an ordinary user of it can see. `edgePorts` are the environment's own. */
export async function hostUpkeep({
  base,
  edgePorts,
}: {
  base: string;
  edgePorts: readonly number[];
}): Promise<HostUpkeep> {
  const { ports, ...sshd } = await readSshdSettings("/etc/ssh/sshd_config");
  const { users, hasOthers } = await hostLogins();
  return {
    startsAtBoot: await hasBootLine(base),
    sshd,
    guards: await guardsRunning(),
    updatesItself: await updatesItself(),
    openPorts: await openPorts([...edgePorts, ...ports]),
    isClockSynchronised: await isClockSynchronised(),
    firewall: await hostFirewall().catch(() => "unseen" as const),
    logins: users,
    hasOtherLogins: hasOthers,
    ownPorts: [...edgePorts, ...ports],
    hasV6: await hasV6(),
  };
}

const GUARDS: Readonly<Record<string, string>> = {
  "fail2ban-server": "fail2ban",
  sshguard: "sshguard",
  crowdsec: "crowdsec",
};

async function guardsRunning(): Promise<string[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const names = await Promise.all(pids.map((pid) => text(`/proc/${pid}/comm`)));
  return [...new Set(names.flatMap((name) => GUARDS[name.trim()] ?? []))];
}

async function openPorts(ours: readonly number[]): Promise<number[]> {
  const tables = await Promise.all([text("/proc/net/tcp"), text("/proc/net/tcp6")]);
  const ports = tables.flatMap((table) =>
    table
      .split("\n")
      .slice(1)
      .flatMap((line) => {
        const [, local = "", , state] = line.trim().split(/\s+/);
        const [address = "", port = ""] = local.split(":");
        // 127.0.0.0/8, ::1, and the first of these written as IPv6.
        const isLoopback = /^[0-9A-F]{6}7F$|^0{24}01000000$|^0{16}FFFF0000[0-9A-F]{6}7F$/.test(address);
        return state === "0A" && !isLoopback ? [Number.parseInt(port, 16)] : [];
      }),
  );
  return [...new Set(ports)].filter((port) => !ours.includes(port)).sort((a, b) => a - b);
}

async function isClockSynchronised(): Promise<boolean | undefined> {
  const said = await new Promise<string>((resolve) => {
    const args = ["show", "-p", "NTPSynchronized", "--value"];
    execFile("timedatectl", args, { timeout: 5_000 }, (error, stdout) => resolve(error ? "" : stdout.trim()));
  });
  return said === "" ? undefined : said === "yes";
}

/** The fourth column is the scope: 00 is global. Unique local ones (fc00::/7) are reached within their network only. */
async function hasV6(): Promise<boolean> {
  return (await text("/proc/net/if_inet6"))
    .split("\n")
    .some((line) => /^(?!f[cd])[0-9a-f]{32} \S+ \S+ 00 /.test(line));
}

async function text(path: string): Promise<string> {
  return await readFile(path, "utf8").catch(() => "");
}
