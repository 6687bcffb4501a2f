import { spawn } from "node:child_process";

/*
 * The line of this user's crontab that brings an environment back when the machine starts. A crontab needs neither
 * root nor a session, which a user's systemd units do.
 */

const markOf = (base: string): string => `# gonogo ${base}`;

/** Undefined where there is no crontab. */
export async function hasBootLine(base: string): Promise<boolean | undefined> {
  const lines = await readCrontab();
  return lines?.some((line) => line.endsWith(markOf(base)) && !line.trimStart().startsWith("#"));
}

/** Writes the line, or takes it away when there is no command; every other line stays. False where it cannot. */
export async function setBootLine(base: string, command: string | undefined): Promise<boolean> {
  const lines = await readCrontab();
  if (!lines) return false;
  const others = lines.filter((line) => !line.endsWith(markOf(base)));
  const wanted = command === undefined ? others : [...others, `@reboot ${command} ${markOf(base)}`];
  if (wanted.join("\n") === lines.join("\n")) return true;
  const { code } = await crontab(["-"], wanted.map((line) => `${line}\n`).join(""));
  return code === 0;
}

async function readCrontab(): Promise<string[] | undefined> {
  const { code, stdout, stderr } = await crontab(["-l"]);
  if (code === 0) return stdout === "" ? [] : stdout.replace(/\n$/, "").split("\n");
  return /no crontab for/i.test(stderr) ? [] : undefined;
}

function crontab(
  args: readonly string[],
  input = "",
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn("crontab", args, { env: { ...process.env, LC_ALL: "C" } });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString("utf8");
    });
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString("utf8");
    });
    child.stdin.on("error", () => undefined);
    child.once("error", () => resolve({ code: null, stdout, stderr }));
    child.once("close", (code) => resolve({ code, stdout, stderr }));
    child.stdin.end(input);
  });
}
