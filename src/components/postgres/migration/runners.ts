/** Where a migration runner keeps what it has applied. */
export interface Runner {
  readonly name: string;
  readonly table: string;
  /** Columns that may hold the migration's name or number; the first that exists counts. */
  readonly columns: readonly string[];
  /** SQL: whether the row counts at all (a migration marked as rolled back does not). */
  readonly counts?: string;
  /** SQL: whether the migration went through to its end. */
  readonly finished?: string;
}

const BY_TABLE: readonly Runner[] = [
  {
    name: "Prisma",
    table: "_prisma_migrations",
    columns: ["migration_name"],
    counts: "rolled_back_at is null",
    finished: "finished_at is not null",
  },
  { name: "Drizzle", table: "__drizzle_migrations", columns: ["created_at"] },
  { name: "Knex", table: "knex_migrations", columns: ["name"] },
  { name: "node-pg-migrate", table: "pgmigrations", columns: ["name"] },
  { name: "Sequelize", table: "SequelizeMeta", columns: ["name"] },
  { name: "Kysely", table: "kysely_migration", columns: ["name"] },
  { name: "MikroORM", table: "mikro_orm_migrations", columns: ["name"] },
  { name: "Diesel", table: "__diesel_schema_migrations", columns: ["version"] },
  {
    name: "Flyway",
    table: "flyway_schema_history",
    columns: ["version"],
    counts: "version is not null",
    finished: "success",
  },
  // Rails, dbmate, golang-migrate, the Supabase CLI and most scripts of people's own share this name.
  {
    name: "schema_migrations",
    table: "schema_migrations",
    columns: ["name", "filename", "file", "version", "id"],
  },
  {
    name: "migrations",
    table: "migrations",
    columns: ["timestamp", "name", "filename", "file", "version", "id"],
  },
];

export const RUNNER_TABLES: readonly string[] = BY_TABLE.map((runner) => runner.table);

export function runnerOf(table: string): Runner | undefined {
  return BY_TABLE.find((runner) => runner.table === table);
}

const LOCK_TABLES = new Set(["knex_migrations_lock", "kysely_migration_lock"]);

/** A table of a migration runner's own: nobody's data. */
export function keepsMigrations({ table }: { readonly table: string }): boolean {
  return RUNNER_TABLES.includes(table) || LOCK_TABLES.has(table);
}

/** Where runners look by themselves, relative to the project. */
export const USUAL_FOLDERS: readonly string[] = [
  "prisma/migrations",
  "supabase/migrations",
  "drizzle",
  "db/migrate",
  "db/migrations",
  "migrations",
  "src/migrations",
  "sql/migrations",
  "database/migrations",
];
