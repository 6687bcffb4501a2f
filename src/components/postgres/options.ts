import { z } from "zod";
import { durationMs, parseDuration } from "../../model/duration.ts";
import { parseSize } from "../../model/size.ts";

const duration = z
  .templateLiteral([z.number(), z.enum(["ms", "s", "m", "h", "d", "w"])], {
    error: 'expected a duration such as "30s" or "15m"',
  })
  .refine((text) => parseDuration(text) !== undefined, 'expected a duration such as "30s" or "15m"');

const variableName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "expected the name of a variable");
const relationName = z
  .string()
  .min(1)
  .describe('"wallet", or "billing.wallet" outside the first declared schema');

const claims = z
  .record(
    z.string().regex(/^[A-Za-z_][\w.]*$/, "expected the name of a setting such as app.user_id"),
    z.string(),
  )
  .refine((settings) => Object.keys(settings).length > 0, "expected at least one setting");

const proof = z.strictObject({
  table: relationName.describe("The table whose rows belong to one user each."),
  owner: z.string().min(1).describe("The column that names the owner of a row."),
  role: z
    .string()
    .optional()
    .describe('The role to become first, where requests do not run as the login role ("authenticated").'),
  users: z
    .tuple([
      z.strictObject({
        value: z.string().describe("Owner column of the first user's rows."),
        settings: claims,
      }),
      z.strictObject({
        value: z.string().describe("Owner column of the second user's rows."),
        settings: claims,
      }),
    ])
    .describe("Two users: how the application says who is asking, and what the owner column then holds."),
  sample: z
    .array(z.string().min(1))
    .default([])
    .describe(
      "Statements that give one user a row, run for each user as that user; $1 is the user's value. All of it is rolled back.",
    ),
});

const pointInTime = z
  .union([
    z.literal(true),
    z.strictObject({
      every: duration
        .refine((text) => durationMs(text) >= 5_000, "expected at least 5s")
        .default("1m")
        .describe("How often what was written is brought away: the most that a lost machine takes."),
      window: duration.default("7d").describe("How far back it can be brought."),
      baseEvery: duration
        .refine((text) => durationMs(text) >= 60_000, "expected at least 1m")
        .default("1d")
        .describe("How often the whole server is copied; a recovery begins with one of these copies."),
      provider: z
        .strictObject({
          token: variableName.describe(
            "The variable with a token that may read the project: of Supabase (SUPABASE_ACCESS_TOKEN) or Neon (NEON_API_KEY).",
          ),
          project: z.string().min(1).optional().describe("Of Neon: the project's id."),
        })
        .optional()
        .describe("How to ask the provider that runs the database whether recovery to a time is on."),
    }),
  ])
  .transform((given) => ({
    everyMs: durationMs(given === true ? "1m" : given.every),
    windowMs: durationMs(given === true ? "7d" : given.window),
    baseEveryMs: durationMs(given === true ? "1d" : given.baseEvery),
    provider: given === true ? undefined : given.provider,
  }));

const extension = z
  .union([
    z.string().min(1),
    z.strictObject({
      name: z.string().min(1),
      version: z
        .string()
        .regex(/^\d+(\.\d+)*$/, 'expected a version such as "0.8"')
        .optional()
        .describe("The earliest that will do."),
    }),
  ])
  .transform((given): { name: string; version?: string | undefined } =>
    typeof given === "string" ? { name: given } : given,
  );

