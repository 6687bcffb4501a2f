import { beginWalk, type WalkedStep } from "../../facts/walk.ts";
import { defineFact, type FactContext, NotObserved, Undeclared } from "../../model/fact.ts";
import type { LegalOptions } from "./options.ts";

export interface OwnData {
  readonly exported: WalkedStep;
  readonly removed: WalkedStep;
  /** Steps that still work afterwards although they must not. */
  readonly stillThere: readonly WalkedStep[];
  /** Rows that are left; undefined when nobody says how to count them. */
  readonly residue: number | undefined;
}

export const ownData = defineFact<OwnData, LegalOptions>({
  id: "legal.own-data",
  access: "active",
  reach: "application",
  timeoutMs: 60_000,
  sends: "the requests by which an account is made, exported and deleted",
  async collect(context) {
    const { ownData: declared } = context.subject.options;
    if (!declared) throw new Undeclared("no export or deletion is declared");
    const walk = beginWalk(context);
    const failed = (await walk.take(declared.account)).find(({ difference }) => difference);
    if (failed?.difference)
      throw new NotObserved(`no account could be made: ${failed.name} answered ${failed.difference.found}`);
    const [exported] = await walk.take([declared.export]);
    const [removed] = await walk.take([declared.remove]);
    const stillThere: WalkedStep[] = [];
    for (const step of declared.gone)
      stillThere.push(...(await walk.take([step])).filter(({ difference }) => difference));
    if (!exported || !removed) throw new NotObserved("nothing was asked");
    const person = walk.kept.get("person");
    const residue =
      declared.residue === undefined || removed.difference
        ? undefined
        : await counted(context, declared.residue, person);
    return { exported, removed, stillThere, residue };
  },
});

export interface KeptTooLong {
  readonly name: string;
  readonly rows: number;
}

export const keptTooLong = defineFact<readonly KeptTooLong[], LegalOptions>({
  id: "legal.kept-too-long",
  access: "read",
  reach: "schema",
  timeoutMs: 20_000,
  async collect(context) {
    const { retention } = context.subject.options;
    const rules = Object.entries(retention);
    if (rules.length === 0) throw new Undeclared("no retention is declared");
    await using session = await open(context);
    const found: KeptTooLong[] = [];
    for (const [name, sql] of rules) found.push({ name, rows: (await session.query(sql)).length });
    return found;
  },
});

async function counted(
  context: FactContext<LegalOptions>,
  sql: string,
  person: string | undefined,
): Promise<number> {
  if (person === undefined)
    throw new NotObserved('the steps of the account keep no {{person}}: keep: { person: "json:id" }');
  await using session = await open(context);
  const [row] = await session.query(sql, [person]);
  const value = Number(Object.values(row ?? {})[0]);
  if (!Number.isFinite(value)) throw new NotObserved("the SQL of residue gave no number");
  return value;
}

function open({ subject, doors, signal }: FactContext<LegalOptions>) {
  const name = subject.options.databaseVariable;
  const url = subject.variables.values.get(name)?.value;
  if (!url) throw new NotObserved(`${name} is not set`);
  // A function that becomes an auditor for one question sets a variable of its transaction: that is no write.
  return doors.sql.open(url, { readOnly: true, statementTimeoutMs: 10_000, signal });
}
