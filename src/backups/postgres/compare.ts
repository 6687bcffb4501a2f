import { countBreaking } from "../../components/postgres/ledger/facts.ts";
import type { PostgresOptions } from "../../components/postgres/options.ts";
import type { BackupProblem, DatabaseContents, OpenPostgresPart, TableContents } from "../../model/backup.ts";
import type { Doors, SqlSession } from "../../model/doors.ts";
import { quantity } from "../../model/quantity.ts";
import type { Secret } from "../../model/secret.ts";
import { inParallel } from "../in-parallel.ts";
import {
  type DumpedTable,
  listTables,
  quotedTable,
  readAlike,
  readStructure,
  readTable,
  shownTable,
} from "./contents.ts";
import { rereadAlike } from "./reread-rules.ts";

export interface CompareRequest {
  readonly part: Pick<OpenPostgresPart, "contents" | "serverMajor">;
  /** The restored copy. */
  readonly url: Secret;
  readonly options: Pick<PostgresOptions, "invariants" | "rls">;
  readonly major: number;
  readonly jobs: number;
  readonly doors: Doors;
  readonly signal: AbortSignal;
}

/** What differs between a restored copy and what was backed up, as counted then; empty when nothing does. */
export async function compareDatabase(request: CompareRequest): Promise<BackupProblem[]> {
  const { part, url, doors, signal, jobs, options } = request;
  const reading = async <T>(work: (session: SqlSession) => Promise<T>): Promise<T> => {
    await using session = await doors.sql.open(url, { statementTimeoutMs: 0, signal });
    await session.query("begin transaction read only");
    await readAlike(session);
    return await work(session);
  };
  const { tables, structure } = await reading(async (session) => ({
    tables: new Map((await listTables(session)).map((table) => [shownTable(table), table])),
    structure: await readStructure(session),
  }));
  const rows = new Map<string, BackupProblem[]>();
  // The largest first, and each session goes on with the next: to connect takes longer than to count a small table.
  const waiting = part.contents.tables.toSorted((a, b) => b.rows - a.rows);
  await inParallel(Array(jobs).fill(undefined), { width: jobs, signal }, (_, limit) =>
    reading(async (session) => {
      for (let expected = waiting.shift(); expected; expected = waiting.shift()) {
        limit.throwIfAborted();
        rows.set(expected.name, await compareTable(session, expected, tables.get(expected.name)));
      }
    }),
  );
  const late = await reading((session) => sequencesBehind(session));
  await using session = await doors.sql.open(url, { statementTimeoutMs: 600_000, signal });
  const invariants: BackupProblem[] = [];
  for (const [title, text] of Object.entries(options.invariants)) {
    const found = await countBreaking(session, { title, text, auditor: options.rls?.auditor });
    if (found.problem !== undefined)
      invariants.push({
        kind: "invariant broken",
        what: `"${title}" cannot be asked of the copy: ${found.problem}`,
      });
    else if (found.rows > 0)
      invariants.push({
        kind: "invariant broken",
        what: `"${title}": ${quantity(found.rows, "row of the copy breaks", "rows of the copy break")} it`,
      });
  }
  return [
    ...part.contents.tables.flatMap(({ name }) => rows.get(name) ?? []),
    ...compareSequences(part.contents, structure),
    ...late,
    ...(await compareRules(part.contents, structure, request)),
    ...invariants,
  ];
}

async function compareTable(
  session: SqlSession,
  expected: TableContents,
  table: DumpedTable | undefined,
): Promise<BackupProblem[]> {
  const { name, rows, everyNth, checksum, sampledRows } = expected;
  if (!table)
    return [{ kind: "rows differ", what: `${name} is not in the copy; it had ${quantity(rows, "row")}` }];
  const found = await readTable(session, table, everyNth);
  if (found.rows !== rows)
    return [
      { kind: "rows differ", what: `${name} had ${quantity(rows, "row")}, and the copy has ${found.rows}` },
    ];
  if (found.checksum !== checksum || found.sampledRows !== sampledRows) {
    const sample =
      everyNth === 1 ? `all ${quantity(rows, "row")}` : `a sample of ${quantity(sampledRows, "row")}`;
    return [{ kind: "rows differ", what: `${name}: the checksum over ${sample} differs in the copy` }];
  }
  return [];
}

