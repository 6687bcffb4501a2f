import type { Database } from "./database.ts";
import type { Person, Role, Tokens } from "./tokens.ts";

/** An expected refusal, with the status it is answered by. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = "Refusal";
    this.status = status;
    this.headers = headers;
  }
}

export interface Asked {
  readonly person: Person;
  readonly params: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Route {
  readonly method: "GET" | "POST";
  readonly path: RegExp;
  /** Absent: everybody. */
  readonly role?: Role;
  /** Nobody may ask it more than so often in ten seconds. */
  readonly perTenSeconds?: number;
  handle(asked: Asked): Promise<unknown>;
}

const MOST_A_DAY = 3;
/** Cents of 100 that a customer gets back: more for more words, and never more than twelve. */
const LEAST_PERCENT = 2;
const MOST_PERCENT = 12;
const WORDS_A_PERCENT = 8;

export function rewardOf(purchaseMinor: number, text: string): number {
  const words = text.trim().split(/\s+/).length;
  const percent = Math.min(MOST_PERCENT, LEAST_PERCENT + Math.floor(words / WORDS_A_PERCENT));
  return Math.max(1, Math.floor((purchaseMinor * percent) / 100));
}

export function routesOf({ database, tokens }: { database: Database; tokens: Tokens }): Route[] {
  return [
    {
      method: "POST",
      path: /^\/api\/customers$/,
      perTenSeconds: 40,
      async handle() {
        const [row] = await database.as("system", "", (query) =>
          query<{ id: string }>("insert into person default values returning id"),
        );
        const id = row?.id ?? "";
        return { id, token: await tokens.sign({ id, role: "customer" }) };
      },
    },
    {
      method: "GET",
      path: /^\/api\/businesses\/(?<code>[A-Za-z0-9]{6})$/,
      perTenSeconds: 100,
      async handle({ params }) {
        const [business] = await database.as("system", "", (query) =>
          query("select code, name from business where code = $1", [params.code?.toUpperCase()]),
        );
        if (!business) throw new Refusal(404, "no business has this code");
        return business;
      },
    },
    {
      method: "POST",
      path: /^\/api\/feedback$/,
      role: "customer",
      handle: ({ person, body }) => giveFeedback(database, person.id, body),
    },
    {
      method: "GET",
      path: /^\/api\/rewards$/,
      role: "customer",
      async handle({ person }) {
        const rewards = await database.as("customer", person.id, (query) =>
          query<{ amountMinor: number }>(
            'select feedback_id as feedback, amount_minor::int as "amountMinor" from reward order by created_at',
          ),
        );
        return { rewards, totalMinor: rewards.reduce((sum, { amountMinor }) => sum + amountMinor, 0) };
      },
    },
    {
      method: "GET",
      path: /^\/api\/feedback$/,
      role: "business",
      async handle({ person }) {
        const feedback = await database.as("business", person.id, (query) =>
          query("select id, body, created_at as at from feedback order by created_at desc limit 50"),
        );
        return { feedback };
      },
    },
    {
      method: "GET",
      path: /^\/api\/summary$/,
      role: "admin",
      async handle({ person }) {
        const [summary] = await database.as("admin", person.id, (query) =>
          query(
            `select (select count(*)::int from business) as businesses, (select count(*)::int from feedback) as feedback,
               (select coalesce(sum(amount_minor), 0)::int from reward) as "rewardsMinor"`,
          ),
        );
        return summary;
      },
    },
  ];
}

/** Feedback and its reward, or neither. */
async function giveFeedback(
  database: Database,
  customer: string,
  { code, purchaseMinor, text }: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  if (typeof code !== "string" || typeof text !== "string" || text.trim().length < 10 || text.length > 2_000)
    throw new Refusal(400, "a code and 10 to 2000 characters of text are needed");
  if (!Number.isInteger(purchaseMinor) || Number(purchaseMinor) < 100 || Number(purchaseMinor) > 1_000_000)
    throw new Refusal(400, "purchaseMinor is whole cents, from 100 to 1000000");
  const rewardMinor = rewardOf(Number(purchaseMinor), text);
  return await database.as("system", "", async (query) => {
    // One customer at a time: two requests at once must not both be the third of the day.
    await query("select pg_advisory_xact_lock(hashtext($1))", [customer]);
    const [today] = await query<{ count: number }>(
      "select count(*)::int as count from feedback where customer_id = $1 and created_at > now() - interval '1 day'",
      [customer],
    );
    if ((today?.count ?? 0) >= MOST_A_DAY) throw new Refusal(429, `no more than ${MOST_A_DAY} rewards a day`);
    const [given] = await query<{ id: string }>(
      `insert into feedback (business_id, customer_id, purchase_minor, body)
       select id, $2, $3, $4 from business where code = $1 returning id`,
      [code.toUpperCase(), customer, purchaseMinor, text.trim()],
    );
    if (!given) throw new Refusal(404, "no business has this code");
    await query("insert into reward (feedback_id, customer_id, amount_minor) values ($1, $2, $3)", [
      given.id,
      customer,
      rewardMinor,
    ]);
    return { id: given.id, rewardMinor };
  });
}
