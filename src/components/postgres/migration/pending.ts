import type { PendingMigrations } from "../../../model/component.ts";
import { durationMs } from "../../../model/duration.ts";
import { UserError } from "../../../model/errors.ts";
import { migrationVariableOf, type PostgresOptions } from "../options.ts";
import { shareSession } from "../reader.ts";
import { readFolder } from "./folder.ts";
import { compare } from "./history.ts";

/** Applied and pending by file name. Throws UserError when the folder or the address is missing, OutsideError. */
export function pendingMigrations(options: PostgresOptions): PendingMigrations {
  return async ({ directory, variables, doors, signal }) => {
    const { variable, migrations, schemas } = options;
    const url = variables.get(migrationVariableOf(options)) ?? variables.get(variable);
    if (!url) throw new UserError(`${variable} is not set, so pending migrations cannot be told`);
    const folder = await readFolder(doors.files, directory, migrations);
    const reader = shareSession(() => doors.sql.open(url, { signal }));
    const { applied, pending } = await compare(reader, folder, schemas);
    return { applied: applied.map((file) => file.name), pending: pending.map((file) => file.name) };
  };
}

/** Whether it holds no table, of whatever schema. Throws UserError when the address is missing, OutsideError. */
export function isEmptyDatabase(
  options: PostgresOptions,
): (...asked: Parameters<PendingMigrations>) => Promise<boolean> {
  return async ({ variables, doors, signal }) => {
    const url = variables.get(migrationVariableOf(options)) ?? variables.get(options.variable);
    if (!url)
      throw new UserError(`${options.variable} is not set, so nobody can tell whether the database is empty`);
    await using session = await doors.sql.open(url, { signal });
    const [found] = await session.query<{ tables: number }>(`
      select count(*)::int as tables from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_'`);
    return found?.tables === 0;
  };
}

/**
 * The migrate line with time-outs for every runner on libpq or node-postgres, and with the owner's address in the
 * application's variable unless the line is declared to know the owner's. No value stands in the line itself.
 */
export function migrateLine(line: string, options: PostgresOptions): string {
  const { variable, migrationVariable, migration } = options;
  const lockMs = durationMs(migration.lockTimeout);
  const settings = `-c lock_timeout=${lockMs} -c statement_timeout=${durationMs(migration.timeout)}`;
  const limits = `export PGOPTIONS="\${PGOPTIONS:-${settings}}"`;
  if (migrationVariable !== undefined) return `${limits}; ${line}`;
  return `${limits} ${variable}="\${${migrationVariableOf(options)}:-$${variable}}"; ${line}`;
}
