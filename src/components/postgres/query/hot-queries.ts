import type { SqlSession } from "../../../model/doors.ts";
import { messageOf } from "../../../model/errors.ts";
import { defineFact, type Fact, Undeclared } from "../../../model/fact.ts";
import { ownSession } from "../connection/own-session.ts";
import type { PostgresOptions } from "../options.ts";

export interface HotQuery {
  readonly title: string;
  /** Tables it goes through from end to end although the server was told to avoid that. */
  readonly readsWhole: readonly string[];
  readonly problem: string | undefined;
}

/** The server plans each declared query; nothing is executed. */
export const hotQueries: Fact<readonly HotQuery[], PostgresOptions> = defineFact({
  id: "postgres.hot-queries",
  access: "read",
  reach: "schema",
  collect: async (context) => {
    const { hotQueries: declared, schemas } = context.subject.options;
    if (Object.keys(declared).length === 0) throw new Undeclared("no hotQueries are declared");
    await using session = await ownSession(context, { who: "application", statementTimeoutMs: 5_000 });
    const leading = await leadingColumns(session, schemas);
    const planned: HotQuery[] = [];
    for (const [title, query] of Object.entries(declared)) {
      planned.push(await plan(session, { title, query, leading }));
    }
    return planned;
  },
});

interface Leading {
  readonly table: string;
  readonly column: string;
}

/** Table and first column by index name; an index on an expression has none. */
async function leadingColumns(
  session: SqlSession,
  schemas: readonly string[],
): Promise<ReadonlyMap<string, Leading>> {
  const rows = await session.query<Leading & { index: string }>(
    `select c.relname::text as index, a.attname::text as "column", i.indrelid::regclass::text as "table"
     from pg_index i
     join pg_class c on c.oid = i.indexrelid
     join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0] and i.indkey[0] <> 0
     where n.nspname = any($1::text[])`,
    [schemas],
  );
  return new Map(rows.map((row) => [row.index, row]));
}

/** In a transaction, so that no setting outlives it where a pooler hands the connection on. */
async function plan(
  session: SqlSession,
  asked: { title: string; query: string; leading: ReadonlyMap<string, Leading> },
): Promise<HotQuery> {
  const { title, query, leading } = asked;
  const parameters = new Set([...query.matchAll(/\$\d+\b/g)].map(([parameter]) => parameter));
  const values = [...parameters].map(() => "null");
  await session.query("begin");
  try {
    await session.query("set local enable_seqscan = off; set local plan_cache_mode = force_generic_plan");
    await session.query(`prepare hot as ${query.trim().replace(/;$/, "")}`);
    const [row] = await session.query<{ "QUERY PLAN": readonly { Plan: PlanNode }[] }>(
      `explain (format json) execute hot${values.length > 0 ? `(${values.join(", ")})` : ""}`,
    );
    const root = row?.["QUERY PLAN"][0]?.Plan;
    return { title, readsWhole: root ? wholeReads(root, leading, false) : [], problem: undefined };
  } catch (thrown) {
    return { title, readsWhole: [], problem: messageOf(thrown) };
  } finally {
    await session.query("rollback; deallocate all");
  }
}

interface PlanNode {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly "Index Cond"?: string;
  readonly Plans?: readonly PlanNode[];
}

/**
 * With sequential scans priced out, one that is left means that no index could serve. So does an index that is gone
 * through from end to end: without a condition on its first column, and not to take the first few in its order.
 */
function wholeReads(node: PlanNode, leading: ReadonlyMap<string, Leading>, isLimited: boolean): string[] {
  const limited = isLimited || node["Node Type"] === "Limit";
  const index = node["Index Name"] ?? "";
  const table = node["Relation Name"] ?? leading.get(index)?.table ?? index;
  const isWhole = node["Node Type"] === "Seq Scan" || readsWholeIndex(node, leading, limited);
  const inner = (node.Plans ?? []).flatMap((each) => wholeReads(each, leading, limited));
  return [...new Set([...(isWhole ? [table] : []), ...inner])];
}

function readsWholeIndex(node: PlanNode, leading: ReadonlyMap<string, Leading>, isLimited: boolean): boolean {
  const index = node["Index Name"];
  if (index === undefined) return false;
  const condition = node["Index Cond"];
  if (condition === undefined) return !isLimited;
  const column = leading.get(index)?.column;
  const names = condition.match(/"(?:[^"]|"")+"|\w+/g)?.map((name) => name.replace(/^"(.*)"$/, "$1")) ?? [];
  return column !== undefined && !names.includes(column.replaceAll('"', '""'));
}
