import { quoteIdentifier } from "../../components/postgres/identifiers.ts";
import type { OpenPostgresPart } from "../../model/backup.ts";
import type { Doors } from "../../model/doors.ts";
import { UserError } from "../../model/errors.ts";
import type { Secret } from "../../model/secret.ts";
import { BackupFault } from "../fault.ts";

// To build an index is to sort. What the server keeps for shared buffers tells how large its machine is: as much may be
// sorted in memory, up to 256 MB, or what it allows anyway where that is more.
const SERVER = `
  select current_setting('server_version_num')::int / 10000 as major,
         (greatest(pg_size_bytes(current_setting('maintenance_work_mem')),
                  least(pg_size_bytes(current_setting('shared_buffers')), 268435456))/ 1048576)::int as "sortMb"`;

/** What the server calls the sessions that restore. */
export const RESTORING = "gonogo restore";

/** A program that was killed leaves its session at work until the statement is done, with its locks. */
const END_THE_BEGUN = `
  select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and application_name = '${RESTORING}'`;
const PAUSE_MS = 20;

export interface PreparedServer {
  readonly major: number;
  /** For the sessions that restore. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Sees whether a server can take a database, and makes the roles it lacks. Throws BackupFault or UserError. */
export async function prepareServer(request: {
  readonly part: OpenPostgresPart;
  readonly url: Secret;
  readonly makesRoles: boolean;
  /** An interrupted restore has begun with this database. */
  readonly isBegun: boolean;
  readonly doors: Doors;
  readonly signal: AbortSignal;
}): Promise<PreparedServer> {
  const { part, url, doors, signal, makesRoles, isBegun } = request;
  await using session = await doors.sql.open(url, { readOnly: false, statementTimeoutMs: 60_000, signal });
  while (isBegun && (await session.query(END_THE_BEGUN)).length > 0)
    await doors.clock.delay(PAUSE_MS, signal);
  const [server] = await session.query<{ major: number; sortMb: number }>(SERVER);
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
  return { major, settings: { maintenance_work_mem: `${server?.sortMb ?? 64}MB` } };
}
