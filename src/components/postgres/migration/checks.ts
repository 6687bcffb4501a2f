import { defineCheck } from "../../../model/check.ts";
import { fail, notApplicable, pass, warn } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { ways } from "../../../model/ways.ts";
import { ahead, migrations } from "./facts.ts";
import { type PendingSql, type PlacedHazard, review } from "./review.ts";

export const migrationApplied = defineCheck({
  id: "postgres.migration.applied",
  title: "The database has every migration of the repository",
  consequence: "The code asks for tables and columns that are not there.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "15m",
  asks: ways(`
    run migrations | migrations applied | all database migrations run
    schema up to date | database schema deployed | database tables created | migration status checked
    verify migration success | pending migrations applied | schema version is current
    migrations up to date | database migrated | apply database migrations
    migrations executed in production | database schema up to date | all migrations applied
    prisma migrate deploy | run prisma migrations | alembic upgrade head | rails db:migrate
    python manage.py migrate | migration completed | no pending migrations | database schema verified
    migrations run successfully | artisan migrate executed | php artisan migrate --force executed
    showmigrations shows nothing unapplied | nothing unapplied | no unapplied migrations
    migrate status shows everything up | db:migrate:status | migrations up
    typeorm migration:run | goose up | ecto.migrate | migration applied to production | rake db:migrate
    alembic current matches head | all migrations up | schema deployed
    database schema synchronized with migrations | schema updated in production | npm run migrate
    tables created | migrations synchronized | dotnet ef database update
    migrations run without errors | supabase db push
    drizzle-kit migrate applied
    sequelize db:migrate | database schema initialized
    migrations applied in order | knex migrate:latest | migrate:latest
    migration files executed in order | database structure up to date
    run the migration to create tables | migration creates the table
    alembic revisions at head
    ran rails db:migrate
    run the migration script | npm run migrate | no failed or pending migrations
    migration output without errors | migrations applied in staging
    migrations applied to staging and production | migrations run via the CLI
    run migrations explicitly | no failed migrations
  `),
  needs: { migrations },
  run(
    { migrations: { folder, table, applied, pending, unfinished, elsewhere, edited, runner } },
    { options },
  ) {
    const measured = { applied: applied.length, pending: pending.length, runner: runner ?? null };
    const command = options.migrate ?? "your migration command";
    if (unfinished.length > 0) {
      return fail("a migration broke off half-way", {
        expected: "every migration finished",
        found: `${table}: ${unfinished.join(", ")} began and did not finish`,
        fix: `Look at what it left, undo or complete that by hand, mark it in ${table}, then run \`${command}\``,
        findings: unfinished,
        measured,
      });
    }
    if (pending.length > 0) {
      const names = pending.map((file) => file.name);
      return fail(`${names.length} of ${quantity(names.length + applied.length, "migration")} not applied`, {
        expected: `all of ${folder}`,
        found:
          table === undefined
            ? "the database has no record of any migration, in a table such as schema_migrations or migrations"
            : `missing from ${table}: ${names.join(", ")}`,
        fix: `Run \`${command}\`; a deploy does it by itself when migrate is declared`,
        findings: names,
        measured,
      });
    }
    if (edited.length > 0) {
      return fail(`${quantity(edited.length, "migration")} edited after being applied`, {
        expected: `each file of ${folder} as it was when ${table} took it down`,
        found: `another checksum: ${edited.join(", ")}`,
        fix: `Bring the files back as they were (git log -p -- ${folder}), and put what is new into a migration of its own`,
        findings: edited,
        measured,
      });
    }
    if (elsewhere.length > 0) {
      return warn("the database is ahead of the repository", {
        expected: `only what ${folder} holds`,
        found: `${table} also has ${elsewhere.join(", ")}`,
        fix: "Deploy from the branch that has them, or bring their files back",
        findings: elsewhere,
        measured,
      });
    }
    return pass(
      `${quantity(applied.length, "migration")} applied, the last is ${applied.at(-1)?.name}`,
      measured,
    );
  },
});

