import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { updatesItself } from "./own-updates.ts";

const TIMER = "etc/systemd/system/timers.target.wants/apt-daily-upgrade.timer";
const MASKED = "etc/systemd/system/apt-daily-upgrade.timer";

let root: string;
const write = (file: string, text = ""): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
const linkTo = (file: string, to: string): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  symlinkSync(to, join(root, file));
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "gonogo-updates-"));
  write("usr/bin/unattended-upgrade");
  write("etc/apt/apt.conf.d/20auto-upgrades", 'APT::Periodic::Unattended-Upgrade "1";\n');
  mkdirSync(join(root, "run/systemd/system"), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

it("is so where apt's timer is enabled and nothing is switched off", async () => {
  linkTo(TIMER, "/lib/systemd/system/apt-daily-upgrade.timer");
  expect(await updatesItself(root)).toBe(true);
});

it.each([
  ["the timer is disabled", () => undefined],
  [
    "the timer is masked",
    () => {
      linkTo(TIMER, "/lib/systemd/system/apt-daily-upgrade.timer");
      linkTo(MASKED, "/dev/null");
    },
  ],
  [
    "apt's periodic work is switched off",
    () => {
      linkTo(TIMER, "/lib/systemd/system/apt-daily-upgrade.timer");
      write("etc/apt/apt.conf.d/10periodic", 'APT::Periodic::Enable "0";\n');
    },
  ],
  ["cron has a line for it, which leaves it to systemd", () => write("etc/cron.daily/apt-compat")],
])("is not so where %s", async (_, change) => {
  change();
  expect(await updatesItself(root)).toBe(false);
});

it("is cron's where there is no systemd", async () => {
  rmSync(join(root, "run/systemd"), { recursive: true });
  linkTo(TIMER, "/lib/systemd/system/apt-daily-upgrade.timer");
  expect(await updatesItself(root)).toBe(false);
  write("etc/cron.daily/apt-compat");
  expect(await updatesItself(root)).toBe(true);
});

it("is not to be told of a machine without apt", async () => {
  rmSync(join(root, "etc/apt"), { recursive: true });
  expect(await updatesItself(root)).toBeUndefined();
});
