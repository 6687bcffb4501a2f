import { defineCheck } from "../../../model/check.ts";
import { fail, pass, warn } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { bytesOf, formatSize } from "../../../model/size.ts";
import { ways } from "../../../model/ways.ts";
import { quoteIdentifier, quoteLiteral } from "../identifiers.ts";
import { databaseSize, extensions, timeZone } from "./facts.ts";

export const extensionPresent = defineCheck({
  id: "postgres.extension.present",
  title: "The declared extensions are installed",
  consequence: "Migrations stop half-way, or queries fail for a function that is not there.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    Postgres extensions installed | required extensions enabled | database extensions enabled
    pgvector extension enabled | PostGIS extension installed | uuid-ossp extension enabled | pgcrypto enabled
    pg_trgm extension installed | citext extension | CREATE EXTENSION vector
    Supabase extensions enabled | Postgres-Erweiterungen installiert | extensiones de Postgres instaladas
    extensions Postgres activées | extensões do Postgres habilitadas | PostGIS enabled
    uuid-ossp and pgcrypto enabled | PostGIS and pg_trgm enabled | enable pgvector
  `),
  source: "https://www.postgresql.org/docs/current/sql-createextension.html",
  needs: { found: extensions },
  run({ found }, { options: { extensions: declared } }) {
    const wrong = found.flatMap(({ name, installed, available }) => {
      const least = declared.find((each) => each.name === name)?.version;
      const quoted = quoteIdentifier(name);
      const canCreate = available !== null && (least === undefined || isAtLeast(available, least));
      const install = `install the package with ${name}${least === undefined ? "" : ` ${least}`} on the server first;`;
      if (installed === null)
        return {
          name,
          is: available === null ? "not on the server" : "not installed in this database",
          fix: `${canCreate ? "" : `${install} `}create extension if not exists ${quoted};`,
        };
      if (least === undefined || isAtLeast(installed, least)) return [];
      return {
        name,
        is: `${installed}`,
        fix: `${canCreate ? "" : `${install} `}alter extension ${quoted} update;`,
      };
    });
    const told = found.map(({ name, installed }) => `${name} ${installed}`).join(", ");
    if (wrong.length === 0) return pass(told, { extensions: found.length });
    return fail(`${wrong.length} of ${quantity(found.length, "extension")} missing or too old`, {
      expected: declared
        .map(({ name, version }) => (version === undefined ? name : `${name} ${version} or later`))
        .join(", "),
      found: wrong.map(({ name, is }) => `${name}: ${is}`).join(", "),
      fix: wrong.map(({ fix }) => fix).join(" "),
      findings: wrong.map(({ name }) => name),
    });
  },
});

/** "1.10" is later than "1.9"; what is no number counts as 0. */
function isAtLeast(version: string, least: string): boolean {
  const numbers = (text: string): number[] => text.split(/[^\d]+/).map(Number);
  const [mine, wanted] = [numbers(version), numbers(least)];
  for (const [at, number] of wanted.entries()) {
    const own = mine[at] ?? 0;
    if (own !== number) return own > number;
  }
  return true;
}

const NEARLY_FULL = 0.8;

export const sizeHeadroom = defineCheck({
  id: "postgres.size.headroom",
  title: "The database's size stays below what is declared",
  consequence: "The plan's limit is reached, and the database takes no more writes.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    database size below the plan limit | database storage limit not reached
    database storage headroom | enough database storage | database size within free tier
    pg_database_size | Supabase database size limit | Neon storage limit | RDS storage below limit
    Datenbankgröße unter dem Limit | tamaño de la base de datos bajo el límite
    database size monitored | database growth monitored | check database size | database size check
    database size not growing | database size growth | database not near its storage limit
    database size below the free plan quota | database disk usage below 80% | RDS storage has room
    database below 500 MB | room for the database to grow
  `),
  source: "https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-DBSIZE",
  figures: { "at-most": { measured: "usedShare", keeps: "no more", in: "share" } },
  needs: { size: databaseSize },
  run({ size: { database, bytes } }, { options: { maxSize = "" } }) {
    const most = bytesOf(maxSize);
    const usedShare = Math.round((bytes / most) * 1_000) / 1_000;
    const measured = { bytes, mostBytes: most, usedShare };
    const told = `${formatSize(bytes)} of ${formatSize(most)} (${Math.round(usedShare * 100)} %)`;
    if (usedShare < NEARLY_FULL) return pass(told, measured);
    const trouble = {
      expected: `below ${formatSize(most * NEARLY_FULL)}, four fifths of the declared ${formatSize(most)}`,
      found: told,
      fix: `look at what takes the room in ${database} (select relid::regclass, pg_size_pretty(pg_total_relation_size(relid)) from pg_stat_user_tables order by pg_total_relation_size(relid) desc limit 10;), remove what is old, or take a larger plan and declare it`,
      measured,
    };
    return usedShare >= 1
      ? fail("the database is larger than declared", trouble)
      : warn("the database is nearly as large as declared", trouble);
  },
});

export const timeZoneUtc = defineCheck({
  id: "postgres.time-zone.utc",
  title: "The database keeps time in UTC",
  consequence: "Times are off by hours, and an hour of each autumn is there twice.",
  severity: "warning",
  phase: "staging",
  freshFor: "7d",
  every: "1d",
  asks: ways(`
    database timezone UTC | database time zone set to UTC | Postgres timezone is UTC
    DB timezone UTC | Datenbank-Zeitzone UTC | Zeitzone der Datenbank UTC
    zona horaria de la base de datos UTC | fuseau horaire de la base en UTC | fuso horário do banco em UTC
    veritabanı saat dilimi UTC | SHOW timezone returns UTC | database server time zone UTC
    database sessions in UTC | database clock in UTC | Postgres server in UTC | PostgreSQL set to UTC
  `),
  source: "https://www.postgresql.org/docs/current/datatype-datetime.html#DATATYPE-TIMEZONES",
  needs: { seen: timeZone },
  run({ seen: { database, sessions, withoutZone } }) {
    const off = sessions.filter(({ offset }) => !/^[+-]00:00$/.test(offset));
    const columns = quantity(withoutZone.length, "column");
    const measured = { columnsWithoutZone: withoutZone.length };
    if (off.length === 0) {
      const rest = withoutZone.length === 0 ? "" : `; ${columns} without a zone get UTC`;
      return pass(`sessions are at ${sessions.map(({ zone }) => zone).join(" and ")}${rest}`, measured);
    }
    const shown = withoutZone.length === 0 ? "" : `; ${columns} keep such times without their zone`;
    return fail("sessions of the database are not at UTC", {
      expected: "UTC",
      found: `${off.map(({ user, zone, offset }) => `${user}: ${zone} (${offset})`).join(", ")}${shown}`,
      fix: [
        `alter database ${quoteIdentifier(database)} set timezone to ${quoteLiteral("UTC")};`,
        ...off.map(({ user }) => `alter role ${quoteIdentifier(user)} reset timezone;`),
      ].join(" "),
      findings: off.map(({ user }) => user),
      measured,
    });
  },
});
