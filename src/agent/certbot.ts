import { execFile } from "node:child_process";
import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { CertificateRenewal } from "../model/host.ts";

export interface CertbotOptions {
  /** Where the machine's files begin. */
  readonly root?: string;
  /** What systemd tells about these units; "" where there is none. */
  readonly show?: (units: readonly string[]) => Promise<string>;
}

type Seen = Pick<CertificateRenewal, "by" | "obstacle" | "unseen" | "failure">;

/** Debian's, Ubuntu's snap's, Fedora's and Arch's. */
const UNITS = ["certbot", "snap.certbot.renew", "certbot-renew"];

/** Whether certbot is set to renew the certificate in this file, and how its last attempt went. */
export async function certbotRenewal(file: string, options: CertbotOptions = {}): Promise<Seen> {
  const { root = "/", show = showUnits } = options;
  const line = await lineageOf(file, root);
  if (!line) return { by: undefined };
  const { name, text } = line;
  const disabled = /^\s*autorenew\s*=\s*false\b/im.test(text);
  if (disabled) return { by: "certbot", obstacle: `autorenew = False in ${name}` };
  const isByHand =
    /^\s*authenticator\s*=\s*manual\b/im.test(text) && !/^\s*manual_auth_hook\s*=\s*\S/im.test(text);
  if (isByHand) return { by: "certbot", obstacle: `${name} renews by hand: authenticator = manual` };
  const units = unitsIn(await show(UNITS.flatMap((unit) => [`${unit}.timer`, `${unit}.service`])));
  const timer = UNITS.find((unit) => units.get(`${unit}.timer`)?.ActiveState === "active");
  if (timer === undefined) return { by: "certbot", ...(await withoutTimer(root, units.size > 1)) };
  const result = units.get(`${timer}.service`)?.Result;
  return result === undefined || result === "success"
    ? { by: "certbot" }
    : { by: "certbot", failure: `${timer}.service ended with ${result}` };
}

/** The renewal file that names this certificate, or whose hook puts a renewed one where it lies. */
async function lineageOf(file: string, root: string): Promise<{ name: string; text: string } | undefined> {
  const folder = join(root, "etc/letsencrypt/renewal");
  const names = (await readdir(folder).catch(() => [])).filter((each) => each.endsWith(".conf"));
  for (const each of names) {
    const text = await readFile(join(folder, each), "utf8").catch(() => "");
    const named = [...text.matchAll(/^\s*(?:fullchain|cert)\s*=\s*(\S+)\s*$/gm)].map(([, path]) => path);
    const [, hook = ""] = /^\s*renew_hook\s*=\s*(.+)$/m.exec(text) ?? [];
    const places = hook.split(/[\s"';]+/).map((word) => word.replace(/(?<=.)\/$/, ""));
    const isPut = places.includes(file) || places.includes(dirname(file));
    if (named.includes(file) || isPut) return { name: `/etc/letsencrypt/renewal/${each}`, text };
  }
  return undefined;
}

/** Whether cron starts it instead. */
async function withoutTimer(root: string, isTold: boolean): Promise<Omit<Seen, "by">> {
  const runsSystemd = (await stat(join(root, "run/systemd/system")).catch(() => undefined)) !== undefined;
  const folders = await Promise.all(CRON_FOLDERS.map((folder) => filesIn(join(root, folder))));
  const files = ["etc/crontab", ...ROOTS_TABLES].map((file) => join(root, file));
  const texts = await Promise.all([...files, ...folders.flat()].map(textOf));
  const lines = texts.join("\n").split("\n");
  // Debian's line stands beside the timer, and does nothing where systemd runs.
  const counts = (line: string): boolean =>
    /^[^#]*\bcertbot\b.*\brenew\b/.test(line) && !(runsSystemd && line.includes("/run/systemd/system"));
  if (lines.some(counts)) return {};
  if (runsSystemd && !isTold) return { unseen: "systemctl does not tell about timers" };
  return texts.includes(undefined)
    ? {
        unseen:
          "no timer is active that starts certbot renew, and root's crontab cannot be read by the agent",
      }
    : { obstacle: "no timer is active that starts certbot renew, nor a line of cron" };
}

const CRON_FOLDERS = ["cron.d", "cron.hourly", "cron.daily", "cron.weekly"].map((each) => `etc/${each}`);
/** Debian's and Fedora's. */
const ROOTS_TABLES = ["var/spool/cron/crontabs/root", "var/spool/cron/root"];

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((each) => !each.isDirectory()).map(({ name }) => join(folder, name));
}

/** "" of a file that is not there; undefined of one that may not be read. */
function textOf(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch((thrown: NodeJS.ErrnoException) =>
    thrown.code === "ENOENT" || thrown.code === "ENOTDIR" ? "" : undefined,
  );
}

/** Properties by unit, as `systemctl show` prints them: a block each, with a blank line between. */
function unitsIn(shown: string): Map<string, Record<string, string>> {
  return new Map(
    shown.split(/\n{2,}/).map((block) => {
      const pairs = block
        .split("\n")
        .map((line) => [line.split("=", 1)[0] ?? "", line.replace(/^[^=]*=/, "")]);
      const unit = Object.fromEntries(pairs) as Record<string, string>;
      return [unit.Id ?? "", unit];
    }),
  );
}

function showUnits(units: readonly string[]): Promise<string> {
  const args = ["show", "-p", "Id,ActiveState,Result", ...units];
  return new Promise((resolve) => {
    execFile("systemctl", args, { timeout: 5_000 }, (error, stdout) => resolve(error ? "" : stdout));
  });
}
