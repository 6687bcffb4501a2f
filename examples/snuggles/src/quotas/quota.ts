import type { Database, Query } from "../database.ts";
import { Refusal } from "../http/answer.ts";

export type Feature = "rooms" | "clips";

export interface Standing {
  readonly tier: string;
  readonly limits: Readonly<Record<string, number>>;
  readonly used: Readonly<Record<string, number>>;
}

export interface Quotas {
  of(person: string): Promise<Standing>;
  /** Throws Refusal 402 when the month's allowance of a feature is used up. */
  check(person: string, feature: Feature): Promise<void>;
  track(person: string, feature: Feature): Promise<void>;
  /** Counts whether a feature worked, for the figures. */
  tell(feature: Feature, outcome: "succeeded" | "failed"): Promise<void>;
}

const UNLIMITED = -1;

/** What a tier allows each month, and what was used of it. */
export function createQuotas(database: Database): Quotas {
  const of = (person: string) => database.asPerson(person, (query) => standingOf(query, person));
  return {
    of,
    async check(person, feature) {
      const { tier, limits, used } = await of(person);
      const limit = limits[feature] ?? 0;
      if (limit === UNLIMITED || (used[feature] ?? 0) < limit) return;
      throw new Refusal(402, "quota-used-up", `${tier} has ${limit} ${feature} a month`);
    },
    async tell(feature, outcome) {
      await database.asSystem((query) =>
        query(
          `insert into daily_outcome as d (day, feature, ${outcome}) values (current_date, $1, 1)
           on conflict (day, feature) do update set ${outcome} = d.${outcome} + 1`,
          [feature],
        ),
      );
    },
    async track(person, feature) {
      await database.asSystem((query) =>
        query(
          `insert into usage_quotas as u (person_id, feature, month, used)
           values ($1, $2, date_trunc('month', now() at time zone 'utc'), 1)
           on conflict (person_id, feature, month) do update set used = u.used + 1`,
          [person, feature],
        ),
      );
    },
  };
}

async function standingOf(query: Query, person: string): Promise<Standing> {
  const [row] = await query<{ tier: string; quotas: Record<string, number> }>(
    `select tier, quotas from tier_features where tier = coalesce(
       (select tier from subscriptions where person_id = $1 and status in ('trialing', 'active')), 'free')`,
    [person],
  );
  const used = await query<{ feature: string; used: number }>(
    `select feature, used from usage_quotas
     where person_id = $1 and month = date_trunc('month', now() at time zone 'utc')`,
    [person],
  );
  return {
    tier: row?.tier ?? "free",
    limits: row?.quotas ?? {},
    used: Object.fromEntries(used.map((each) => [each.feature, each.used])),
  };
}
