import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** A program the project needs from the machine, and the Debian package that brings it. */
interface HostProgram {
  readonly program: string;
  readonly debianPackage: string;
  readonly why: string;
  /** What makes it say its version; default "--version". False: nothing does, and that its file is there is enough. */
  readonly asks?: string | false;
}

export const FOR_DEMO: readonly HostProgram[] = [
  { program: "git", debianPackage: "git", why: "a release is an exact commit" },
  { program: "tar", debianPackage: "tar", why: "unpacks the release's copy of the code" },
  { program: "redis-server", debianPackage: "redis-server", why: "SoulSeer's queue" },
  { program: "pg_dump", debianPackage: "postgresql-client", why: "backups" },
];

const CHROMIUM: HostProgram = {
  program: "chromium",
  debianPackage: "chromium",
  why: "opens pages and reports as a person does",
};
const FFMPEG: HostProgram = {
  program: "ffmpeg",
  debianPackage: "ffmpeg",
  why: "cuts the clips of Snuggles",
  asks: "-version",
};

/** What single examples need besides. */
export const FOR_EXAMPLE: Readonly<Partial<Record<string, readonly HostProgram[]>>> = {
  "examples/snuggles": [FFMPEG, CHROMIUM],
  "examples/vocilia": [CHROMIUM],
};

export const FOR_TESTS: readonly HostProgram[] = [
  ...FOR_DEMO,
  {
    program: "openssl",
    debianPackage: "openssl",
    why: "an independent judge of our certificates",
    asks: "version",
  },
  { program: "/usr/sbin/dnsmasq", debianPackage: "dnsmasq-base", why: "a DNS server for tests" },
  { program: "age", debianPackage: "age", why: "opens our backups without us" },
  { program: "zstd", debianPackage: "zstd", why: "unpacks our backups without us" },
  { program: "ssh", debianPackage: "openssh-client", why: "brings backups to a server", asks: "-V" },
  { program: "/usr/sbin/sshd", debianPackage: "openssh-server", why: "an SFTP server for tests", asks: "-V" },
  {
    program: "/usr/bin/crontab",
    debianPackage: "cron",
    why: "starts a host's agent after a reboot",
    asks: false,
  },
  { program: "/usr/sbin/nft", debianPackage: "nftables", why: "a firewall's rules as the kernel lists them" },
  ...["proxy", "account", "container", "object"].map((part) => ({
    program: `swift-${part}-server`,
    debianPackage: `swift-${part}`,
    why: "a server that speaks S3, for tests",
    asks: "--help",
  })),
  { program: "/usr/sbin/dovecot", debianPackage: "dovecot-imapd", why: "an IMAP server for tests" },
  CHROMIUM,
  FFMPEG,
];

/** Asked, not looked for: Debian's pg_dump may be a wrapper with nothing behind it. */
function answers({ program, asks = "--version" }: HostProgram): boolean {
  if (asks === false) return existsSync(program);
  return spawnSync(program, [asks], { stdio: "ignore" }).status === 0;
}

/** Installs what is missing when root on Debian, after saying which; elsewhere ends with the exact line to type. */
export function ensureHostPackages(needed: readonly HostProgram[]): void {
  const missing = needed.filter((each) => !answers(each));
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((each) => each.debianPackage))];
  const line = `apt-get install -y ${packages.join(" ")}`;
  for (const { program, debianPackage, why } of missing) {
    console.log(`missing: ${program} (${why}), from Debian's package ${debianPackage}`);
  }
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    console.error(`Install what is missing, then run this again:\n  sudo ${line}`);
    process.exit(2);
  }
  console.log(`Installing: ${line}`);
  // RUNLEVEL=1 keeps the packages' own services from being started: we start our own.
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  for (const args of [
    ["update", "-qq"],
    ["install", "-y", "-qq", "--no-install-recommends", ...packages],
  ]) {
    const { status } = spawnSync("apt-get", args, { env, stdio: ["ignore", "ignore", "inherit"] });
    if (status !== 0) {
      console.error(`apt-get ${args[0]} failed; try by hand:\n  apt-get update && ${line}`);
      process.exit(3);
    }
  }
}
