import { defineCheck } from "../../../model/check.ts";
import { durationMs, formatDuration } from "../../../model/duration.ts";
import { fail, pass, unknown } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { ways } from "../../../model/ways.ts";
import { statementStatistics, TELLING_CALLS } from "./facts.ts";
import { hotQueries } from "./hot-queries.ts";

const SHOWN_CHARACTERS = 120;

export const querySlow = defineCheck({
  id: "postgres.query.slow",
  title: "No statement of the application is slow on average",
  consequence: "Pages wait for it, and connections are held so long that others wait for a free one.",
  severity: "warning",
  phase: "production",
  freshFor: "1d",
  every: "15m",
  asks: ways(`
    DB query time < 100 ms average | slow queries identified | query performance
    monitor database performance | database queries optimized | test database query performance
    optimize slow queries | slow query alerts | slow queries monitored | no slow queries
    query optimization | queries optimized | database query performance acceptable
    database response time | query times acceptable | average query time
    database performance tested | optimize database queries
    database query monitoring | database queries < 100 ms
    queries performing well | database query time < 50ms | query time below 100 ms
    database performance monitored | database queries efficient | check slow queries
    slow query check | pg_stat_statements reviewed | Queries under 100ms
    query performance analyzed and optimized | database queries are performant
    pg_stat_statements mean time | top queries are fast | slow SQL fixed
    no query above 200 ms on average | pghero slow queries | slow SQL statements
    average statement time | query performance tested with production data
    slow database calls | slowest queries fixed
    pg_stat_statements shows no slow queries
  `),
  source: "https://www.postgresql.org/docs/current/pgstatstatements.html",
  figures: { within: { measured: "slowestMeanMs", keeps: "no more", in: "ms" } },
  needs: { statements: statementStatistics },
  run({ statements }, { options }) {
    const limitMs = durationMs(options.slowAfter);
    if (statements.length === 0)
      return unknown(`no statement was asked ${TELLING_CALLS} times since the statistics began`);
    const slow = statements.filter(({ meanMs }) => meanMs > limitMs);
    const slowestMs = Math.round(Math.max(...statements.map(({ meanMs }) => meanMs)) * 10) / 10;
    const measured = { statements: statements.length, slowestMeanMs: slowestMs };
    if (slow.length === 0) return pass(`the slowest takes ${slowestMs} ms on average`, measured);
    return fail(`${quantity(slow.length, "statement")} slower than ${formatDuration(limitMs)} on average`, {
      expected: `a mean of at most ${formatDuration(limitMs)}`,
      found: slow
        .map(({ text, meanMs, calls }) => `${formatDuration(meanMs)} over ${calls} calls: ${short(text)}`)
        .join("; "),
      fix: "Look at each with explain (analyze, buffers), add the missing index or ask for less; then select pg_stat_statements_reset() to measure anew",
      findings: slow.map(({ queryId }) => queryId),
      measured,
    });
  },
});

function short(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > SHOWN_CHARACTERS ? `${line.slice(0, SHOWN_CHARACTERS)}...` : line;
}

export const queryPlan = defineCheck({
  id: "postgres.query.plan",
  title: "The declared hot queries are answered by an index",
  consequence: "They become slower with every row that is added, until they time out.",
  severity: "warning",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    critical queries use indexes | no sequential scans on hot queries | query plans reviewed
    EXPLAIN ANALYZE on critical queries | hot queries answered by an index | explain analyze
    query execution plans checked | index usage verified | No sequential scans
    frequent lookups use an index
    queries use index scans | EXPLAIN of important queries | lookups are index-backed
    index scans on hot queries | EXPLAIN shows index scan
    query plans of endpoints | index used for the query | indexes on frequently queried fields
    indexes created for common queries | indexes for frequent queries
    indexes on frequently queried columns | frequently used columns indexed | proper indexes
    database indexing | indexes added | indexes in place | verify indexes
    database indexes verified | necessary indexes created | required indexes | add necessary indexes
    database indexes
    database indexes optimized | optimize indexes | indexes created | add indexes | indexes optimized
    indexes created for performance | no full table scans in hot queries | no full scans on hot paths
  `),
  source: "https://www.postgresql.org/docs/current/using-explain.html",
  needs: { planned: hotQueries },
  run({ planned }) {
    const whole = planned.filter(({ readsWhole }) => readsWhole.length > 0);
    if (whole.length > 0) {
      return fail(
        `a whole table is read by ${whole.length} of ${quantity(planned.length, "hot query", "hot queries")}`,
        {
          expected: "an index for every table they read",
          found: whole
            .map(({ title, readsWhole }) => `"${title}" reads all of ${readsWhole.join(", ")}`)
            .join("; "),
          fix: "create index concurrently on the columns these queries compare and sort by",
          findings: whole.map(({ title }) => title),
        },
      );
    }
    const broken = planned.find(({ problem }) => problem !== undefined);
    if (broken) return unknown(`"${broken.title}" cannot be planned: ${broken.problem}`);
    return pass(`${quantity(planned.length, "hot query", "hot queries")} answered by an index`);
  },
});
