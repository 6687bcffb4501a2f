import { OutsideError } from "../../../model/errors.ts";
import { quoteIdentifier, tableName } from "../identifiers.ts";
import type { Reader } from "../reader.ts";
import { isDenied } from "../sql-state.ts";
import type { MigrationFolder } from "./folder.ts";
import type { MigrationFile } from "./migration-file.ts";
import { RUNNER_TABLES, runnerOf } from "./runners.ts";

export interface Migrations {
  readonly folder: string;
  /** Table the runner keeps; undefined when the database has none yet. */
  readonly table: string | undefined;
  readonly applied: readonly MigrationFile[];
  readonly pending: readonly MigrationFile[];
  /** Begun and not finished: half of it may be in the database. */
  readonly unfinished: readonly string[];
  /** In the database, not in the folder. */
  readonly elsewhere: readonly string[];
  /** "Prisma": as the project's files say, else as the table does. */
  readonly runner: string | undefined;
  /** File name to the checksum it was applied with, where the runner keeps one. */
  readonly checksums: ReadonlyMap<string, string>;
}

interface Candidate {
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly string[];
}

interface Kept {
  readonly key: string;
  readonly finished: boolean;
  readonly checksum: string | null;
}

const CANDIDATES = `
  select n.nspname::text as schema, c.relname::text as "table",
         array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)
           as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and c.relname = any($1::text[])
    and n.nspname not in ('pg_catalog', 'information_schema')
  order by array_position($2::text[], n.nspname::text), 1`;

/**
 * What of the folder the database has seen. Of several tables that could be a runner's, the one that knows most of
 * the files is taken: providers keep such tables for themselves beside the application's. Throws OutsideError.
 */
export async function compare(
  reader: Reader,
  { folder, files, runner }: MigrationFolder,
  schemas: readonly string[],
): Promise<Migrations> {
  const candidates = await reader.query<Candidate>(CANDIDATES, [RUNNER_TABLES, schemas]);
  const compared: Migrations[] = [];
  const denied: Candidate[] = [];
  for (const candidate of candidates) {
    const kept = await readKept(reader, candidate);
    if (kept === "denied") denied.push(candidate);
    const where = {
      folder,
      table: tableName(candidate),
      runner: runner ?? runnerOf(candidate)?.name,
      isNumber: candidate.columns.includes("dirty"),
    };
    if (Array.isArray(kept)) compared.push(match(kept, files, where));
  }
  const best = compared.reduce<Migrations | undefined>(
    (most, each) => (each.applied.length > (most?.applied.length ?? 0) ? each : most),
    undefined,
  );
  const own = compared.find(({ table }) =>
    candidates.some((each) => isOwn(each, schemas) && tableName(each) === table),
  );
  const closed = denied.find((each) => isOwn(each, schemas));
  if (!best && closed) throw new OutsideError(`${tableName(closed)} may not be read by this role`);
  const nothing: Migrations = {
    folder,
    table: undefined,
    applied: [],
    pending: files,
    unfinished: [],
    elsewhere: [],
    runner,
    checksums: new Map(),
  };
  return best ?? own ?? nothing;
}

function isOwn({ schema }: Candidate, schemas: readonly string[]): boolean {
  return schemas.includes(schema);
}

/** Undefined when it is somebody else's table of the same name. */
async function readKept(reader: Reader, candidate: Candidate): Promise<Kept[] | "denied" | undefined> {
  const runner = runnerOf(candidate);
  const column = runner?.columns.find((name) => candidate.columns.includes(name));
  if (!runner || column === undefined) return undefined;
  const name = `${quoteIdentifier(candidate.schema)}.${quoteIdentifier(candidate.table)}`;
  const { counts = "true", key = quoteIdentifier(column) } = runner;
  const sum = runner.checksums?.find((each) => candidate.columns.includes(each));
  const checksum = sum === undefined ? "null" : `${quoteIdentifier(sum)}::text`;
  const finished = candidate.columns.includes("dirty") ? "not dirty" : (runner.finished ?? "true");
  try {
    return await reader.query<Kept>(
      `select (${key})::text as key, (${finished}) as finished, ${checksum} as checksum from ${name} where ${counts}`,
    );
  } catch (thrown) {
    if (isDenied(thrown)) return "denied";
    throw thrown;
  }
}

function match(
  kept: readonly Kept[],
  files: readonly MigrationFile[],
  where: { folder: string; table: string; runner: string | undefined; isNumber: boolean },
): Migrations {
  const rowOf = (file: MigrationFile) => kept.find((row) => keyed(file, row.key));
  const seen = files.filter((file) => rowOf(file) !== undefined);
  const upTo = where.isNumber ? upToNumber(kept, files) : undefined;
  const applied = upTo === undefined ? seen.filter((file) => rowOf(file)?.finished) : upTo;
  const unfinished = kept.filter((row) => !row.finished).map((row) => row.key);
  return {
    folder: where.folder,
    table: where.table,
    applied,
    pending: files.filter((file) => !applied.includes(file)),
    unfinished,
    elsewhere: kept
      .filter((row) => !files.some((file) => keyed(file, row.key)) && isOurs(row.key, files, where.runner))
      .map((row) => row.key),
    runner: where.runner,
    checksums: new Map(
      applied.flatMap((file) => {
        const checksum = rowOf(file)?.checksum;
        return checksum ? [[file.name, checksum] as const] : [];
      }),
    ),
  };
}

/** Django's own apps migrate into the same table and have their files elsewhere. */
function isOurs(key: string, files: readonly MigrationFile[], runner: string | undefined): boolean {
  if (runner !== "Django") return true;
  const [app] = key.split(".");
  return files.some(({ name }) => name.startsWith(`${app}.`));
}

function keyed(file: MigrationFile, key: string): boolean {
  return file.keys.includes(key) || file.keys.includes(key.replace(/\.(?:sql|[cm]?[jt]s)$/, ""));
}

/** golang-migrate keeps one row, the number it has come to; `dirty` marks a migration that broke off there. */
function upToNumber(kept: readonly Kept[], files: readonly MigrationFile[]): MigrationFile[] | undefined {
  const [row] = kept;
  const position = row === undefined ? -1 : files.findIndex((file) => keyed(file, row.key));
  if (row === undefined || position < 0) return undefined;
  return files.slice(0, row.finished ? position + 1 : position);
}