export const postgresOptions = z.strictObject({
  variable: variableName
    .default("DATABASE_URL")
    .describe("The variable with the address that the application connects to."),
  migrationVariable: variableName
    .optional()
    .describe(
      "The variable with the address of the role that owns the tables, for a migrate line that reads it itself. Not declared: MIGRATION_DATABASE_URL where that is set, and the migrate line finds the owner's address in the application's variable.",
    ),
  version: z
    .int()
    .min(10)
    .max(99)
    .optional()
    .describe("The major version the application is made for; another one is NO-GO."),
  schemas: z
    .array(z.string().min(1))
    .min(1)
    .default(["public"])
    .describe("Schemas of the application; others are not looked at."),
  extensions: z
    .array(extension)
    .default([])
    .describe(
      'Extensions the application needs: "vector", or { name, version } with the earliest that will do.',
    ),
  maxSize: z
    .string()
    .refine((text) => (parseSize(text) ?? 0) > 0, 'expected a size such as "10GB"')
    .optional()
    .describe("The most the database may take, such as the limit of the provider's plan."),
  timeZone: z
    .literal("UTC")
    .optional()
    .describe("The zone that sessions of the database are in, and times without a zone therefore mean."),
  appRole: z
    .string()
    .min(1)
    .optional()
    .describe("The role requests run as, where it is not the user of the application's address."),
  migrate: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Shell line that brings the schema up to date, run once per deploy with the release's variables.",
    ),
  migrations: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Folder of the migrations, relative to the project. Unset: looked for in the usual places (prisma/migrations, supabase/migrations, drizzle, db/migrate, migrations, ...).",
    ),
  migration: z
    .strictObject({
      timeout: duration
        .default("10m")
        .describe("The whole migrate line, and the longest single statement of it."),
      lockTimeout: duration
        .default("5s")
        .describe("How long a statement of a migration waits for a lock before it gives up."),
      smallTableRows: z
        .int()
        .min(0)
        .default(10_000)
        .describe("Up to this many rows, a statement that locks a table while it reads it is accepted."),
      rehearse: z
        .enum(["always", "when possible"])
        .default("when possible")
        .describe(
          "Whether a deploy may migrate where this machine has no server to rehearse the migration on first.",
        ),
      budget: z
        .strictObject({
          duration: duration
            .default("10m")
            .describe("The longest the pending migrations may take on a copy of the data."),
          blocked: duration.default("2s").describe("The longest a read or a write may wait for them there."),
        })
        .prefault({}),
    })
    .prefault({}),
  backup: z
    .strictObject({
      every: duration.optional().describe("A good backup is never older than this."),
      keep: duration.optional().describe("How long a backup is kept."),
      pointInTime: pointInTime
        .optional()
        .describe(
          "The database can be brought back to any second of the window. Of a server that Gonogo runs, it archives what is written; of another, it asks whether its provider does.",
        ),
    })
    .optional()
    .describe("What is promised of backups."),
  invariants: z
    .record(z.string().min(1), z.string().min(1))
    .default({})
    .describe(
      'Title to SQL that must return no row: each row it returns breaks the rule ("wallet equals ledger").',
    ),
  passwords: z
    .array(z.string().regex(/^[^.]+(\.[^.]+){1,2}$/, 'a column such as "account.password"'))
    .default([])
    .describe("Columns that hold people's passwords. The database says what they look like; none is read."),
  people: z
    .strictObject({
      logins: z
        .array(z.string().regex(/^[^.]+(\.[^.]+){1,2}$/, 'a column such as "account.email"'))
        .min(1)
        .describe("Columns by which people sign in. The database says what they look like; none is read."),
      except: z.array(z.string().min(1)).default([]).describe("Logins that look like a test's and are none."),
    })
    .optional()
    .describe("Where people's accounts stand."),
  rls: z
    .strictObject({
      tables: z
        .union([z.literal("all"), z.array(relationName).min(1)])
        .describe('Tables that row level security protects: "all" of the declared schemas, or these.'),
      except: z.array(relationName).default([]).describe('With "all": tables that everybody may read.'),
      userFunctions: z
        .array(z.string().min(1))
        .default(["current_setting", "auth.uid", "auth.jwt", "auth.role", "auth.email"])
        .describe("Functions that tell who is asking; called once per query only inside (select ...)."),
      proof: z
        .array(proof)
        .default([])
        .describe("Two users and a table: each is shown not to reach the other's rows."),
      auditor: claims
        .optional()
        .describe(
          "Settings under which a session sees every row. Needed for invariants where the owner of the tables does not bypass row level security.",
        ),
    })
    .optional()
    .describe("Row level security, where the application relies on it."),
  pool: z
    .strictObject({
      maxPerInstance: z
        .int()
        .min(1)
        .default(10)
        .describe("Most connections one instance opens (node-postgres: 10 unless told otherwise)."),
      reserve: z
        .int()
        .min(0)
        .default(5)
        .describe("Connections left for people, backups, migrations and checks."),
    })
    .prefault({}),
  timeouts: z
    .strictObject({
      statement: duration.default("60s").describe("Longest statement_timeout accepted for the application."),
      lock: duration.default("60s").describe("Longest lock_timeout accepted."),
      idleInTransaction: duration
        .default("5m")
        .describe("Longest idle_in_transaction_session_timeout accepted."),
    })
    .prefault({}),
  slowAfter: duration
    .default("100ms")
    .describe("A statement whose mean time is longer than this is slow (needs pg_stat_statements)."),
  hotQueries: z
    .record(z.string().min(1), z.string().min(1))
    .default({})
    .describe(
      "Title to a query that runs all the time ($1, $2 for values): it must be answered by an index.",
    ),
});

/** What the owner's address stands in when the declaration does not say. */
const MIGRATION_VARIABLE = "MIGRATION_DATABASE_URL";

export function migrationVariableOf({ migrationVariable }: PostgresOptions): string {
  return migrationVariable ?? MIGRATION_VARIABLE;
}

export type PostgresOptions = z.output<typeof postgresOptions>;
export type RlsProof = NonNullable<PostgresOptions["rls"]>["proof"][number];
export type PointInTime = z.output<typeof pointInTime>;
