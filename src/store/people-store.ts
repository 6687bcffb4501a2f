import type { Kysely, Transaction } from "kysely";
import type { SignOff, Waiver } from "../model/sign-off.ts";
import { type Link, walkChain } from "./chain-walk.ts";
import { CHAIN_START, canonicalJson, chainHash } from "./evidence-chain.ts";
import type { PeopleStore } from "./store.ts";
import type { PersonAnswerRow, Tables } from "./tables.ts";

/** The row of `evidence_head` that ends this chain. */
export const PEOPLE_HEAD = 2;

export const PERSON_ANSWER_TABLE = `create table person_answer (
  seq bigint primary key,
  kind text not null,
  environment text not null,
  at bigint not null,
  answer_json text not null,
  hash text not null
)`;

export function createPeopleStore(db: Kysely<Tables>): PeopleStore {
  const keep = (kind: PersonAnswerRow["kind"], answer: SignOff | Waiver) =>
    db.transaction().execute((transaction) => appendAnswer(transaction, kind, answer));
  return {
    sign: (signOff) => keep("sign-off", signOff),
    waive: (waiver) => keep("waiver", waiver),
    signOffs: async (environment) => {
      const rows = await rowsOf(db, "sign-off", environment);
      return rows.map(({ seq, answer_json }) => ({ ...(JSON.parse(answer_json) as SignOff), seq }));
    },
    waivers: async (environment) => {
      const rows = await rowsOf(db, "waiver", environment);
      return rows.map(({ answer_json }) => JSON.parse(answer_json) as Waiver);
    },
    hashOf: async (seq) => {
      if (seq === 0) return CHAIN_START;
      const row = await db
        .selectFrom("person_answer")
        .select("hash")
        .where("seq", "=", seq)
        .executeTakeFirst();
      return row?.hash;
    },
    audit: async () => {
      const head = await db
        .selectFrom("evidence_head")
        .selectAll()
        .where("id", "=", PEOPLE_HEAD)
        .executeTakeFirst();
      const rows = db.selectFrom("person_answer").selectAll().orderBy("seq").limit(1_000);
      return walkChain({
        head,
        page: async (seq) =>
          (
            await rows
              .where("seq", ">", seq)
              .where("seq", "<=", head?.rows ?? 0)
              .execute()
          ).map(linkOf),
        beyond: async () =>
          (
            await rows
              .where("seq", ">", (query) =>
                query.selectFrom("evidence_head").select("rows").where("id", "=", PEOPLE_HEAD),
              )
              .execute()
          ).map(linkOf),
      });
    },
  };
}

/** Also for the answers of a store that kept them in tables of their own. */
export async function appendAnswer(
  transaction: Transaction<Tables>,
  kind: PersonAnswerRow["kind"],
  answer: SignOff | Waiver,
): Promise<void> {
  const head = await transaction
    .updateTable("evidence_head")
    .set((column) => ({ rows: column("rows", "+", 1) }))
    .where("id", "=", PEOPLE_HEAD)
    .returning(["rows", "hash"])
    .executeTakeFirstOrThrow();
  const { environment, at } = answer;
  const row = { seq: head.rows, kind, environment, at, answer_json: canonicalJson(answer) };
  const hash = chainHash(head.hash, row);
  await transaction
    .insertInto("person_answer")
    .values({ ...row, hash })
    .execute();
  await transaction.updateTable("evidence_head").set({ hash }).where("id", "=", PEOPLE_HEAD).execute();
}

function rowsOf(
  db: Kysely<Tables>,
  kind: PersonAnswerRow["kind"],
  environment: string,
): Promise<PersonAnswerRow[]> {
  return db
    .selectFrom("person_answer")
    .selectAll()
    .where("environment", "=", environment)
    .where("kind", "=", kind)
    .orderBy("at")
    .orderBy("seq")
    .execute();
}

function linkOf({ hash, ...content }: PersonAnswerRow): Link {
  const { seq, kind, environment, at, answer_json } = content;
  return { seq, environment, about: `${kind} of ${subjectOf(answer_json)}`, at, hash, content };
}

/** A row that somebody changed may not even be JSON. */
function subjectOf(text: string): string {
  try {
    const { item, finding, by } = JSON.parse(text) as Partial<SignOff & Waiver>;
    return `${item ?? finding ?? "nothing"} by ${by ?? "nobody"}`;
  } catch {
    return "something that cannot be read";
  }
}
