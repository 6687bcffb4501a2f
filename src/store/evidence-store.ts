import type { Kysely, Transaction } from "kysely";
import type { Evidence } from "../model/evidence.ts";
import { type ChainBreak, type ChainReport, type Link, walkChain } from "./chain-walk.ts";
import { CHAIN_START, canonicalJson, chainHash } from "./evidence-chain.ts";
import type { EvidenceStore, KeptEvidence } from "./store.ts";
import type { EvidenceRow, Tables } from "./tables.ts";

/** Rows of one insert: eleven values each stay under SQLite's 32,766 and Postgres's 65,535 parameters. */
const CHUNK = 500;
/** Rows of the chain in memory at once while it is walked. */
const PAGE = 1_000;

export function createEvidenceStore(db: Kysely<Tables>): EvidenceStore {
  return {
    append: async (rows) => {
      if (rows.length > 0) await db.transaction().execute((transaction) => append(transaction, rows));
    },
    latest: async (environment, release = "") => {
      const rows = await db
        .selectFrom("evidence")
        .selectAll()
        .where((row) =>
          row.or([
            row("seq", "in", (query) =>
              query
                .selectFrom("evidence_latest")
                .select((column) => column.fn.max("seq").as("seq"))
                .where("environment", "=", environment)
                .groupBy(["component", "check_id"]),
            ),
            row("seq", "in", (query) =>
              query
                .selectFrom("evidence_latest")
                .select("seq")
                .where("environment", "=", environment)
                .where("release", "=", release),
            ),
          ]),
        )
        .orderBy("seq")
        .execute();
      return preferred(rows.map(toEvidence), release);
    },
    history: async ({ environment, component, check, limit }) => {
      let query = db.selectFrom("evidence").selectAll().where("environment", "=", environment);
      if (check !== undefined) query = query.where("check_id", "=", check);
      if (component !== undefined) query = query.where("component", "=", component);
      return (await query.orderBy("seq", "desc").limit(limit).execute()).map(toEvidence);
    },
    audit: () => audit(db),
    row: async (seq) => {
      const row = await db.selectFrom("evidence").selectAll().where("seq", "=", seq).executeTakeFirst();
      return row && toEvidence(row);
    },
    hashOf: async (seq) =>
      seq === 0
        ? CHAIN_START
        : (await db.selectFrom("evidence").select("hash").where("seq", "=", seq).executeTakeFirst())?.hash,
    verify: async () => {
      const { rows, breaks } = await audit(db);
      return { rows, brokenAt: breaks[0]?.seq };
    },
  };
}

/** One row a component and check, in the order they came: that of the release where there is one. */
function preferred(rows: readonly KeptEvidence[], release: string): KeptEvidence[] {
  const chosen = new Map<string, KeptEvidence>();
  for (const row of rows) {
    const key = JSON.stringify([row.component, row.check]);
    if (chosen.get(key)?.release !== release) chosen.set(key, row);
  }
  return [...chosen.values()];
}

async function append(transaction: Transaction<Tables>, evidence: readonly Evidence[]): Promise<void> {
  // Writing the head first makes every other appender wait, on SQLite and on Postgres alike.
  const head = await transaction
    .updateTable("evidence_head")
    .set((column) => ({ rows: column("rows", "+", evidence.length) }))
    .where("id", "=", 1)
    .returning(["rows", "hash"])
    .executeTakeFirstOrThrow();
  let seq = head.rows - evidence.length;
  let hash = head.hash;
  const rows = evidence.map((each): EvidenceRow => {
    const row = toRow(each, ++seq);
    hash = chainHash(hash, row);
    return { ...row, hash };
  });
  for (let from = 0; from < rows.length; from += CHUNK) {
    const chunk = rows.slice(from, from + CHUNK);
    await transaction.insertInto("evidence").values(chunk).execute();
    await transaction
      .insertInto("evidence_latest")
      .values(newestOf(chunk))
      .onConflict((conflict) =>
        conflict
          .columns(["environment", "component", "check_id", "release"])
          .doUpdateSet((column) => ({ seq: column.ref("excluded.seq") })),
      )
      .execute();
  }
  await transaction.updateTable("evidence_head").set({ hash }).where("id", "=", 1).execute();
}

