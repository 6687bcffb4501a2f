import { join } from "node:path";
import type { Doors } from "../model/doors.ts";

/** Where copies are made for a while. */
export function temporaryRoot({ environment }: Pick<Doors, "environment">): string {
  return environment.value("TMPDIR") ?? "/tmp";
}

/**
 * A directory for a while, mode 0700, for whoever made it to remove. Those of processes that were killed, and so
 * could not remove theirs, go first.
 */
export async function temporaryDirectory(kind: "scratch" | "restore", doors: Doors): Promise<string> {
  const above = temporaryRoot(doors);
  const name = new RegExp(`^gonogo-${kind}-(\\d+)-[0-9a-f]+$`);
  for (const each of await doors.files.list(above)) {
    const pid = name.exec(each)?.[1];
    if (pid !== undefined && Number(pid) !== process.pid && !(await isAlive(pid, doors)))
      await doors.files.remove(join(above, each));
  }
  const directory = join(above, `gonogo-${kind}-${process.pid}-${doors.random.hex(8)}`);
  await doors.files.makeDirectory(directory, { mode: 0o700 });
  return directory;
}

/** Whether a process of this machine still runs. */
export async function isAlive(pid: string, { shell }: Pick<Doors, "shell">): Promise<boolean> {
  if (Number(pid) === process.pid) return true;
  const { code, stderr } = await shell.run({
    file: "kill",
    args: ["-0", pid],
    env: { LC_ALL: "C" },
    timeoutMs: 10_000,
  });
  // Somebody else's process is alive too.
  return code === 0 || /not permitted/.test(stderr);
}
