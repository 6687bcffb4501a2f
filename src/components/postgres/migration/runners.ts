/** Where a migration runner keeps what it has applied. */
export interface Runner {
  readonly name: string;
  readonly table: string;
  /** Only there; elsewhere a table of this name is somebody else's. */
  readonly schema?: string;
  /** Columns that may hold the migration's name or number; the first that exists counts. */
  readonly columns: readonly string[];
  /** SQL: whether the row counts at all (a migration marked as rolled back does not). */
  readonly counts?: string;
  /** SQL: whether the migration went through to its end. */
  readonly finished?: string;
  /** Columns that may hold a checksum of the file as it was applied. */
  readonly checksums?: readonly string[];
  /** Where no single column names the migration. */
  readonly key?: string;
}

const BY_TABLE: readonly Runner[] = [
  {
    name: "Prisma",
    table: "_prisma_migrations",
    columns: ["migration_name"],
    counts: "rolled_back_at is null",
    finished: "finished_at is not null",
    checksums: ["checksum"],
  },
  { name: "Drizzle", table: "__drizzle_migrations", columns: ["created_at"], checksums: ["hash"] },
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
    checksums: ["checksum"],
  },
  { name: "Django", table: "django_migrations", columns: ["name"], key: "app || '.' || name" },
  { name: "Alembic", table: "alembic_version", columns: ["version_num"] },
  {
    name: "goose",
    table: "goose_db_version",
    columns: ["version_id"],
    counts: "version_id > 0",
    finished: "is_applied",
  },
  { name: "Supabase", table: "schema_migrations", schema: "supabase_migrations", columns: ["version"] },
  // Rails, dbmate, golang-migrate, the Supabase CLI and most scripts of people's own share this name.
  {
    name: "schema_migrations",
    table: "schema_migrations",
    columns: ["name", "filename", "file", "version", "id"],
    checksums: ["digest", "checksum", "hash", "sha256", "md5"],
  },
  ...[
    "migrations",
    "migration",
    "_migrations",
    "schema_migration",
    "applied_migrations",
    "db_migrations",
  ].map((table) => ({
    name: table,
    table,
    columns: ["timestamp", "name", "filename", "file", "version", "id"],
    checksums: ["digest", "checksum", "hash", "sha256", "md5"],
  })),
];

export const RUNNER_TABLES: readonly string[] = [...new Set(BY_TABLE.map((runner) => runner.table))];

export function runnerOf({ schema, table }: { schema: string; table: string }): Runner | undefined {
  return BY_TABLE.find((runner) => runner.table === table && (runner.schema ?? schema) === schema);
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
