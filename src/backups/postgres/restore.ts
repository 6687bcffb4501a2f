import { join } from "node:path";
import { quoteIdentifier } from "../../components/postgres/identifiers.ts";
import type { BackupObject, OpenPostgresPart } from "../../model/backup.ts";
import type { Place } from "../../model/destination.ts";
import type { Doors } from "../../model/doors.ts";
import { messageOf, UserError } from "../../model/errors.ts";
import type { Secret } from "../../model/secret.ts";
import { objectHolding } from "../contents.ts";
import { BackupFault } from "../fault.ts";
import { inParallel } from "../in-parallel.ts";
import { readObject } from "../objects.ts";
import { temporaryDirectory } from "../temporary.ts";
import { findTools, lastWords, programEnvironment, type Tools } from "./programs.ts";

export interface RestoreRequest {
  readonly part: OpenPostgresPart;
  readonly place: Place;
  readonly backup: string;
  readonly identities: readonly Secret[];
  /** An empty database, as a role that may make everything in it. */
  readonly url: Secret;
  /** Roles that the server has not are made, without a login: for a server that holds copies only. */
  readonly makesRoles: boolean;
  readonly jobs: number;
  readonly doors: Doors;
  readonly signal: AbortSignal;
  /** What an earlier attempt on the same database has finished. */
  readonly done?: ReadonlySet<string>;
  readonly onDone?: (step: string) => Promise<void>;
  readonly onBytes?: (storedBytes: number) => void;
}

/**
 * Restores a database from its archives: structure, rows of many tables at once, then indexes, constraints, triggers
 * and policies. Each object is one transaction, so an interrupted restore goes on with the next. Throws BackupFault
 * naming what is wrong with the backup, UserError with what this server lacks.
 */
export async function restoreDatabase(request: RestoreRequest): Promise<Tools> {
  const { part, doors, signal, jobs, done = new Set(), onDone = async () => undefined } = request;
  const serverMajor = await prepare(request);
  const tools = await findTools(Math.max(serverMajor, part.serverMajor), doors);
  const structure = objectHolding(part, "structure");
  const home = await temporaryDirectory("restore", doors);
  try {
    const archive = join(home, "structure.dump");
    await readObject(structure, request, await doors.files.writeStream(archive, { mode: 0o600 }));
    const once = async (step: string, work: () => Promise<void>): Promise<void> => {
      if (done.has(step)) return;
      await work();
      await onDone(step);
    };
    await once("before the rows", () =>
      run(request, tools, ["--section=pre-data", "--single-transaction", archive]),
    );
    const rows = part.objects.filter(({ holds }) => holds === "data" || holds === "rows of a table");
    await inParallel(
      rows.toSorted((a, b) => b.plainBytes - a.plainBytes),
      { width: jobs, signal },
      (object, limit) => once(object.name, () => restoreRows(object, { ...request, signal: limit }, tools)),
    );
    await once("after the rows", async () => {
      // Begun before and not finished: what is there already is made anew.
      const again = done.has("after the rows, begun") ? ["--clean", "--if-exists"] : [];
      await onDone("after the rows, begun");
      await run(request, tools, ["--section=post-data", `--jobs=${jobs}`, ...again, archive]);
    });
  } finally {
    await doors.files.remove(home);
  }
  return tools;
}

/** Major version of the server that is restored into. Throws when it cannot take this database. */
async function prepare(request: RestoreRequest): Promise<number> {
  const { part, url, doors, signal, makesRoles } = request;
  await using session = await doors.sql.open(url, { readOnly: false, statementTimeoutMs: 60_000, signal });
  const [server] = await session.query<{ major: number }>(
    "select current_setting('server_version_num')::int / 10000 as major",
  );
  const major = server?.major ?? 0;
  if (major < part.serverMajor) {
    throw new BackupFault(
      "wrong version",
      `the backup is of PostgreSQL ${part.serverVersion}, and this server is ${major}: an older one cannot take it`,
    );
  }
  const available = await session.query<{ name: string }>("select name::text from pg_available_extensions");
  const lacking = part.contents.extensions.filter(
    ({ name }) => !available.some((each) => each.name === name),
  );
  if (lacking.length > 0) {
    const names = lacking.map(({ name, version }) => `${name} ${version}`).join(", ");
    throw new BackupFault(
      "missing extension",
      `the server that is restored into lacks the extension ${names}`,
    );
  }
  const known = new Set(
    (await session.query<{ name: string }>("select rolname::text as name from pg_roles")).map(
      ({ name }) => name,
    ),
  );
  const missing = part.contents.roles.filter((name) => !known.has(name));
  if (missing.length > 0 && !makesRoles) {
    throw new UserError(
      `the server has no role ${missing.join(", ")}, and the backup's objects belong to it`,
      {
        fix: missing.map((name) => `create role ${quoteIdentifier(name)};`).join(" "),
      },
    );
  }
  for (const name of missing) await session.query(`create role ${quoteIdentifier(name)}`);
  return major;
}

function argumentsFor(url: Secret): string[] {
  const { PGDATABASE = "" } = programEnvironment(url);
  const quoted = PGDATABASE.replaceAll("\\", "\\\\").replaceAll("'", "\\'");
  return ["--exit-on-error", "--no-password", `--dbname=dbname='${quoted}'`];
}

async function run(request: RestoreRequest, tools: Tools, args: readonly string[]): Promise<void> {
  const { url, doors, signal } = request;
  const result = await doors.shell.run({
    file: tools.restore,
    args: [...argumentsFor(url), ...args],
    env: programEnvironment(url),
    signal,
  });
  signal.throwIfAborted();
  if (result.code !== 0) throw restoreFailure(lastWords(result.stderr, url));
}

async function restoreRows(object: BackupObject, request: RestoreRequest, tools: Tools): Promise<void> {
  const { url, doors, signal } = request;
  const running = doors.shell.start({
    file: tools.restore,
    args: [...argumentsFor(url), "--section=data", "--single-transaction"],
    env: programEnvironment(url),
    signal,
  });
  running.stdout.resume();
  // Read to its end only after that the program may commit: a changed byte must not become rows.
  const failure = await readObject(object, request, running.stdin).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (failure instanceof BackupFault) running.end();
  const { code, stderr } = await running.ended;
  signal.throwIfAborted();
  if (failure instanceof BackupFault) throw failure;
  if (code !== 0) throw restoreFailure(`${object.name}: ${lastWords(stderr, url)}`);
  if (failure !== undefined) throw failure;
}

function restoreFailure(said: string): BackupFault {
  const kind = /unsupported version|newer than the|unrecognized configuration parameter/.test(said)
    ? "wrong version"
    : "cannot be restored";
  return new BackupFault(kind, `pg_restore: ${messageOf(said)}`);
}
