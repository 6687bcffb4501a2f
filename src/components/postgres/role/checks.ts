import { defineCheck } from "../../../model/check.ts";
import { durationMs, formatDuration } from "../../../model/duration.ts";
import { fail, type Outcome, pass, warn } from "../../../model/outcome.ts";
import { ways } from "../../../model/ways.ts";
import { session } from "../connection/facts.ts";
import { quoteIdentifier } from "../identifiers.ts";
import { publicCreate, type Role, roles } from "./facts.ts";
import { type TimeoutName, timeouts } from "./timeouts.ts";

export const leastPrivilege = defineCheck({
  id: "postgres.role.least-privilege",
  title: "The application's role may only use its data",
  consequence: "One injected statement owns the whole server instead of one application's rows.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    database user has minimal permissions | least privilege database role
    application does not connect as superuser
    restricted database permissions
    database user privileges limited
    limited database permissions for the app user | database user with minimum privileges
    application role without superuser | database user has only the rights it needs
    minimal rights for the database user | database account least privilege
    application role is not a superuser | Database user not superuser | App user is not a superuser
    Restricted DB permissions | application user is no superuser | app does not use the superuser
    database roles restricted | non-root database user | database credentials with least privilege
    superuser revoked from the app role
    application does not connect as the master user
    connection string uses least privilege | database role cannot DROP
    database permissions set correctly | database permissions configured
    database user with limited privileges, no superuser | application database user restricted
    database user cannot drop tables
  `),
  source: "https://www.postgresql.org/docs/current/role-attributes.html",
  needs: { roles, app: session },
  run({ roles: found, app }): Outcome {
    const powers = found.flatMap((role) => powersOf(role).map((power) => ({ role, power })));
    const owners = found.filter(({ owns }) => owns.length > 0);
    if (powers.length === 0 && owners.length > 0) return ownsTables(owners);
    if (powers.length === 0) {
      return pass(
        `${found.map((role) => role.name).join(", ")}: no attribute beyond logging in, no table its own`,
      );
    }
    const isSuperuser = found.some((role) => role.isSuperuser);
    return fail(
      isSuperuser
        ? "the application logs in as a superuser"
        : "the application's role has powers it does not need",
      {
        expected: "a role without superuser, createdb, createrole, replication or bypassrls",
        found: powers.map(({ role, power }) => `${role.name}: ${power.name}`).join(", "),
        fix: isSuperuser
          ? `create role app login password '...'; grant usage on schema public to app; grant select, insert, update, delete on all tables in schema public to app; then put that role into ${app.variable}`
          : powers.map(({ power }) => `${power.fix};`).join(" "),
        findings: powers.map(({ role, power }) => `${role.name}:${power.name}`),
      },
    );
  },
});

/** An owner needs no grant: whoever speaks with its role may drop a table, or take its policies off. */
function ownsTables(owners: readonly Role[]): Outcome {
  const tables = owners.flatMap(({ name, owns }) => owns.map((table) => ({ name, table })));
  return warn("the application's role owns its tables: it may drop and alter them", {
    expected: "tables of another role, which migrates (migrationVariable), and grants for the application's",
    found: tables.map(({ name, table }) => `${table} of ${name}`).join(", "),
    fix: `${tables.map(({ table }) => `alter table ${table} owner to migrator;`).join(" ")} and grant select, insert, update, delete on them to the application's role`,
    findings: tables.map(({ table }) => table),
  });
}

interface Power {
  readonly name: string;
  readonly fix: string;
}

function powersOf(role: Role): Power[] {
  const name = quoteIdentifier(role.name);
  if (role.isSuperuser) return [{ name: "superuser", fix: `alter role ${name} nosuperuser` }];
  const attributes: [boolean, string][] = [
    [role.createsDatabases, "createdb"],
    [role.createsRoles, "createrole"],
    [role.bypassesRls, "bypassrls"],
    [role.replicates, "replication"],
  ];
  return [
    ...attributes
      .filter(([has]) => has)
      .map(([, attribute]) => ({ name: attribute, fix: `alter role ${name} no${attribute}` })),
    ...role.reaches.map((granted) => ({ name: granted, fix: `revoke ${granted} from ${name}` })),
  ];
}