/** Postgres refuses to upsert one key twice in a statement. */
function newestOf(rows: readonly EvidenceRow[]): Tables["evidence_latest"][] {
  const newest = new Map<string, Tables["evidence_latest"]>();
  for (const row of rows) {
    const { environment, component, check_id, seq } = row;
    newest.set(keyOf(row), { environment, component, check_id, release: row.release ?? "", seq });
  }
  return [...newest.values()];
}

function keyOf(row: Pick<EvidenceRow, "environment" | "component" | "check_id" | "release">): string {
  return JSON.stringify([row.environment, row.component, row.check_id, row.release ?? ""]);
}

async function audit(db: Kysely<Tables>): Promise<ChainReport> {
  const head = await db.selectFrom("evidence_head").selectAll().where("id", "=", 1).executeTakeFirst();
  const length = head?.rows ?? 0;
  const newest = new Map<string, Link>();
  const keys = new Map<number, string>();
  const report = await walkChain(
    {
      head,
      page: async (seq) => {
        const rows = await db
          .selectFrom("evidence")
          .selectAll()
          .where("seq", ">", seq)
          .where("seq", "<=", length)
          .orderBy("seq")
          .limit(PAGE)
          .execute();
        keys.clear();
        for (const row of rows) keys.set(row.seq, keyOf(row));
        return rows.map(linkOf);
      },
      beyond: async () => {
        const rows = await db
          .selectFrom("evidence")
          .selectAll()
          .where("seq", ">", (query) => query.selectFrom("evidence_head").select("rows").where("id", "=", 1))
          .orderBy("seq")
          .limit(PAGE)
          .execute();
        return rows.map(linkOf);
      },
    },
    (link) => newest.set(keys.get(link.seq) ?? "", link),
  );
  if (report.breaks.length > 0) return report;
  return { ...report, breaks: await wrongPointers(db, newest, length) };
}

function linkOf({ hash, ...content }: EvidenceRow): Link {
  const { seq, environment, component, check_id, observed_at } = content;
  return { seq, environment, about: `${component}/${check_id}`, at: observed_at, hash, content };
}

/** A pointer that is gone or shows an older row would hide the newest answer: that answer's row is named. */
async function wrongPointers(
  db: Kysely<Tables>,
  newest: Map<string, Link>,
  length: number,
): Promise<ChainBreak[]> {
  const pointers = await db.selectFrom("evidence_latest").selectAll().execute();
  const strangers: number[] = [];
  for (const { seq, ...pointer } of pointers) {
    const key = keyOf(pointer);
    // Rows past the length were appended while the chain was walked.
    if (seq > length || newest.get(key)?.seq === seq) newest.delete(key);
    else if (!newest.has(key)) strangers.push(seq);
  }
  const hidden = [...newest.values()].toSorted((a, b) => a.seq - b.seq);
  return [
    ...hidden.map(({ seq, environment, about, at }): ChainBreak => {
      return { seq, change: "hidden", row: { seq, environment, about, at }, before: undefined };
    }),
    ...strangers.map((seq): ChainBreak => ({ seq, change: "hidden", row: undefined, before: undefined })),
  ];
}

function toRow(evidence: Evidence, seq: number): Omit<EvidenceRow, "hash"> {
  return {
    seq,
    environment: evidence.environment,
    component: evidence.component,
    check_id: evidence.check,
    outcome_json: canonicalJson(evidence.outcome),
    observed_at: evidence.observedAt,
    fresh_until: evidence.freshUntil,
    release: evidence.release ?? null,
    configuration: evidence.configuration,
    facts_json: canonicalJson(evidence.facts),
  };
}

function toEvidence(row: EvidenceRow): KeptEvidence {
  return {
    seq: row.seq,
    environment: row.environment,
    component: row.component,
    check: row.check_id,
    outcome: JSON.parse(row.outcome_json) as Evidence["outcome"],
    observedAt: row.observed_at,
    freshUntil: row.fresh_until,
    release: row.release ?? undefined,
    configuration: row.configuration,
    facts: JSON.parse(row.facts_json) as Evidence["facts"],
  };
}
