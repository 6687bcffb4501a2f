import { defineCheck } from "../../../model/check.ts";
import { fail, notApplicable, pass, unknown, warn } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import type { Variables } from "../../../model/variable.ts";
import { ways } from "../../../model/ways.ts";
import type { PostgresOptions } from "../options.ts";
import { authentication, type HbaRule } from "./authentication.ts";
import { connection, ownerConnection, plainStartup, type Reached, session } from "./facts.ts";
import { endOfLife } from "./versions.ts";

export const connectionOk = defineCheck({
  id: "postgres.connection.ok",
  title: "The application's database answers",
  consequence: "Every request that needs data fails.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1h",
  every: "1m",
  asks: ways(`
    PostgreSQL database configured | database reachable | database connection works
    set up production database | DATABASE_URL set | test database connection | Postgres is up
    database connection string configured | database is running
    database accessible from the application | connection to the production database works
    database server reachable | database configured | production database provisioned | database online
    database is up and running | database created | database health | connect to the database
    PostgreSQL installed and running | PostgreSQL running | database server running | database connected
    DB connection ok | database connection successful | database status check | check database status
    database reachable from the app | database responds | Database is up | RDS deployed and configured
    database instance running | Postgres operational | database connection details
    database ready in production | database connection string verified | database connection verified
    database connection established | database connection test query | database URL
    API reaches the database | PostgreSQL provisioned | backend connects to PostgreSQL
    application connects to the database
    database version query succeeds | database answers | application can connect to the database
    connects to the database | application talks to the database
    production database is live
    Azure Database for PostgreSQL deployed | Postgres cluster available
    database login works with production credentials | connects to database
    database health and connections verified
    select 1 succeeds against the database
    connection string for production works | health of the database verified
    database connection lost | lost connection to the database | database connection string tested
    database connection strings verified | PostgreSQL service added | Postgres add-on provisioned
    Postgres instance created | Neon database created | Supabase database connected
    managed Postgres provisioned | database service added | Supabase health verified
    health of Supabase and its connections | connection to the database tested
    database connection tested | Postgres plugin added | PostgreSQL plugin on Railway
  `),
  needs: { app: connection, owner: ownerConnection },
  run({ app, owner }, { options, environment, variables }) {
    for (const found of [app, owner]) {
      if (found.reached) continue;
      const summary = found.isSet ? "the database cannot be used" : `${found.variable} is not set`;
      const fix = found.isSet
        ? `${fixOf(found.reason, found.variable)}${orSupplied(found.variable, variables)}`
        : `Set ${found.variable} for ${environment.name} to postgres://user:password@host:5432/database`;
      return fail(summary, {
        expected: `${found.variable} leads to a database that answers`,
        found: found.reason,
        fix,
      });
    }
    if (!app.reached) return unknown("no connection", connection.id);
    return versionOf(app, options);
  },
});

function versionOf(app: Reached, { version }: PostgresOptions) {
  const measured = { version: app.version, connectMs: app.tookMs };
  if (version !== undefined && version !== app.majorVersion) {
    return fail(`PostgreSQL ${app.majorVersion} answers, ${version} was declared`, {
      expected: `PostgreSQL ${version}`,
      found: `PostgreSQL ${app.version}`,
      fix: `Point ${app.variable} at a server of version ${version}, or declare version: ${app.majorVersion}`,
      measured,
    });
  }
  const ended = endOfLife(app.majorVersion, app.at);
  if (ended !== undefined) {
    return warn(`PostgreSQL ${app.majorVersion} gets no security fixes any more`, {
      expected: "a major version that the project still maintains",
      found: `${app.version}; maintained until ${ended}`,
      fix: "Upgrade with pg_upgrade or dump and restore; managed databases offer it as a major version upgrade",
      measured,
    });
  }
  return pass(`PostgreSQL ${app.version} answered in ${app.tookMs} ms`, measured);
}

/** Where the target would supply one: a line copied from .env.example keeps it from doing so. */
function orSupplied(variable: string, { values, toBeSupplied }: Variables): string {
  if (!toBeSupplied || values.get(variable)?.source.startsWith("provisioned")) return "";
  return `; or leave ${variable} out: the next deploy then supplies a PostgreSQL`;
}

function fixOf(reason: string, variable: string): string {
  if (/28P01|password authentication/.test(reason)) return `Correct the password in ${variable}`;
  if (/28000|no pg_hba/.test(reason))
    return `Allow this machine and role in pg_hba.conf, or add ?sslmode=require to ${variable}`;
  if (/3D000/.test(reason)) return `Create the database, or correct its name in ${variable}`;
  if (/refused the connection/.test(reason))
    return `Start PostgreSQL, or correct host and port in ${variable}`;
  if (/not a name that resolves/.test(reason)) return `Correct the host name in ${variable}`;
  if (/53300|too many/.test(reason))
    return "Close idle connections, lower the pools, or raise max_connections";
  if (/certificate/.test(reason))
    return `Give the server a certificate for its host name, or name its authority with sslrootcert in ${variable}`;
  return `Check that ${variable} is right and that the server accepts connections from this machine`;
}

const VERIFIED = new Set(["verify-full", "verify-ca"]);

