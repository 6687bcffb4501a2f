import { DoesNotApply, defineFact, type Fact } from "../../../model/fact.ts";
import { reached } from "../connection/facts.ts";
import type { PostgresOptions } from "../options.ts";
import { type Table, tables } from "../table/facts.ts";
import { readFolder } from "./folder.ts";
import { compare, type Migrations } from "./history.ts";

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

/** A migration that the database has not seen, with its SQL; undefined when it is a program. */
export interface PendingSql {
  readonly name: string;
  readonly text: string | undefined;
}

/** What the next deploy is going to run on which tables; asked before it does. */
export interface Ahead {
  readonly pending: readonly PendingSql[];
  readonly tables: readonly Table[];
}

export const ahead: Fact<Ahead, PostgresOptions> = defineFact({
  id: "postgres.migrations-ahead",
  access: "read",
  reach: "environment",
  collect: async (context) => {
    const { pending } = await migrationsOf(context);
    const texts = pending.map(async ({ name, sql }) => ({
      name,
      text: sql === undefined ? undefined : await context.doors.files.read(sql),
    }));
    return { pending: await Promise.all(texts), tables: await context.get(tables) };
  },
});
