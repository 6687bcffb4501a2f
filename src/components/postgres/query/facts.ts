import type { SqlSession } from "../../../model/doors.ts";
import { messageOf } from "../../../model/errors.ts";
import { DoesNotApply, defineFact, type Fact } from "../../../model/fact.ts";
import { reached } from "../connection/facts.ts";
import type { PostgresOptions } from "../options.ts";
import { isDenied, isMissing, sqlStateOf } from "../sql-state.ts";

export interface StatementStatistics {
  readonly queryId: string;
  /** Normalised by the server: values are $1, $2. */
  readonly text: string;
  readonly calls: number;
  readonly meanMs: number;
}

/** What the application's role has asked, slowest first; at most 50 kinds of statement. */
export const statementStatistics: Fact<readonly StatementStatistics[], PostgresOptions> = defineFact({
  id: "postgres.statement-statistics",
  access: "read",
  reach: "schema",
  collect: async (context) => {
    const { user } = await reached(context, "application");
    const { reader } = await reached(context, "owner");
    const [extension] = await reader.query<{ schema: string }>(
      `select quote_ident(n.nspname) as schema from pg_extension e
       join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_stat_statements'`,
    );
    if (!extension)
      throw new DoesNotApply("the extension pg_stat_statements is not installed in this database");
    try {
      return await reader.query<StatementStatistics>(statisticsFrom(extension.schema), [user]);
    } catch (thrown) {
      // 55000: installed, but the server was not started with its library.
      if (isMissing(thrown) || sqlStateOf(thrown) === "55000") {
        throw new DoesNotApply("pg_stat_statements is installed, but not in shared_preload_libraries");
      }
      if (isDenied(thrown)) throw new DoesNotApply("pg_stat_statements may not be read by this role");
      throw thrown;
    }
  },
});

/** Only statements whose values the server has taken out of the text: others may carry passwords. */
function statisticsFrom(schema: string): string {
  return `
    select s.queryid::text as "queryId", s.query as text, s.calls::float8 as calls, s.mean_exec_time as "meanMs"
    from ${schema}.pg_stat_statements s
    where s.dbid = (select oid from pg_database where datname = current_database())
      and s.userid = (select oid from pg_roles where rolname = $1)
      and s.query ~* '^\\s*(select|insert|update|delete|with|merge)\\M'
    order by s.mean_exec_time desc limit 50`;
}

/** A table that a hot query reads from end to end although the server was told to avoid that. */
export interface HotQuery {
  readonly title: string;
  readonly readsWhole: readonly string[];
  readonly problem: string | undefined;
}

/** The server plans each declared query; nothing is executed. */
export const hotQueries: Fact<readonly HotQuery[], PostgresOptions> = defineFact({
  id: "postgres.hot-queries",
  access: "read",
  reach: "schema",
  collect: async (context) => {
    const declared = Object.entries(context.subject.options.hotQueries);
    if (declared.length === 0) throw new DoesNotApply("no hotQueries are declared");
    const { variable } = await reached(context, "application");
    const url = context.subject.variables.values.get(variable)?.value;
    if (!url) throw new DoesNotApply(`${variable} is not set`);
    await using session = await context.doors.sql.open(url, {
      statementTimeoutMs: 5_000,
      signal: context.signal,
    });
    const planned: HotQuery[] = [];
    for (const [title, query] of declared) planned.push(await plan(session, title, query));
    return planned;
  },
});

/** In a transaction, so that no setting outlives it where a pooler hands the connection on. */
async function plan(session: SqlSession, title: string, query: string): Promise<HotQuery> {
  const values = parametersOf(query).map(() => "null");
  const call = values.length > 0 ? `(${values.join(", ")})` : "";
  await session.query("begin");
  try {
    await session.query("set local enable_seqscan = off; set local plan_cache_mode = force_generic_plan");
    await session.query(`prepare hot as ${query.trim().replace(/;$/, "")}`);
    const [row] = await session.query<{ "QUERY PLAN": readonly { Plan: PlanNode }[] }>(
      `explain (format json) execute hot${call}`,
    );
    return { title, readsWhole: wholeReads(row?.["QUERY PLAN"][0]?.Plan), problem: undefined };
  } catch (thrown) {
    return { title, readsWhole: [], problem: messageOf(thrown) };
  } finally {
    await session.query("rollback; deallocate all");
  }
}

function parametersOf(query: string): string[] {
  return [...new Set([...query.matchAll(/\$\d+\b/g)].map(([parameter]) => parameter))];
}

interface PlanNode {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly Plans?: readonly PlanNode[];
}

/** With sequential scans priced out, one that is left means that no index could serve. */
function wholeReads(node: PlanNode | undefined): string[] {
  if (!node) return [];
  const own = node["Node Type"] === "Seq Scan" ? [node["Relation Name"] ?? "?"] : [];
  return [...own, ...(node.Plans ?? []).flatMap(wholeReads)];
}
