import type { Kysely } from "kysely";
import type { Tables } from "./tables.ts";

/** Rows of one statement: nobody else's write waits long. */
const CHUNK = 500;

export interface Forgotten {
  readonly transitions: number;
  readonly messages: number;
}

/**
 * Removes transitions before that time, and messages that a channel took before it and whose incident was over by
 * then. What waits, what nobody took (dead letters) and what belongs to an open incident stays.
 */
export async function forgetSettled(
  db: Kysely<Tables>,
  given: { readonly environment: string; readonly before: number },
): Promise<Forgotten> {
  return {
    transitions: await again(() => forgetTransitions(db, given)),
    messages: await again(() => forgetMessages(db, given)),
  };
}

async function again(forgetSome: () => Promise<number>): Promise<number> {
  for (let all = 0; ; ) {
    const some = await forgetSome();
    all += some;
    if (some < CHUNK) return all;
  }
}

interface Limits {
  readonly environment: string;
  readonly before: number;
}

async function forgetTransitions(db: Kysely<Tables>, { environment, before }: Limits): Promise<number> {
  // Written in the order of time: what is to go stands at the front, and nothing behind it has to be read.
  const oldest = await db
    .selectFrom("transition")
    .select(["number", "at"])
    .where("environment", "=", environment)
    .orderBy("number")
    .limit(CHUNK)
    .execute();
  const last = oldest.findLast(({ at }) => at < before)?.number;
  if (last === undefined) return 0;
  const { numDeletedRows } = await db
    .deleteFrom("transition")
    .where("environment", "=", environment)
    .where("number", "<=", last)
    .where("at", "<", before)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

async function forgetMessages(db: Kysely<Tables>, { environment, before }: Limits): Promise<number> {
  const open = db
    .selectFrom("incident")
    .select("number")
    .where("environment", "=", environment)
    .where((row) => row.or([row("resolved_at", "is", null), row("resolved_at", ">=", before)]));
  const settled = await db
    .selectFrom("outbox")
    .select("number")
    .where("environment", "=", environment)
    .where("state", "=", "sent")
    .where("sent_at", "<", before)
    .where((row) => row.or([row("incident", "is", null), row("incident", "not in", open)]))
    .limit(CHUNK)
    .execute();
  if (settled.length === 0) return 0;
  await db
    .deleteFrom("outbox")
    .where("environment", "=", environment)
    .where("state", "=", "sent")
    .where(
      "number",
      "in",
      settled.map(({ number }) => number),
    )
    .execute();
  return settled.length;
}
