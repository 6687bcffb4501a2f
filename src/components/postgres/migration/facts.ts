import { DoesNotApply, defineFact, type Fact } from "../../../model/fact.ts";
import { reached } from "../connection/facts.ts";
import { indexes } from "../index/facts.ts";
import type { PostgresOptions } from "../options.ts";
import { tables } from "../table/facts.ts";
import { readFolder } from "./folder.ts";
import { compare, type Migrations } from "./history.ts";
import { readSql, sqlWriter } from "./read-sql.ts";
import type { Ground, PendingSql } from "./review.ts";

async function migrationsOf(
  context: Parameters<Fact<Migrations, PostgresOptions>["collect"]>[0],
): Promise<Migrations> {
  const { options, directory } = context.subject;
  if (options.migrate === undefined && options.migrations === undefined) {
    throw new DoesNotApply("no migrations are declared");
  }
  const folder = await readFolder(context.doors.files, directory, options.migrations);
  const { reader } = await reached(context, "owner");
  return compare(reader, folder, options.schemas);
}

/** Folder and database side by side, once the deploy has migrated. */
export const migrations: Fact<Migrations, PostgresOptions> = defineFact({
  id: "postgres.migrations",
  access: "read",
  reach: "schema",
  collect: migrationsOf,
});

/** What the next deploy is going to run on which tables; asked before it does. */
export interface Ahead extends Pick<Ground, "tables" | "indexes" | "write"> {
  readonly pending: readonly PendingSql[];
}

export const ahead: Fact<Ahead, PostgresOptions> = defineFact({
  id: "postgres.migrations-ahead",
  access: "read",
  reach: "environment",
  collect: async (context) => {
    const { pending } = await migrationsOf(context);
    const read = pending.map(async ({ name, sql }) => {
      const text = sql === undefined ? undefined : await context.doors.files.read(sql);
      return { name, statements: text === undefined ? undefined : await readSql(text) };
    });
    return {
      pending: await Promise.all(read),
      tables: await context.get(tables),
      indexes: await context.get(indexes),
      write: await sqlWriter(),
    };
  },
});
