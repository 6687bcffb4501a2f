import { join } from "node:path";
import { quoteIdentifier } from "../components/postgres/identifiers.ts";
import type { PostgresOptions } from "../components/postgres/options.ts";
import { accountsFor } from "../components/postgres/server/accounts.ts";
import type { SqlSession } from "../model/doors.ts";
import type { Component } from "../model/launch.ts";
import { Secret } from "../model/secret.ts";
import { createLike } from "./likeness.ts";
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
 * An empty database like another, as `createLike` makes it. It has its name once it is all that: whoever is killed
 * before leaves none that everybody may connect to. False: there was one of that name.
 */
export function makeAlike(session: SqlSession, like: string, name: string): Promise<boolean> {
  return inMakingTurn(session, async () => {
    const isThere = (await session.query("select 1 from pg_database where datname = $1", [name])).length > 0;
    if (isThere) return false;
    const half = halfMadeName(name);
    await session.query(`drop database if exists ${quoteIdentifier(half)}`);
    await createLike(session, like, half);
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

/**
 * Puts a restored database in the place of the live one, whose limit of connections it takes over, and which stays
 * under another name. Sessions of the live one are ended; the application connects again and finds the restored one.
 * Whoever is killed meanwhile leaves it done or not done: the server goes through with one transaction, and nothing is
 * set that would have to be set back.
 */
export async function exchange(
  server: Pick<LiveServer, "open">,
  names: { readonly live: string; readonly restored: string; readonly aside: string },
  signal: AbortSignal,
): Promise<void> {
  const live = quoteIdentifier(names.live);
  const aside = quoteIdentifier(names.aside);
  await using renaming = await server.open(signal);
  await using ending = await server.open(signal);
  const [limit] = await ending.query<{ most: number }>(
    "select datconnlimit as most from pg_database where datname = $1",
    [names.live],
  );
  let isOver = false;
  // Who connects while it is renamed waits for its lock; the rename itself waits seconds for those who are in it.
  const renamed = renaming
    .query(
      `begin; alter database ${live} rename to ${aside}; alter database ${quoteIdentifier(names.restored)} rename to ${live};
       alter database ${live} connection limit ${limit?.most ?? -1}; commit`,
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
