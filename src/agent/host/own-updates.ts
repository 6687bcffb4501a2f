import { lstat, readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";

const TIMER = "apt-daily-upgrade.timer";

/** Debian and Ubuntu: the program is there, apt is told to start it, and the machine starts apt. */
export async function updatesItself(root = "/"): Promise<boolean | undefined> {
  const folder = join(root, "etc/apt/apt.conf.d");
  const names = await readdir(folder).catch(() => undefined);
  if (!names) return undefined;
  if (!(await isThere(join(root, "usr/bin/unattended-upgrade")))) return false;
  const said = (await Promise.all(names.sort().map((name) => text(join(folder, name))))).join("\n");
  const last = (name: string): string | undefined =>
    [...said.matchAll(new RegExp(`^\\s*APT::Periodic::${name}\\s+"(\\w+)"`, "gm"))].at(-1)?.[1];
  const isWanted = (last("Unattended-Upgrade") ?? "0") !== "0" && last("Enable") !== "0";
  return isWanted && (await startsApt(root));
}

/** By its timer where systemd is the init; what cron has for it leaves it to systemd then (apt's own apt-compat). */
async function startsApt(root: string): Promise<boolean> {
  if (!(await isThere(join(root, "run/systemd/system"))))
    return await isThere(join(root, "etc/cron.daily/apt-compat"));
  const units = join(root, "etc/systemd/system");
  const isEnabled = await isThere(join(units, "timers.target.wants", TIMER));
  return isEnabled && (await readlink(join(units, TIMER)).catch(() => "")) !== "/dev/null";
}

/** A link into the machine counts, wherever it leads. */
async function isThere(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}

async function text(path: string): Promise<string> {
  return await readFile(path, "utf8").catch(() => "");
}