/** A sequence goes on while a dump is made: the copy may be ahead, never behind. Pure. */
function compareSequences(
  expected: Pick<DatabaseContents, "sequences">,
  found: Pick<DatabaseContents, "sequences">,
): BackupProblem[] {
  const values = new Map(found.sequences.map(({ name, lastValue }) => [name, lastValue]));
  return expected.sequences.flatMap(({ name, lastValue }): BackupProblem[] => {
    if (!values.has(name)) return [{ kind: "sequence behind", what: `${name} is not in the copy` }];
    const now = values.get(name) ?? null;
    if (lastValue === null || (now !== null && BigInt(now) >= BigInt(lastValue))) return [];
    return [
      {
        kind: "sequence behind",
        what: `${name} stood at ${lastValue}, in the copy at ${now ?? "its start"}`,
      },
    ];
  });
}

/** Between major versions the same rule may read otherwise, so only its presence counts. */
async function compareRules(
  expected: Pick<DatabaseContents, "rules">,
  found: Pick<DatabaseContents, "rules">,
  { url, doors, signal, major, part }: CompareRequest,
): Promise<BackupProblem[]> {
  const all = Object.entries(expected.rules);
  const missing = new Set(all.flatMap(([name]) => (found.rules[name] === undefined ? [name] : [])));
  const differing = new Map(
    all.filter(
      ([name, definition]) =>
        major === part.serverMajor && !missing.has(name) && found.rules[name] !== definition,
    ),
  );
  let alike: ReadonlySet<string> = new Set();
  if (differing.size > 0) {
    await using session = await doors.sql.open(url, { readOnly: false, statementTimeoutMs: 0, signal });
    // The settings hold for a session's transaction, and each rule is read again in its own.
    await session.query("set search_path = ''");
    alike = await rereadAlike(session, differing);
  }
  return all.flatMap(([name]): BackupProblem[] => {
    if (missing.has(name)) return [{ kind: "rule missing", what: `${name} is not in the copy` }];
    return differing.has(name) && !alike.has(name)
      ? [{ kind: "rule missing", what: `${name} is another one in the copy` }]
      : [];
  });
}

/** Sequences whose next number is taken already: the first insert would fail. */
async function sequencesBehind(session: SqlSession): Promise<BackupProblem[]> {
  const owned = await session.query<{ schema: string; table: string; column: string; sequence: string }>(`
    select n.nspname::text as schema, c.relname::text as table, pg_catalog.quote_ident(a.attname) as column,
           pg_catalog.format('%I.%I', sn.nspname, s.relname) as sequence
    from pg_catalog.pg_depend d
    join pg_catalog.pg_class s on s.oid = d.objid and s.relkind = 'S'
    join pg_catalog.pg_namespace sn on sn.oid = s.relnamespace
    join pg_catalog.pg_class c on c.oid = d.refobjid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = d.refobjsubid
    join pg_catalog.pg_sequence q on q.seqrelid = s.oid
    where d.deptype in ('a', 'i') and d.refobjsubid > 0 and q.seqincrement > 0
      and exists (select 1 from pg_catalog.pg_index i where i.indrelid = c.oid and i.indisprimary and i.indkey[0] = a.attnum)`);
  const problems: BackupProblem[] = [];
  for (const { sequence, column, ...table } of owned) {
    const [found] = await session.query<{ behind: boolean; most: string }>(`
      select most::text, most > last_value as behind
      from (select pg_catalog.max(${column}) as most from ${quotedTable(table)}) as t, ${sequence}`);
    if (found?.behind)
      problems.push({
        kind: "sequence behind",
        what: `${sequence} would give a number that is taken: ${shownTable(table)} goes up to ${found.most}`,
      });
  }
  return problems;
}
