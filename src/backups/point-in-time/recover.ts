import { join } from "node:path";
import { findFreePort } from "../../agent/instances/free-port.ts";
import { runnableServer } from "../../components/postgres/server/runnable-server.ts";
import { addressFor } from "../../components/postgres/server/settle.ts";
import type { RunningProgram } from "../../model/doors.ts";
import { OutsideError } from "../../model/errors.ts";
import type { Secret } from "../../model/secret.ts";
import { giveTo, serviceAccount } from "../../system/service-account.ts";
import { endLeashed, startLeashed } from "../leashed.ts";
import { temporaryDirectory } from "../temporary.ts";
import { logFolder } from "./archive.ts";
import type { RecoverRequest, Site } from "./recovery-site.ts";
import { openSegmentFeed, type SegmentFeed } from "./segment-feed.ts";
import { setPassword } from "./superuser-password.ts";
import { expectRoom, fittingServer, HBA_FILE, unpack } from "./unpacked-server.ts";

/** A copy of a whole server as it was at one time. It ends and is removed when it is disposed. */
export interface RecoveredServer extends AsyncDisposable {
  /** As the superuser. */
  addressOf(database: string): Secret;
  /** The time that was asked for lies behind everything that was ever written: nothing was left out. */
  readonly isEverything: boolean;
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
    hba_file: join(home, HBA_FILE),
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