export const migrationSafe = defineCheck({
  id: "postgres.migration.safe",
  title: "Pending migrations do not stop the application",
  consequence: "Requests wait behind the migration's lock until they time out.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  asks: ways(`
    zero downtime migrations | migrations reviewed for locks | safe migrations
    backward compatible migrations | database migrations backward compatible
    strong_migrations passes | migrations do not lock tables | squawk passes | rolling migrations
    expand and contract migrations | Non-blocking migrations
    No destructive migrations | indexes added concurrently in migrations
    no blocking migration | migrations do not block | migrations without table rewrite
    migrations do not lock large tables | pending migrations do not lock tables
    add indexes concurrently | migrations backwards compatible with the previous release
    no long locks in migrations | destructive migrations split | columns dropped in two steps
    migrations hold no long locks | no unsafe migrations | migrations without locks or renames
    indexes created concurrently | columns dropped one release later
  `),
  source: "https://squawkhq.com/docs/rules",
  needs: { ahead },
  run({ ahead: { pending, ...ground } }, { options }) {
    if (pending.length === 0) return notApplicable("nothing is to be migrated");
    const { smallTableRows } = options.migration;
    const found = review(pending, { ...ground, smallTableRows, firstSchema: options.schemas[0] ?? "public" });
    const stopping = found.filter(({ kind }) => kind !== "breaks");
    const measured = { pending: pending.length, hazards: found.length };
    if (stopping.length > 0) {
      return fail(`${quantity(stopping.length, "statement")} that would stop the application or fail`, {
        ...trouble(stopping),
        measured,
      });
    }
    if (found.length > 0) {
      return warn(
        `${quantity(found.length, "statement")} that would take away what the live release may still use`,
        {
          ...trouble(found),
          measured,
        },
      );
    }
    const unread = unreadIn(pending);
    if (unread.length > 0) {
      if (ground.tables.length === 0)
        return notApplicable("no table is there yet that anybody could wait for");
      // Nothing here could ever tell, and a deploy would wait for ever: the rehearsal measures what nobody can read.
      return warn(
        `nobody can read beforehand what ${quantity(unread.length, "pending migration")} will lock`,
        {
          expected: "SQL that can be read, or a rehearsal that shows what it locks",
          found: unread.map(({ name, why }) => `${name}: ${why}`).join("; "),
          fix: "Read them for long locks; `gonogo deploy` rehearses them on a copy of the data before they run on the live one",
          findings: unread.map(({ name }) => name),
          measured,
        },
      );
    }
    return pass(
      `${quantity(pending.length, "pending migration")}, no long lock on a table of more than ${smallTableRows} rows`,
      measured,
    );
  },
});

/** What no review can judge: programs, and text that is no SQL. */
function unreadIn(pending: readonly PendingSql[]): readonly { name: string; why: string }[] {
  return pending.flatMap(({ name, statements }) => {
    if (statements === undefined) return [{ name, why: "a program, whose SQL cannot be read beforehand" }];
    const first = statements.find(({ unreadable }) => unreadable !== undefined);
    if (first === undefined) return [];
    return [{ name, why: `line ${first.line} is no SQL that PostgreSQL knows: ${first.unreadable}` }];
  });
}

function trouble(found: readonly PlacedHazard[]) {
  return {
    expected: "no long lock on a table in use, and nothing the live release needs taken away",
    found: found
      .map(
        ({ where, rule, table, rows, why }) =>
          `${where} ${rule}${table === "" ? "" : ` (${table}, about ${Math.round(rows)} rows)`}: ${why}`,
      )
      .join("; "),
    fix: found.map(({ where, safer }) => `${where}: ${safer}`).join("; "),
    findings: found.map(({ where, rule }) => `${where} ${rule}`),
  };
}
