import { join } from "node:path";
import type { BackupRequest } from "../../model/component.ts";
import type { Doors, ShellResult } from "../../model/doors.ts";
import { UserError } from "../../model/errors.ts";
import type { Secret } from "../../model/secret.ts";
import { formatSize } from "../../model/size.ts";
import { libpqEnvironment } from "./connection/libpq-environment.ts";
import { migrationVariableOf, type PostgresOptions } from "./options.ts";
import { chooseDump, findPrograms } from "./server/binaries.ts";

/** What is backed up. */
interface Source {
  readonly database: string;
  readonly serverMajor: number;
  /** Tables without their indexes, which a dump does not hold. */
  readonly tableBytes: number;
}

/**
 * A dump of the whole database in pg_dump's custom format, compressed. It is there under its name only when it is
 * complete, with mode 0600. Throws UserError when pg_dump is missing or older than the server, when the disk is too
 * small, or with what pg_dump said.
 */
export async function backUp(
  options: PostgresOptions,
  request: BackupRequest,
): Promise<{ file: string; sizeBytes: number }> {
  const { directory, variables, doors, signal } = request;
  const url = variables.get(migrationVariableOf(options)) ?? variables.get(options.variable);
  if (!url) throw new UserError(`${options.variable} is not set, so there is nothing to back up`);
  const source = await describe(url, request);
  const program = chooseDump(await findPrograms("pg_dump", doors), source.serverMajor);
  await doors.files.makeDirectory(directory, { mode: 0o700 });
  const free = await doors.files.freeBytes(directory);
  if (free < source.tableBytes) {
    throw new UserError(
      `a backup of up to ${formatSize(source.tableBytes)} may not fit: ${formatSize(free)} are free in ${directory}`,
      { where: directory, fix: "make room there, or delete backups that are no longer needed" },
    );
  }
  const file = join(directory, fileName(source.database, doors));
  const partial = `${file}.partial`;
  try {
    // Made first, because pg_dump itself would make it readable for everybody.
    await doors.files.write(partial, "", { mode: 0o600 });
    const result = await doors.shell.run({
      file: program.file,
      args: [
        "--format=custom",
        "--encoding=UTF8",
        "--no-password",
        "--lock-wait-timeout=60s",
        `--file=${partial}`,
      ],
      env: { LC_ALL: "C", ...libpqEnvironment(url) },
      signal,
    });
    signal.throwIfAborted();
    if (result.code !== 0) throw dumpFailure(result, url);
    await rename(partial, file, doors);
  } finally {
    await doors.files.remove(partial);
  }
  return { file, sizeBytes: (await doors.files.stat(file))?.sizeBytes ?? 0 };
}

async function describe(url: Secret, { doors, signal }: BackupRequest): Promise<Source> {
  await using session = await doors.sql.open(url, { signal });
  const [source] = await session.query<Source>(`
    select current_database()::text as database,
           current_setting('server_version_num')::int / 10000 as "serverMajor",
           coalesce((select sum(pg_table_size(oid)) from pg_class where relkind in ('r', 'm') and oid >= 16384), 0)::float8
             as "tableBytes"`);
  if (!source) throw new UserError("the database told nothing about itself");
  return source;
}

/** "soulseer-20261121T011929Z.dump" */
function fileName(database: string, { clock }: Doors): string {
  const at = new Date(clock.now()).toISOString().replace(/\.\d+|[-:]/g, "");
  return `${database.replace(/[^\w-]/g, "_")}-${at}.dump`;
}

async function rename(from: string, to: string, { shell }: Doors): Promise<void> {
  const result = await shell.run({ file: "mv", args: ["-f", "--", from, to] });
  if (result.code !== 0)
    throw new UserError(`${to} cannot be written: ${result.stderr.trim()}`, { where: to });
}

function dumpFailure({ stderr, code, signal }: ShellResult, url: Secret): UserError {
  const password = libpqEnvironment(url).PGPASSWORD;
  const lines = stderr.trim().split("\n").slice(-3).join(" ");
  const said = password ? lines.replaceAll(password, "[secret]") : lines;
  const fix = /row.level security/.test(said)
    ? "back up as a role that bypasses row level security (alter role ... bypassrls), or rows would be missing"
    : /No space left/.test(said)
      ? "make room on the disk"
      : undefined;
  const what = `pg_dump ended with ${code ?? signal}: ${said}`;
  return fix === undefined ? new UserError(what) : new UserError(what, { fix });
}
