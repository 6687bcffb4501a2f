import { join } from "node:path";
import type { Doors } from "../../../model/doors.ts";
import { UserError } from "../../../model/errors.ts";
import { giveTo, type ServiceAccount } from "../../../system/service-account.ts";
import type { Login } from "./accounts.ts";

/** Major version of the data in a directory; undefined when there is none. */
export async function dataVersion({ files }: Doors, data: string): Promise<number | undefined> {
  const text = await files.read(join(data, "PG_VERSION"));
  return text === undefined ? undefined : Number.parseInt(text, 10);
}

/** Makes an empty cluster; it is there under its name only when initdb has ended well. Throws UserError. */
export async function initialise(options: {
  readonly binaries: string;
  readonly home: string;
  readonly superuser: Login;
  readonly account: ServiceAccount | undefined;
  /** What it holds can be made again, so nothing waits for the disk. */
  readonly isThrowaway?: boolean;
  readonly doors: Doors;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { binaries, home, superuser, account, isThrowaway = false, doors, signal } = options;
  const unfinished = join(home, "data.unfinished");
  const passwordFile = join(home, "initial-password");
  await doors.files.remove(unfinished);
  try {
    await doors.files.write(passwordFile, superuser.password, { mode: 0o600 });
    await giveTo(doors, account, [passwordFile]);
    const make = (locale: string) =>
      doors.shell.run({
        file: join(binaries, "initdb"),
        args: [
          `--pgdata=${unfinished}`,
          `--username=${superuser.role}`,
          "--auth=scram-sha-256",
          `--pwfile=${passwordFile}`,
          "--encoding=UTF8",
          `--locale=${locale}`,
          ...(isThrowaway ? ["--no-sync"] : []),
        ],
        cwd: home,
        env: { LC_ALL: "C" },
        ...(account && { uid: account.uid, gid: account.gid }),
        timeoutMs: 120_000,
        signal,
      });
    const first = await make("C.UTF-8");
    const result = /invalid locale/.test(first.stderr) ? await make("C") : first;
    signal.throwIfAborted();
    if (result.code !== 0) {
      const said = result.stderr.trim().split("\n").slice(-3).join(" ");
      throw new UserError(`initdb could not make a database in ${home}: ${said}`, { where: home });
    }
  } finally {
    await doors.files.remove(passwordFile);
  }
  const moved = await doors.shell.run({ file: "mv", args: ["--", unfinished, join(home, "data")] });
  if (moved.code !== 0) throw new UserError(`${unfinished} cannot be renamed: ${moved.stderr.trim()}`);
}

/**
 * After a crash of the machine the number in postmaster.pid may belong to another program of the same user, and
 * the server would refuse to start beside it. Removes the file unless its process is a server of this data.
 */
export async function clearStaleLock({ files }: Doors, data: string): Promise<void> {
  const file = join(data, "postmaster.pid");
  const pid = (await files.read(file))?.split("\n")[0]?.trim();
  if (pid === undefined || !/^\d+$/.test(pid)) return;
  if ((await files.stat("/proc/self")) === undefined) return;
  const command = (await files.read(`/proc/${pid}/cmdline`).catch(() => undefined)) ?? "";
  if (!command.split("\0").includes(data)) await files.remove(file);
}
