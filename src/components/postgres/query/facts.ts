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

/** What is asked less often is a migration, a report or somebody's look, and its mean tells nothing. */
export const TELLING_CALLS = 5;

/** What the application's role has asked five times and more, slowest first; at most 50 kinds of statement. */
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
      and s.calls >= ${TELLING_CALLS}
      and s.query ~* '^\\s*(select|insert|update|delete|with|merge)\\M'
    order by s.mean_exec_time desc limit 50`;
}
