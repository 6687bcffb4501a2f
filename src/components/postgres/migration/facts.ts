import { defineFact, type Fact, Undeclared } from "../../../model/fact.ts";
import { reached } from "../connection/facts.ts";
import { indexes } from "../index/facts.ts";
import type { PostgresOptions } from "../options.ts";
import { tables } from "../table/facts.ts";
import { isChecksumOf } from "./checksum.ts";
import { readFolder } from "./folder.ts";
import { compare, type Migrations } from "./history.ts";
import { readSql, sqlWriter } from "./read-sql.ts";
import type { Ground, PendingSql } from "./review.ts";

async function migrationsOf(
  context: Parameters<Fact<History, PostgresOptions>["collect"]>[0],
): Promise<Migrations> {
  const { options, directory } = context.subject;
  if (options.migrate === undefined && options.migrations === undefined) {
    throw new Undeclared("no migrations are declared");
  }
  const folder = await readFolder(context.doors.files, directory, options.migrations);
  const { reader } = await reached(context, "owner");
  return compare(reader, folder, options.schemas);
}

export interface History extends Migrations {
  /** Files that are not what they were when they were applied. */
  readonly edited: readonly string[];
}

/** Folder and database side by side, once the deploy has migrated. */
export const migrations: Fact<History, PostgresOptions> = defineFact({
  id: "postgres.migrations",
  access: "read",
  reach: "schema",
  collect: async (context) => {
    const found = await migrationsOf(context);
    const compared = await Promise.all(
      found.applied.map(async ({ name, sql }) => {
        const kept = found.checksums.get(name);
        const text =
          kept === undefined || sql === undefined ? undefined : await context.doors.files.read(sql);
        return {
          name,
          same: kept === undefined || text === undefined ? undefined : isChecksumOf(kept, text),
        };
      }),
    );
    // A table of people's own may keep a digest of something else: one that fits none of the files says nothing.
    const isTrusted =
      RUNNERS_WITH_CHECKSUM.has(found.runner ?? "") || compared.some(({ same }) => same === true);
    const edited = compared.filter(({ same }) => same === false).map(({ name }) => name);
    return { ...found, edited: isTrusted ? edited : [] };
  },
});

const RUNNERS_WITH_CHECKSUM = new Set(["Prisma", "Drizzle", "Flyway"]);

/** What the next deploy is going to run on which tables; asked before it does. */
export interface Ahead extends Pick<Ground, "tables" | "indexes" | "write"> {
  readonly pending: readonly PendingSql[];
}

export const ahead: Fact<Ahead, PostgresOptions> = defineFact({
  id: "postgres.migrations-ahead",
  access: "read",
  reach: "environment",
  // It waits for the table facts, and the first one ever for the parser.
  timeoutMs: 30_000,
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