export const publicSchemaCreate = defineCheck({
  id: "postgres.role.public-schema-create",
  title: "Not every role may create objects in the application's schemas",
  consequence: "Any login can plant a function or table that the application then calls by name.",
  severity: "warning",
  phase: "staging",
  freshFor: "7d",
  every: "1d",
  asks: ways(`
    public schema locked down | revoke create on schema public | PUBLIC cannot create tables
    No CREATE on public
    CREATE privilege on public schema revoked
    CREATE revoked from PUBLIC | public schema create privilege
  `),
  source: "https://nvd.nist.gov/vuln/detail/CVE-2018-1058",
  needs: { open: publicCreate },
  run({ open }) {
    if (open.length === 0) return pass("PUBLIC may not create in these schemas");
    const names = open.map(({ schema }) => quoteIdentifier(schema));
    return fail("every role may create objects", {
      expected: "CREATE granted to the owner only",
      found: `PUBLIC has CREATE on ${names.join(", ")}`,
      fix: names.map((name) => `revoke create on schema ${name} from public;`).join(" "),
      findings: open.map(({ schema }) => schema),
    });
  },
});

export const poolTimeouts = defineCheck({
  id: "postgres.pool.timeouts",
  title: "No statement, lock or idle transaction of the application waits for ever",
  consequence: "One stuck statement holds its locks and connection until every request waits behind it.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    statement timeout configured | database timeouts set | lock_timeout | idle in transaction timeout
    kill long running queries | database query timeouts | query timeout configured
    database statement timeout
    statement_timeout for the app role | statement_timeout set | idle_in_transaction_session_timeout set
    lock_timeout set | queries cancelled after 30 seconds | statement timeout for roles
    long transactions killed | long-running transactions terminated | statement timeout in database.yml
    idle transactions terminated | statements cancelled | idle_in_transaction timeout | query deadline
    statement timeouts | runaway queries killed | idle transactions ended after a minute
    idle transactions are terminated
  `),
  source: "https://www.postgresql.org/docs/current/runtime-config-client.html",
  needs: { timeouts },
  run({ timeouts: { role, settings } }, { options }) {
    const expected: readonly [TimeoutName, number][] = [
      ["statement_timeout", durationMs(options.timeouts.statement)],
      ["lock_timeout", durationMs(options.timeouts.lock)],
      ["idle_in_transaction_session_timeout", durationMs(options.timeouts.idleInTransaction)],
    ];
    const bad = expected.filter(([name, most]) => {
      const ms = settings[name]?.ms ?? 0;
      return ms <= 0 || ms > most;
    });
    const measured = Object.fromEntries(expected.map(([name]) => [`${name}Ms`, settings[name]?.ms ?? null]));
    if (bad.length === 0) return pass(`all three are set for ${role}`, measured);
    const isAbsent = bad.every(([name]) => (settings[name]?.ms ?? 0) <= 0);
    return fail(isAbsent ? `${bad.length} of 3 time-outs not set` : "time-outs are longer than declared", {
      expected: bad.map(([name, most]) => `${name} of at most ${formatDuration(most)}`).join(", "),
      found: bad.map(([name]) => `${name} ${told(settings[name])}`).join(", "),
      fix: bad
        .map(
          ([name, most]) =>
            `alter role ${quoteIdentifier(role)} set ${name} = '${Math.min(most, SUGGESTED[name])}ms';`,
        )
        .join(" "),
      findings: bad.map(([name]) => name),
      measured,
    });
  },
});

const SUGGESTED: Readonly<Record<TimeoutName, number>> = {
  statement_timeout: 15_000,
  lock_timeout: 5_000,
  idle_in_transaction_session_timeout: 60_000,
};

function told(setting: { ms: number; from: string } | undefined): string {
  if (!setting) return "not set for this role or database";
  return setting.ms <= 0 ? "0 (never)" : `${formatDuration(setting.ms)} from ${setting.from}`;
}