export const connectionTls = defineCheck({
  id: "postgres.connection.tls",
  title: "The way to the database is encrypted",
  consequence: "Passwords and personal data can be read, and changed, on the way to the database.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    database SSL required (sslmode=require) | database connections use TLS | encrypted database connection
    sslmode=require | database connection encrypted | database SSL enabled | SSL for database connections
    TLS to the database | database connection encrypted with TLS | encrypted connection to the database
    SSL to the database | encrypted connection to the database server
    DATABASE_URL contains sslmode=require | database traffic encrypted in transit | sslmode=verify-full
    enforce SSL for database | database SSL enforced | ssl=true in the JDBC URL | rds.force_ssl
    incoming database connections use SSL | sslmode=require in the connection string
    require SSL for database | SSL required in database settings | PostgreSQL SSL mode
    SSL enforcement of the database
  `),
  source: "https://www.postgresql.org/docs/current/libpq-ssl.html",
  needs: { app: session, plain: plainStartup },
  run({ app, plain }) {
    const { address, tls, variable } = app;
    if (address.isLoopback) return notApplicable("the database is on this machine (loopback)");
    if (!tls) {
      return fail("the application talks to the database in the clear", {
        expected: "TLS",
        found: `no TLS to ${address.host} (sslmode=${address.sslMode ?? "not given"})`,
        fix: `Add ?sslmode=verify-full to ${variable}`,
      });
    }
    const measured = { tls: tls.version, cipher: tls.cipher, sslmode: address.sslMode ?? null };
    if (plain.kind === "asks") {
      return fail("the server also takes connections without TLS", {
        expected: "only hostssl lines for this role",
        found: `${address.host} went on with a login in the clear (asked for: ${plain.method})`,
        fix: 'Use hostssl instead of host in pg_hba.conf, then select pg_reload_conf(); managed databases: switch on "require SSL"',
        measured,
      });
    }
    if (address.sslMode === undefined || !VERIFIED.has(address.sslMode)) {
      return warn("TLS is used, but who answers is not verified by every driver", {
        expected: "sslmode=verify-full",
        found: `sslmode=${address.sslMode ?? "not given"}`,
        fix: `Use sslmode=verify-full in ${variable}, with sslrootcert where the authority is the provider's own`,
        measured,
      });
    }
    return pass(`${tls.version}, sslmode=${address.sslMode}, refused without TLS`, measured);
  },
});

export const authScram = defineCheck({
  id: "postgres.auth.scram",
  title: "Nobody gets in without a password, and passwords are kept as SCRAM",
  consequence: "Whoever reaches the port is in, or breaks a stolen password hash in hours.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "1d",
  asks: ways(`
    database requires a password | pg_hba hardened
    database authentication configured | database not reachable without password | database access secured
    database password set | SCRAM authentication | scram-sha-256
    pg_hba.conf | No trust authentication
    no trust entries | no trust in pg_hba
    md5 replaced with SCRAM | no passwordless logins to the database | pg_hba.conf requires password
    password_encryption scram | pg_hba without trust
    passwords stored as SCRAM | no trust for local connections
    no trust authentication for local connections | SCRAM passwords | SCRAM instead of md5 | no trust lines
    database password authentication required
  `),
  source: "https://www.postgresql.org/docs/current/auth-password.html",
  needs: { authentication },
  run({ authentication: { passwordEncryption, rules, method } }) {
    const open = rules?.filter((rule) => OPEN.has(rule.method)) ?? [];
    if (open.length > 0) {
      return fail("pg_hba.conf lets people in without a safe password", {
        expected: "scram-sha-256, cert, peer or reject on every line",
        found: open.map(lineOf).join("; "),
        fix: "Change these lines of pg_hba.conf to scram-sha-256, then select pg_reload_conf()",
        findings: open.map((rule) => `pg_hba.conf line ${rule.line}`),
      });
    }
    if (method !== undefined && OPEN.has(method)) {
      return fail("the server lets the application's role in without a safe password", {
        expected: "the server asks for scram-sha-256",
        found: method === "nothing" ? "no password was asked for" : `the server asks for "${method}"`,
        fix: "Change the line for this role in pg_hba.conf to scram-sha-256, then select pg_reload_conf()",
      });
    }
    if (passwordEncryption !== "scram-sha-256") {
      return fail("new passwords are kept as MD5", {
        expected: "password_encryption = scram-sha-256",
        found: `password_encryption = ${passwordEncryption}`,
        fix: "alter system set password_encryption = 'scram-sha-256'; select pg_reload_conf(); then set each password anew",
      });
    }
    const weak = rules?.filter((rule) => rule.method === "md5") ?? [];
    if (weak.length > 0 || method === "md5") {
      return warn("MD5 passwords are still accepted", {
        expected: "scram-sha-256 on every line",
        found:
          weak.length > 0 ? weak.map(lineOf).join("; ") : "the server asks this role for an MD5 password",
        fix: "Set the passwords anew, then change md5 to scram-sha-256 in pg_hba.conf and select pg_reload_conf()",
        findings: weak.map((rule) => `pg_hba.conf line ${rule.line}`),
      });
    }
    if (rules) return pass(`${quantity(rules.length, "line")} of pg_hba.conf, each asking for a safe proof`);
    if (method === undefined) {
      return unknown("pg_hba.conf may not be read by this role, and how it is let in could not be told");
    }
    return pass(`the application's role is let in by ${method}; other lines may not be read by this role`);
  },
});

/** Methods that ask for nothing, for a password in the clear, or believe what the client says. */
const OPEN = new Set(["trust", "nothing", "password", "ident"]);

function lineOf({ line, type, address, method }: HbaRule): string {
  return `line ${line}: ${[type, address, method].filter(Boolean).join(" ")}`;
}
