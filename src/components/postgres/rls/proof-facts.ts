import type { SqlSession } from "../../../model/doors.ts";
import { messageOf } from "../../../model/errors.ts";
import { defineFact, type Fact, Undeclared } from "../../../model/fact.ts";
import { ownSession } from "../connection/own-session.ts";
import { isNamed, quoteIdentifier, tableName } from "../identifiers.ts";
import type { PostgresOptions, RlsProof } from "../options.ts";
import { isDenied, sqlStateOf } from "../sql-state.ts";
import { type Table, tables } from "../table/facts.ts";

/** What one user could do to another's rows of a table. */
export interface Intrusion {
  readonly table: string;
  readonly user: string;
  readonly other: string;
  /** Rows of the other user that the other user sees himself: without one there is nothing to hide. */
  readonly hidden: number;
  readonly read: number;
  readonly changed: number;
  readonly deleted: number;
  readonly insertedAsOther: "refused" | "allowed" | "unclear";
  /** Why a part could not be tried. */
  readonly problem: string | undefined;
}

type User = RlsProof["users"][number];

/** Acts as two users in a transaction that is always rolled back. */
export const intrusions: Fact<readonly Intrusion[], PostgresOptions> = defineFact({
  id: "postgres.rls-intrusions",
  access: "active",
  reach: "schema",
  timeoutMs: 30_000,
  sends: "for each declared proof: reads and writes as two users, in a transaction that is rolled back",
  isAsked: ({ rls }) => (rls?.proof ?? []).length > 0,
  collect: async (context) => {
    const { options } = context.subject;
    if (!options.rls || options.rls.proof.length === 0) throw new Undeclared("no rls.proof is declared");
    const known = await context.get(tables);
    await using session = await ownSession(context, {
      who: "application",
      readOnly: false,
      statementTimeoutMs: 5_000,
    });
    const found: Intrusion[] = [];
    for (const proof of options.rls.proof)
      found.push(...(await prove(session, proof, tableOf(proof, known, options))));
    return found;
  },
});

function tableOf(proof: RlsProof, known: readonly Table[], { schemas }: PostgresOptions): Table | undefined {
  return known.find((table) => isNamed(proof.table, table, schemas[0] ?? "public"));
}

async function prove(session: SqlSession, proof: RlsProof, table: Table | undefined): Promise<Intrusion[]> {
  const [first, second] = proof.users;
  const pairs: readonly [User, User][] = [
    [first, second],
    [second, first],
  ];
  const nothing = { hidden: 0, read: 0, changed: 0, deleted: 0, insertedAsOther: "unclear" as const };
  const failed = (problem: string): Intrusion[] =>
    pairs.map(([user, other]) => ({
      ...nothing,
      table: proof.table,
      user: user.value,
      other: other.value,
      problem,
    }));
  if (!table) return failed("there is no such table");
  await session.query("begin");
  try {
    for (const user of proof.users) {
      await become(session, user, proof);
      for (const statement of proof.sample) {
        await session.query(statement, /\$1\b/.test(statement) ? [user.value] : undefined);
      }
    }
    const found: Intrusion[] = [];
    for (const [user, other] of pairs) found.push(await intrude(session, { proof, table, user, other }));
    return found;
  } catch (thrown) {
    return failed(messageOf(thrown));
  } finally {
    await session.query("rollback");
  }
}

/** What the application does at the start of a request; settings of the other user are emptied. */
async function become(session: SqlSession, user: User, proof: RlsProof): Promise<void> {
  await session.query("reset role");
  const names = new Set(proof.users.flatMap(({ settings }) => Object.keys(settings)));
  for (const name of names) {
    await session.query("select set_config($1, $2, true)", [name, user.settings[name] ?? ""]);
  }
  if (proof.role !== undefined) await session.query(`set local role ${quoteIdentifier(proof.role)}`);
}

async function intrude(
  session: SqlSession,
  act: { proof: RlsProof; table: Table; user: User; other: User },
): Promise<Intrusion> {
  const { proof, table, user, other } = act;
  const name = `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.table)}`;
  const owner = quoteIdentifier(proof.owner);
  const theirs = `where ${owner}::text = $1`;
  const rows = (statement: string) => countOf(session, statement, other.value);
  await become(session, other, proof);
  const hidden = await rows(`select 1 from ${name} ${theirs}`);
  await become(session, user, proof);
  const read = await rows(`select 1 from ${name} ${theirs}`);
  const changed = await rows(`update ${name} set ${owner} = ${owner} ${theirs} returning 1`);
  const deleted = await rows(`delete from ${name} ${theirs} returning 1`);
  const insertion = await attempt(session, `insert into ${name} (${owner}) values ($1)`, other.value);
  return {
    table: tableName(table),
    user: user.value,
    other: other.value,
    hidden: hidden.count,
    read: read.count,
    changed: changed.count,
    deleted: deleted.count,
    insertedAsOther: judgeInsertion(insertion.thrown),
    problem: hidden.problem ?? read.problem,
  };
}

async function countOf(
  session: SqlSession,
  statement: string,
  owner: string,
): Promise<{ count: number; problem: string | undefined }> {
  const text = `with touched as (${statement}) select count(*)::int as count from touched`;
  const { rows, thrown } = await attempt(session, text, owner);
  const problem = thrown === undefined || isDenied(thrown) ? undefined : messageOf(thrown);
  return { count: (rows[0]?.count as number | undefined) ?? 0, problem };
}

/** One statement that leaves nothing behind, whether it went through or not. */
async function attempt(
  session: SqlSession,
  text: string,
  owner: string,
): Promise<{ rows: Record<string, unknown>[]; thrown: unknown }> {
  await session.query("savepoint attempt");
  try {
    return { rows: await session.query(text, [owner]), thrown: undefined };
  } catch (thrown) {
    return { rows: [], thrown };
  } finally {
    await session.query("rollback to savepoint attempt");
  }
}

/**
 * The server asks the policies before it looks at constraints, so that a row which breaks only a constraint (a
 * column left empty) was let through by row level security. A row that finds no partition never got that far.
 */
function judgeInsertion(thrown: unknown): Intrusion["insertedAsOther"] {
  if (thrown === undefined) return "allowed";
  if (isDenied(thrown)) return "refused";
  const isConstraint =
    sqlStateOf(thrown)?.startsWith("23") && !/no partition of relation/.test(messageOf(thrown));
  return isConstraint ? "allowed" : "unclear";
}
