import type { PendingMigrations } from "../../../model/component.ts";
import { UserError } from "../../../model/errors.ts";
import type { PostgresOptions } from "../options.ts";
import { shareSession } from "../reader.ts";
import { readFolder } from "./folder.ts";
import { compare } from "./history.ts";

/** Applied and pending by file name. Throws UserError when the folder or the address is missing, OutsideError. */
export function pendingMigrations(options: PostgresOptions): PendingMigrations {
  return async ({ directory, variables, doors, signal }) => {
    const { variable, migrationVariable, migrations, schemas } = options;
    const url = variables.get(migrationVariable) ?? variables.get(variable);
    if (!url) throw new UserError(`${variable} is not set, so pending migrations cannot be told`);
    const folder = await readFolder(doors.files, directory, migrations);
    const reader = shareSession(() => doors.sql.open(url, { signal }));
    const { applied, pending } = await compare(reader, folder, schemas);
    return { applied: applied.map((file) => file.name), pending: pending.map((file) => file.name) };
  };
}

/**
 * The migrate line with the owner's address in the application's variable and with time-outs, so that every runner
 * has them without being told. Values come from the environment: none stands in the line.
 */
export function migrateLine(
  line: string,
  options: PostgresOptions,
  limits: { lockMs: number; statementMs: number },
): string {
  const { variable, migrationVariable } = options;
  const settings = `-c lock_timeout=${limits.lockMs} -c statement_timeout=${limits.statementMs}`;
  return `export ${variable}="\${${migrationVariable}:-$${variable}}" PGOPTIONS="\${PGOPTIONS:-${settings}}"; ${line}`;
}
