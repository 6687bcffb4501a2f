import { join } from "node:path";
import { quoteIdentifier, quoteLiteral } from "../components/postgres/identifiers.ts";
import { setAgain } from "../components/postgres/kept-setting.ts";
import type { PostgresOptions } from "../components/postgres/options.ts";
import { accountsFor } from "../components/postgres/server/accounts.ts";
import type { SqlSession } from "../model/doors.ts";
import { OutsideError } from "../model/errors.ts";
import type { Component } from "../model/launch.ts";
import { Secret } from "../model/secret.ts";
import { halfMadeName } from "./name-beside.ts";
import type { BackupScene } from "./scene.ts";
import { databaseAddress } from "./sources.ts";

/** The server of a component's live database, as a role that may make databases there. */
export interface LiveServer {
  /** Name of the live database. */
  readonly database: string;
  addressOf(database: string): Secret;
  /** A session in the database "postgres". */
  open(signal: AbortSignal): Promise<SqlSession>;
}

/** Of a database that Gonogo supplies the superuser; else the owner, who needs createdb. */
export async function liveServer(scene: BackupScene, component: Component): Promise<LiveServer> {
  const { variables, doors } = scene;
  const url = new URL(databaseAddress(component, variables).reveal());
  const superuser = await superuserOf(scene, component, url);
  if (superuser) {
    url.username = encodeURIComponent(superuser.role);
    url.password = superuser.password;
  }
  const addressOf = (database: string): Secret => {
    const own = new URL(url);
    own.pathname = `/${encodeURIComponent(database)}`;
    return new Secret(own.toString());
  };
  return {
    database: decodeURIComponent(url.pathname.slice(1)),
    addressOf,
    open: (signal) =>
      doors.sql.open(addressOf("postgres"), { readOnly: false, statementTimeoutMs: 60_000, signal }),
  };
}

async function superuserOf(
  { launch, directory, doors }: BackupScene,
  component: Component,
  url: URL,
): Promise<{ role: string; password: string } | undefined> {
  const own = join(directory, component.name);
  const isSupplied = (await doors.files.stat(join(own, "passwords.json"))) !== undefined;
  if (!isSupplied || url.hostname !== "127.0.0.1") return undefined;
  const declared = component.options as PostgresOptions;
  const accounts = await accountsFor({
    launch: launch.name,
    declared,
    directory: own,
    data: undefined,
    doors,
  });
  return decodeURIComponent(url.username) === accounts.owner.role ? accounts.superuser : undefined;
}

/** Of the lock under which databases are made on a server. */
const MAKING_LOCK = 7_676_005;

/**
 * An empty database like another: same owner, encoding, collation, grants and settings. It has its name once it has all
 * of them: whoever is killed before leaves none that everybody may connect to. False: there was one of that name.
 */
export function makeAlike(session: SqlSession, like: string, name: string): Promise<boolean> {
  return inMakingTurn(session, async () => {
    const isThere = (await session.query("select 1 from pg_database where datname = $1", [name])).length > 0;
    if (isThere) return false;
    const half = halfMadeName(name);
    await session.query(`drop database if exists ${quoteIdentifier(half)}`);
    await makeNamed(session, like, half);
    await session.query(`alter database ${quoteIdentifier(half)} rename to ${quoteIdentifier(name)}`);
    return true;
  });
}

/** While no other Gonogo makes, renames or removes databases on that server; within itself, too. */
export async function inMakingTurn<Result>(
  session: SqlSession,
  work: () => Promise<Result>,
): Promise<Result> {
  await session.query(`select pg_advisory_lock(${MAKING_LOCK})`);
  try {
    return await work();
  } finally {
    await session.query(`select pg_advisory_unlock(${MAKING_LOCK})`);
  }
}

async function makeNamed(session: SqlSession, like: string, name: string): Promise<void> {
  const [live] = await session.query<{ owner: string; encoding: string; collate: string; ctype: string }>(
    `select pg_get_userbyid(datdba)::text as owner, pg_encoding_to_char(encoding)::text as encoding,
            datcollate::text as collate, datctype::text as ctype
     from pg_database where datname = $1`,
    [like],
  );
  if (!live) throw new OutsideError(`the database ${like} is not there`);
  const { owner, encoding, collate, ctype } = live;
  const locale = `lc_collate ${quoteLiteral(collate)} lc_ctype ${quoteLiteral(ctype)}`;
  await session.query(
    `create database ${quoteIdentifier(name)} owner ${quoteIdentifier(owner)} template template0 encoding ${quoteLiteral(encoding)} ${locale}`,
  );
  const grants = await session.query<{ statement: string }>(
    `select format('grant %s on database %I to %s', a.privilege_type, $2::text,
                   case when a.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end) as statement
     from pg_database d, aclexplode(d.datacl) a where d.datname = $1`,
    [like, name],
  );
  if (grants.length > 0) await session.query(`revoke all on database ${quoteIdentifier(name)} from public`);
  for (const { statement } of grants) await session.query(statement);
  const settings = await session.query<{ kept: string }>(
    `select c as kept
     from pg_db_role_setting s, unnest(s.setconfig) c join pg_database d on true
     where s.setdatabase = d.oid and s.setrole = 0 and d.datname = $1`,
    [like],
  );
  for (const { kept } of settings)
    await session.query(`alter database ${quoteIdentifier(name)} ${setAgain(kept)}`);
}

/**
 * Puts a restored database in the place of the live one, which stays under another name. Sessions of the live one
 * are ended; the application connects again and finds the restored one. Whoever is killed meanwhile leaves it done or
 * not done: the server goes through with one transaction, and nothing is set that would have to be set back.
 */
export async function exchange(
  server: Pick<LiveServer, "open">,
  names: { readonly live: string; readonly restored: string; readonly aside: string },
  signal: AbortSignal,
): Promise<void> {
  const live = quoteIdentifier(names.live);
  await using renaming = await server.open(signal);
  await using ending = await server.open(signal);
  let isOver = false;
  // Who connects while it is renamed waits for its lock; the rename itself waits seconds for those who are in it.
  const renamed = renaming
    .query(
      `begin; alter database ${live} rename to ${quoteIdentifier(names.aside)}; alter database ${quoteIdentifier(names.restored)} rename to ${live}; commit`,
    )
    .finally(() => {
      isOver = true;
    });
  const settled = renamed.catch(() => undefined);
  try {
    while (!isOver) {
      await ending.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and backend_type = 'client backend'",
        [names.live],
      );
      await Promise.race([settled, ending.query("select pg_sleep(0.05)")]);
    }
    await renamed;
  } catch (thrown) {
    await settled;
    await renaming.query("rollback").catch(() => undefined);
    throw thrown;
  }
}
