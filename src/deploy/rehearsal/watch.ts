import { quoteIdentifier, tableName } from "../../components/postgres/identifiers.ts";
import type { Doors, SqlSession } from "../../model/doors.ts";
import type { Blocked, RehearsalFigures, SeenLock } from "../../model/rehearsal.ts";
import type { Secret } from "../../model/secret.ts";
import type { Relation, Tables } from "./tables.ts";

/** Looks on while a migration runs: what it locks, and how long others wait for it. */
export interface MigrationWatch {
  stop(): Promise<Pick<RehearsalFigures, "locks" | "reader" | "writer">>;
}

const LOOK_EVERY_MS = 15;
/** The largest tables: there a lock hurts, and a round over more would look at each too seldom. */
const TABLES = 24;

/** Opens a sampler of locks, a reader and a writer on the copy, each on a connection of its own. */
export async function watchMigration(options: {
  copy: Secret;
  tables: Tables;
  doors: Doors;
  signal: AbortSignal;
}): Promise<MigrationWatch> {
  const { copy, tables, doors, signal } = options;
  const watched = tables.relations.filter(({ kind }) => kind === "r" || kind === "p").slice(0, TABLES);
  const ended = new AbortController();
  const open = () => doors.sql.open(copy, { readOnly: false, statementTimeoutMs: 0, signal });
  const sessions = await Promise.all([open(), open(), open()]);
  const [sampler, reader, writer] = sessions;
  const until = AbortSignal.any([signal, ended.signal]);
  const locks = createLockBook(tables.relations);
  const running = Promise.all([
    keepAsking(until, doors, async () => locks.see(await heldLocks(sampler), doors.clock.monotonicMs())),
    keepTrying({ session: reader, statements: read, tables: watched, doors, until }),
    keepTrying({ session: writer, statements: write, tables: watched, doors, until }),
  ]);
  return {
    async stop() {
      ended.abort();
      try {
        const [, readerBlocked, writerBlocked] = await running;
        return { locks: locks.seen(), reader: readerBlocked, writer: writerBlocked };
      } finally {
        await Promise.all(sessions.map((session) => session[Symbol.asyncDispose]()));
      }
    },
  };
}

async function keepAsking(until: AbortSignal, { clock }: Doors, ask: () => Promise<void>): Promise<void> {
  while (!until.aborted) {
    await ask();
    await clock.delay(LOOK_EVERY_MS, until).catch(() => undefined);
  }
}

interface Trying {
  readonly session: SqlSession;
  readonly statements: (table: string) => readonly string[];
  readonly tables: readonly Relation[];
  readonly doors: Doors;
  readonly until: AbortSignal;
}

/** One table after the other, over and over; a table that is gone meanwhile is left out. */
async function keepTrying({ session, statements, tables, doors, until }: Trying): Promise<Blocked> {
  const left = new Set(tables);
  let worst: { worstMs: number; table: string | undefined } = { worstMs: 0, table: undefined };
  let tries = 0;
  await keepAsking(until, doors, async () => {
    for (const table of left) {
      if (until.aborted) return;
      const name = `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.table)}`;
      const from = doors.clock.monotonicMs();
      try {
        for (const statement of statements(name)) await session.query(statement);
      } catch {
        left.delete(table);
      } finally {
        await session.query("rollback").catch(() => left.clear());
      }
      const tookMs = Math.round(doors.clock.monotonicMs() - from);
      if (tookMs > worst.worstMs) worst = { worstMs: tookMs, table: tableName(table) };
      tries += 1;
    }
  });
  return { ...worst, tries };
}

const read = (table: string) => ["begin", `select 1 from ${table} limit 1`];

/** The locks an insert or update takes, on the table and on a row, without changing one. */
const write = (table: string) => [
  "begin",
  `lock table ${table} in row exclusive mode`,
  `select 1 from ${table} limit 1 for no key update`,
];

interface Held {
  readonly oid: string;
  readonly mode: string;
}

/** Those that keep somebody out; ours are in the name of "gonogo". */
async function heldLocks(session: SqlSession): Promise<Held[]> {
  return await session.query<Held>(`
    select distinct l.relation::text as oid, l.mode
    from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where l.locktype = 'relation' and l.granted and a.application_name <> 'gonogo'
      and l.database = (select oid from pg_database where datname = current_database())
      and l.mode in ('ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')`);
}

const STRENGTH = [
  "ShareUpdateExclusiveLock",
  "ShareLock",
  "ShareRowExclusiveLock",
  "ExclusiveLock",
  "AccessExclusiveLock",
];

/** Adds up for how long each lock was seen; keeps the strongest of each table. */
export function createLockBook(relations: readonly Relation[]): {
  see(held: readonly Held[], atMs: number): void;
  seen(): SeenLock[];
} {
  const tables = new Map(
    relations.filter(({ kind }) => kind !== "i").map((each) => [each.oid, tableName(each)]),
  );
  const totals = new Map<string, SeenLock>();
  let before: { at: number; keys: ReadonlySet<string> } = { at: 0, keys: new Set() };
  return {
    see(held, atMs) {
      const keys = new Set<string>();
      for (const { oid, mode } of held) {
        const table = tables.get(oid);
        if (table === undefined) continue;
        const key = `${table}\n${mode}`;
        keys.add(key);
        const sinceMs = before.keys.has(key) ? atMs - before.at : 0;
        totals.set(key, { table, mode, heldMs: (totals.get(key)?.heldMs ?? 0) + sinceMs });
      }
      before = { at: atMs, keys };
    },
    seen() {
      const strongest = new Map<string, SeenLock>();
      for (const lock of totals.values()) {
        const known = strongest.get(lock.table);
        if (!known || STRENGTH.indexOf(lock.mode) > STRENGTH.indexOf(known.mode))
          strongest.set(lock.table, lock);
      }
      return [...strongest.values()]
        .map((lock) => ({ ...lock, heldMs: Math.round(lock.heldMs) }))
        .sort((a, b) => b.heldMs - a.heldMs || (a.table < b.table ? -1 : 1));
    },
  };
}
