import { defineCheck } from "../../../model/check.ts";
import { fail, notApplicable, type Outcome, pass, unknown } from "../../../model/outcome.ts";
import type { Sibling } from "../../../model/subject.ts";
import { ways } from "../../../model/ways.ts";
import { session } from "../connection/facts.ts";
import { roles } from "../role/facts.ts";
import { type Capacity, capacity } from "./facts.ts";

export const poolBudget = defineCheck({
  id: "postgres.pool.budget",
  title: "All instances together ask for no more connections than there are",
  consequence: 'Under load, or in the middle of a deploy, requests fail with "too many clients".',
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "1d",
  asks: ways(`
    connection pooling configured | PostgreSQL with connection pooling | connection pool size
    database connection pooling | pool size tuned
    connection pool configured | max connections configured | number of database connections limited
    pool size configured | connection pool limits set
    max_open_conns below max_connections | open connections times replicas below max_connections
    pool size times instances | connection pooling
    DB pool configured | database pool | max_connections | max pool size
    Connection pool sized | Prisma connection_limit
    pool size below max_connections
    pool size times replicas fits max_connections | sum of pools below max_connections
    pool of all instances below max_connections
    pool sized
    connection limit times concurrency
    total pool size below max_connections | pool size times instances under max_connections
    connection pool tuned | connection pooling optimized | pool settings tuned
    database connection pool reviewed | pool size optimized
  `),
  needs: { capacity, roles, app: session },
  run({ capacity: [found], roles: known, app }, { options, siblings }): Outcome {
    if (!found) return unknown("the server told no limits");
    const users = siblings.flatMap(instancesOf);
    if (users.length === 0) return notApplicable("no component that runs uses the database");
    const roleLimit = known.find((role) => role.name === app.user)?.connectionLimit ?? -1;
    const { limit, by } = limitOf(found, roleLimit);
    const { maxPerInstance, reserve } = options.pool;
    const instances = users.reduce((sum, user) => sum + user.instances, 0);
    const steady = instances * maxPerInstance + reserve;
    const during = 2 * instances * maxPerInstance + reserve;
    const measured = { instances, maxPerInstance, reserve, steady, duringDeploy: during, limit };
    if (during <= limit) return pass(`${during} of ${limit} connections in the middle of a deploy`, measured);
    const listed = users.map(({ name, instances: count }) => `${name} ${count}`).join(", ");
    const most = Math.max(1, Math.floor((limit - reserve) / (2 * instances)));
    const tooSmall = limit < 2 * instances + reserve;
    const raise = `raise ${by} to ${during}`;
    return fail(
      steady > limit
        ? "the pools are larger than the database allows"
        : "the pools are larger than the database allows while old and new release run side by side",
      {
        expected: `at most ${limit} connections (${by})`,
        found:
          steady > limit
            ? `${instances} instances (${listed}) x ${maxPerInstance} + ${reserve} in reserve = ${steady}`
            : `2 x ${instances} instances (${listed}) x ${maxPerInstance} + ${reserve} in reserve = ${during} during a deploy`,
        fix: tooSmall
          ? `Put a pooler such as PgBouncer before the database, or ${raise}`
          : `Open at most ${most} connections in each instance and declare pool: { maxPerInstance: ${most} }, or ${raise}`,
        measured,
      },
    );
  },
});

const RUNNING = new Set(["web", "worker", "schedule"]);

function instancesOf({ name, kind, options }: Sibling): { name: string; instances: number }[] {
  if (!RUNNING.has(kind)) return [];
  const instances = (options as { instances?: unknown } | undefined)?.instances;
  return [{ name, instances: typeof instances === "number" ? instances : 1 }];
}

function limitOf(found: Capacity, roleLimit: number): { limit: number; by: string } {
  const limits = [
    { limit: found.maxConnections - found.reserved, by: "max_connections without those for superusers" },
    { limit: found.databaseLimit, by: "the database's connection limit" },
    { limit: roleLimit, by: "the role's connection limit" },
  ].filter(({ limit }) => limit >= 0);
  return limits.reduce((low, each) => (each.limit < low.limit ? each : low));
}

const FULL_FRACTION = 0.8;

export const poolSaturation = defineCheck({
  id: "postgres.pool.saturation",
  title: "The database has connections to spare",
  consequence: "The next burst of traffic is turned away at the database.",
  severity: "warning",
  phase: "production",
  freshFor: "15m",
  every: "1m",
  asks: ways(`
    connection count below limit | database connections monitored
    database connection count | monitor database connections
    database connection usage | database connections near the limit
    database connection usage below 80% | number of database connections | DB connections alert
    free database connections | connections below 80% of the limit
    database connections to spare
    connections not exhausted | connection count below max_connections | active connections below max
    database connections not exhausted | connections below max_connections
    database connections do not run out | database does not run out of connections
  `),
  figures: { "at-most": { measured: "usedPercent", keeps: "no more", in: "percent" } },
  needs: { capacity },
  run({ capacity: [found] }): Outcome {
    if (!found) return unknown("the server told no figures");
    const usable = found.maxConnections - found.reserved;
    const fraction = found.used / usable;
    const measured = { used: found.used, usable, usedPercent: Math.round(fraction * 100) };
    if (fraction < FULL_FRACTION) return pass(`${found.used} of ${usable} connections in use`, measured);
    return fail(`${measured.usedPercent} % of the connections are in use`, {
      expected: `below ${FULL_FRACTION * 100} % of ${usable}`,
      found: `${found.used} in use, ${found.usedInDatabase} of them in this database`,
      fix: "See who holds them: select application_name, state, count(*) from pg_stat_activity group by 1, 2 order by 3 desc; then lower the pools or put a pooler before the database",
      measured,
    });
  },
});
