import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

/** The only one that is published as a package; a development state. */
export const VERSION = "2.0.0-dev.0";

const PACKAGE = path.join("node_modules", "uptime-kuma");
const MOST_MS = 900_000;

/** Its directory, ready to be started: installed and compiled once and kept. Throws the reason in one line. */
export async function installUptimeKuma(): Promise<string> {
  const kept = path.join(tmpdir(), `gonogo-bench-uptime-kuma-${VERSION}`);
  if (existsSync(kept)) return path.join(kept, PACKAGE);
  // Made beside it and named at the end, so that what is there is whole.
  const making = await mkdtemp(`${kept}-`);
  try {
    await writeFile(path.join(making, "package.json"), "{}");
    await npm(making, "uptime-kuma cannot be installed", [
      "install",
      `uptime-kuma@${VERSION}`,
      "--ignore-scripts",
    ]);
    await npm(making, "the sqlite3 of uptime-kuma cannot be compiled (by g++, make and python3)", [
      "rebuild",
      "@louislam/sqlite3",
      "--build-from-source",
    ]);
    await completePatches(path.join(making, PACKAGE, "db"));
    await rename(making, kept);
    return path.join(kept, PACKAGE);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

/** Some patches were published one directory above where it looks for them, and it does not start without. */
async function completePatches(directory: string): Promise<void> {
  const astray = (await readdir(directory)).filter((file) => /^patch-.*\.sql$/.test(file));
  for (const file of astray)
    await copyFile(path.join(directory, file), path.join(directory, "old_migrations", file));
}

async function npm(directory: string, failure: string, args: readonly string[]): Promise<void> {
  const all = [...args, "--prefix", directory, "--no-audit", "--no-fund", "--foreground-scripts"];
  const options = { cwd: directory, timeout: MOST_MS, maxBuffer: 67_108_864 };
  try {
    await promisify(execFile)("npm", all, options);
  } catch (thrown) {
    throw new Error(`${failure}: ${reasonOf(thrown)}`, { cause: thrown });
  }
}

/** Of the many lines of npm, the compiler and make, the first that names a reason. */
function reasonOf(thrown: unknown): string {
  const { stdout = "", stderr = "", message } = thrown as Error & { stdout?: string; stderr?: string };
  const lines = `${stdout}\n${stderr}`.split("\n").map((line) => line.trim());
  return lines.find((line) => /error: |not found|npm error (?!code)/i.test(line)) ?? message;
}
