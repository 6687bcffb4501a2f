import { join } from "node:path";
import type { BackupObject, DatabaseContents, OpenPostgresPart, TableContents } from "../../model/backup.ts";
import type { Doors } from "../../model/doors.ts";
import { OutsideError, UserError } from "../../model/errors.ts";
import type { Secret } from "../../model/secret.ts";
import { writeContents } from "../contents.ts";
import { inParallel } from "../in-parallel.ts";
import { writeObject } from "../objects.ts";
import { type DumpedTable, quotedTable, readStructure, readTable, samplingOf } from "./contents.ts";
import { copyOut } from "./copy-rows.ts";
import { findTools, lastWords, programEnvironment, type Tools } from "./programs.ts";
import { type Snapshot, takeSnapshot } from "./snapshot.ts";

export interface DumpRequest {
  readonly component: string;
  readonly url: Secret;
  /** Where the objects are written. */
  readonly directory: string;
  readonly recipients: readonly string[];
  readonly jobs: number;
  readonly doors: Doors;
  readonly signal: AbortSignal;
  readonly onBytes?: (plainBytes: number) => void;
}

/** Tables from this size on are dumped by themselves, beside each other; but no more than so many. */
const OWN_OBJECT_BYTES = 8 * 1_048_576;
const OWN_OBJECTS = 64;

/**
 * Dumps a database as of one snapshot, and counts its rows in that same snapshot meanwhile. Without Gonogo,
 * `age -d | zstd -d | pg_restore` reads structure and data, and `psql -c 'copy ... from stdin'` the rows of one table.
 */
export async function dumpDatabase(request: DumpRequest): Promise<{ part: OpenPostgresPart; tools: Tools }> {
  const { component, url, doors, signal, jobs } = request;
  await using snapshot = await takeSnapshot(url, doors, signal);
  const tools = await findTools(snapshot.serverMajor, doors);
  const plan = planObjects(snapshot.tables);
  const stop = new AbortController();
  const limit = AbortSignal.any([signal, stop.signal]);
  const stopping = <T>(work: Promise<T>): Promise<T> =>
    work.catch((thrown: unknown) => {
      stop.abort(thrown);
      throw thrown;
    });
  const [objects, contents] = await Promise.allSettled([
    stopping(
      inParallel(plan, { width: jobs, signal: limit }, (object, part) =>
        dumpObject(object, { ...request, signal: part, tools, snapshot }),
      ),
    ),
    stopping(countRows(snapshot, limit)),
  ]);
  signal.throwIfAborted();
  if (objects.status === "rejected" || contents.status === "rejected") throw stop.signal.reason;
  const { database, serverVersion, serverMajor, takenAt, nextTransaction } = snapshot;
  const alone = new Map(plan.map(({ table, name }) => [table?.oid, `${component}.${name}`]));
  const tables = contents.value.tables.map((table): TableContents => {
    const object = alone.get(table.oid);
    const { columns = [] } = snapshot.tables.find(({ oid }) => oid === table.oid) ?? {};
    return object === undefined ? table : { ...table, object, columns };
  });
  const whole: DatabaseContents = { ...contents.value, tables };
  const name = `${component}.contents.json.zst.age`;
  const file = join(request.directory, name);
  const { recipients } = request;
  const held = await writeContents(whole, { name, file, recipients, doors, signal });
  return {
    tools,
    part: {
      kind: "postgres",
      component,
      database,
      serverVersion,
      serverMajor,
      takenAt,
      nextTransaction,
      objects: [...objects.value, held],
      contents: whole,
    },
  };
}

interface PlannedObject {
  readonly name: string;
  /** The only table it is of. */
  readonly table?: DumpedTable;
  readonly holds: BackupObject["holds"];
  /** Of pg_dump; one table by itself is read by psql. */
  readonly args: readonly string[];
  readonly bytes: number;
}

/** The largest first, so that none of them is left alone at the end. */
function planObjects(tables: readonly DumpedTable[]): PlannedObject[] {
  const large = tables
    .filter(({ bytes }) => bytes >= OWN_OBJECT_BYTES)
    .toSorted((a, b) => b.bytes - a.bytes)
    .slice(0, OWN_OBJECTS);
  const sum = (of: readonly DumpedTable[]): number => of.reduce((total, { bytes }) => total + bytes, 0);
  const own = large.map(
    (table, index): PlannedObject => ({
      name: `table-${String(index + 1).padStart(2, "0")}.copy.zst.age`,
      table,
      holds: "rows of a table",
      args: [],
      bytes: table.bytes,
    }),
  );
  const rest: PlannedObject = {
    name: "data.dump.zst.age",
    holds: "data",
    args: ["--section=data", ...large.map((table) => `--exclude-table-data=${quotedTable(table)}`)],
    bytes: sum(tables) - sum(large),
  };
  const structure: PlannedObject = {
    name: "structure.dump.zst.age",
    holds: "structure",
    args: ["--section=pre-data", "--section=post-data"],
    bytes: 0,
  };
  return [structure, ...[...own, rest].toSorted((a, b) => b.bytes - a.bytes)];
}

async function dumpObject(
  planned: PlannedObject,
  at: DumpRequest & { readonly tools: Tools; readonly snapshot: Snapshot },
): Promise<BackupObject> {
  const { tools, snapshot, url, directory, recipients, doors, signal, onBytes, component } = at;
  const name = `${component}.${planned.name}`;
  const running = doors.shell.start({
    ...programFor(planned, { tools, snapshot }),
    env: programEnvironment(url),
    signal,
  });
  running.stdin.end();
  try {
    const file = join(directory, name);
    const written = await writeObject(running.stdout, {
      file,
      recipients,
      doors,
      signal,
      ...(onBytes && { onBytes }),
    });
    const { code, signal: by, stderr } = await running.ended;
    const program = planned.table ? "copy" : "pg_dump";
    if (code !== 0) throw dumpFailure(`${program} ended with ${code ?? by}: ${lastWords(stderr, url)}`);
    if (written.plainBytes === 0 && !planned.table)
      throw dumpFailure("pg_dump ended with 0, and wrote nothing");
    return { name, holds: planned.holds, ...written };
  } finally {
    running.end();
  }
}

function programFor(
  { table, args }: PlannedObject,
  { tools, snapshot }: { readonly tools: Tools; readonly snapshot: Snapshot },
): { file: string; args: readonly string[] } {
  if (table) return { file: tools.psql, args: copyOut(table, snapshot.id) };
  // A role or database may be set to an encoding that cannot hold what is in it.
  const fixed = [
    "--format=custom",
    "--compress=0",
    "--encoding=UTF8",
    "--no-password",
    "--lock-wait-timeout=60s",
  ];
  return { file: tools.dump, args: [...fixed, `--snapshot=${snapshot.id}`, ...args] };
}

async function countRows(snapshot: Snapshot, signal: AbortSignal): Promise<DatabaseContents> {
  await using session = await snapshot.session();
  const structure = await readStructure(session);
  const tables: TableContents[] = [];
  for (const table of snapshot.tables) {
    signal.throwIfAborted();
    tables.push(await readTable(session, table, samplingOf(table)));
  }
  return { tables, ...structure };
}

function dumpFailure(what: string): Error {
  if (/row.level security/.test(what)) {
    return new UserError(what, {
      fix: "back up as a role that bypasses row level security (alter role ... bypassrls), or rows would be missing",
    });
  }
  return /permission denied/.test(what)
    ? new UserError(what, {
        fix: "back up as the owner of the tables, or grant pg_read_all_data to the role",
      })
    : new OutsideError(what);
}
