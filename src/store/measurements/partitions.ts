import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Files } from "../../model/doors.ts";
import { openShared } from "../open-shared.ts";
import { explainSqlite, patiently } from "../sqlite-errors.ts";

/** Rows of one kind, a file for each hour, day, month or year: what is too old is one file to remove. */
export interface Partitions {
  /** The file of this time, made when there is none. */
  at(time: number): Promise<Partition>;
  /** Existing files that may hold something of this span, oldest first. */
  within(from: number, until: number): Promise<readonly Partition[]>;
  /** Removes files that end before this time; resolves with their number. */
  dropBefore(time: number): Promise<number>;
  close(): void;
}

export interface Partition {
  readonly database: DatabaseSync;
  /** Prepared once. */
  statement(text: string): StatementSync;
}

export interface PartitionKind {
  /** "reading", "minute": the folder. */
  readonly name: string;
  /** How a file is named after its time. */
  readonly period: "hour" | "day" | "month" | "year";
  readonly tables: readonly string[];
}

const NAME_LENGTH = { year: 4, month: 7, day: 10, hour: 13 } as const;
/** Files held open at once: more than any one look needs, or it would close what it is about to read. */
const OPEN_AT_ONCE = 12;

export function openPartitions(directory: string, kind: PartitionKind, files: Files): Partitions {
  const folder = `${directory}/${kind.name}`;
  const open = new Map<string, Partition>();
  let made: Promise<void> | undefined;

  async function openFile(name: string): Promise<Partition> {
    const known = open.get(name);
    if (known) return known;
    made ??= files.makeDirectory(folder, { mode: 0o700 });
    await made;
    const partition = await openPartition(`${folder}/${name}.db`, kind.tables);
    const meanwhile = open.get(name);
    if (meanwhile) {
      partition.database.close();
      return meanwhile;
    }
    open.set(name, partition);
    for (const [oldest, { database }] of open) {
      if (open.size <= OPEN_AT_ONCE) break;
      open.delete(oldest);
      database.close();
    }
    return partition;
  }

  async function names(): Promise<string[]> {
    made ??= files.makeDirectory(folder, { mode: 0o700 });
    await made;
    const found = await files.list(folder);
    return found.flatMap((file) => (file.endsWith(".db") ? [file.slice(0, -3)] : [])).sort();
  }

  return {
    at: (time) => openFile(nameOf(time, kind.period)),
    async within(from, until) {
      const first = nameOf(from, kind.period);
      const last = nameOf(Math.max(from, until - 1), kind.period);
      const found: Partition[] = [];
      for (const name of await names()) if (name >= first && name <= last) found.push(await openFile(name));
      return found;
    },
    async dropBefore(time) {
      const oldest = nameOf(time, kind.period);
      const old = (await names()).filter((name) => name < oldest);
      for (const name of old) {
        open.get(name)?.database.close();
        open.delete(name);
        for (const end of ["-wal", "-shm", ""]) await files.remove(`${folder}/${name}.db${end}`);
      }
      return old.length;
    },
    close() {
      for (const { database } of open.values()) database.close();
      open.clear();
    },
  };
}

/** "2026-11-21T07" for an hour: names sort as their times do. */
function nameOf(time: number, period: PartitionKind["period"]): string {
  return new Date(Math.max(0, time)).toISOString().slice(0, NAME_LENGTH[period]);
}

export async function openPartition(file: string, tables: readonly string[]): Promise<Partition> {
  try {
    const database = await patiently(() => openDatabase(file, tables));
    const statements = new Map<string, StatementSync>();
    return {
      database,
      statement(text) {
        const statement = statements.get(text) ?? database.prepare(text);
        statements.set(text, statement);
        return statement;
      },
    };
  } catch (thrown) {
    throw explainSqlite(thrown, file);
  }
}

function openDatabase(file: string, tables: readonly string[]): DatabaseSync {
  // A crash of this process loses nothing; a power cut may lose the newest second of figures, never the file.
  const pragmas = "pragma synchronous = normal; pragma journal_size_limit = 4194304";
  return openShared(file, [pragmas, ...tables].join("; "));
}

const turns = new WeakMap<DatabaseSync, Promise<void>>();

/** All of it or nothing, one after the other in this process and waiting while another one writes. Throws UserError (disk full). */
export function inTransaction({ database }: Partition, write: () => void): Promise<void> {
  const turn = (turns.get(database) ?? Promise.resolve()).then(() => transact(database, write));
  turns.set(
    database,
    turn.catch(() => undefined),
  );
  return turn;
}

async function transact(database: DatabaseSync, write: () => void): Promise<void> {
  try {
    await patiently(() => database.exec("begin immediate"));
    write();
    database.exec("commit");
  } catch (thrown) {
    if (database.isTransaction) database.exec("rollback");
    throw explainSqlite(thrown, database.location() ?? "");
  }
}
