import { join } from "node:path";
import { findPrograms, type Program } from "../../components/postgres/server/binaries.ts";
import type { Doors } from "../../model/doors.ts";
import { OutsideError, UserError } from "../../model/errors.ts";
import { formatSize } from "../../model/size.ts";
import { readObject } from "../objects.ts";
import { BASE_OBJECT, type Base, baseFolder } from "./archive.ts";
import type { RecoverRequest, Site } from "./recovery-site.ts";
import { FEED_FOLDERS } from "./segment-feed.ts";

export const HBA_FILE = "hba.conf";

/** Files of a server are read only by the same major version on the same sort of machine. */
export async function fittingServer({ window, doors, from = [] }: RecoverRequest): Promise<Program> {
  const { platform, serverMajor, serverVersion } = window.base;
  const here = `${process.platform}-${process.arch}`;
  if (platform !== here)
    throw new UserError(
      `the copy is of a server on ${platform}, and this machine is ${here}: it cannot read its files`,
    );
  const servers = await findPrograms("postgres", doors, from);
  const [found] = servers
    .filter(({ major }) => major === serverMajor)
    .toSorted((a, b) => Number(a.isEmbedded) - Number(b.isEmbedded));
  if (found) return found;
  const have = servers.map(({ version }) => version).join(", ") || "none";
  throw new UserError(`the copy is of PostgreSQL ${serverVersion}, and this machine has ${have}`, {
    fix: `apt-get install postgresql-${serverMajor}`,
  });
}

export async function expectRoom({ plainBytes }: Base, home: string, { files }: Doors): Promise<void> {
  const free = await files.freeBytes(home);
  // Once as files of a server, and its tables once more as they are read out of it.
  const wanted = plainBytes * 2;
  if (free >= wanted) return;
  throw new UserError(
    `the recovery needs ${formatSize(wanted)}, and ${formatSize(free)} are free in ${home}`,
    {
      fix: "make room there, or set TMPDIR to a larger file system",
    },
  );
}

/** As the server's user. Throws BackupFault when the copy is not what was stored. */
export async function unpack({ home, account, request }: Site): Promise<void> {
  const { window, place, identities, doors, signal, onBytes } = request;
  const { base } = window;
  const as = account && { uid: account.uid, gid: account.gid };
  const running = doors.shell.start({
    file: "/bin/sh",
    args: ["-c", `umask 077; mkdir data ${FEED_FOLDERS.join(" ")} && exec tar -x -p -f - -C data`],
    cwd: home,
    env: { LC_ALL: "C" },
    ...as,
    signal,
  });
  running.stdout.resume();
  const { sizeBytes, plainBytes, sha256 } = base;
  const failure = await readObject(
    { name: BASE_OBJECT, holds: "data", sizeBytes, plainBytes, sha256 },
    { place, backup: baseFolder(base.component, base.id), identities, signal, ...(onBytes && { onBytes }) },
    running.stdin,
  ).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (failure !== undefined) running.end();
  const { code, stderr } = await running.ended;
  signal.throwIfAborted();
  if (failure !== undefined) throw failure;
  if (code !== 0)
    throw new OutsideError(`the copy ${base.id} cannot be unpacked: ${stderr.trim().slice(-300)}`);
  await doors.files.write(join(home, HBA_FILE), HBA, { mode: 0o644 });
  await doors.files.write(join(home, "data", "recovery.signal"), "", { mode: 0o644 });
}

// The socket's directory is closed to everybody but the server's user, who may read the files anyway.
const HBA = "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n";
