import { defineFact, type Fact } from "../../../model/fact.ts";
import { reached } from "../connection/facts.ts";
import type { PostgresOptions } from "../options.ts";

export type TimeoutName = "statement_timeout" | "lock_timeout" | "idle_in_transaction_session_timeout";

export interface Timeout {
  /** Zero is "never". */
  readonly ms: number;
  /** Who set it: "the address", "role app in database shop", "the server". */
  readonly from: string;
}

/** Time-outs the application's sessions start with; undefined where nobody set one that could be seen. */
export interface Timeouts {
  readonly role: string;
  readonly settings: Readonly<Partial<Record<TimeoutName, Timeout>>>;
}

interface SettingRow {
  readonly name: TimeoutName;
  readonly value: string;
  readonly rank: number;
}

export const timeouts: Fact<Timeouts, PostgresOptions> = defineFact({
  id: "postgres.timeouts",
  access: "read",
  reach: "environment",
  collect: async (context) => {
    const { reader, user, database, variable } = await reached(context, "application");
    const rows = await reader.query<SettingRow>(SETTINGS, [user]);
    const url = context.subject.variables.values.get(variable)?.value.reveal() ?? "";
    const sources = ["the server", `database ${database}`, `role ${user}`, `role ${user} in ${database}`];
    const settings: Partial<Record<TimeoutName, Timeout>> = {};
    for (const { name, value, rank } of rows) {
      settings[name] = { ms: parseSetting(value), from: sources[rank] ?? "the server" };
    }
    return { role: user, settings: { ...settings, ...inAddress(url) } };
  },
});

/**
 * What was set for the role and the database, strongest last; below it the server's own value. The session of the
 * checks sets statement_timeout for itself, so that the server's value of that one cannot be seen from here.
 */
const SETTINGS = `
  select p.name, p.reset_val as value, 0 as rank
  from pg_settings p
  where p.name in ('lock_timeout', 'idle_in_transaction_session_timeout')
  union all
  select split_part(entry, '=', 1), substr(entry, strpos(entry, '=') + 1),
         (s.setrole <> 0)::int * 2 + (s.setdatabase <> 0)::int
  from pg_db_role_setting s, unnest(s.setconfig) entry
  where s.setrole in (0, (select oid from pg_roles where rolname = $1))
    and s.setdatabase in (0, (select oid from pg_database where datname = current_database()))
    and split_part(entry, '=', 1) in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout')
  order by rank`;

const UNIT_MS: Readonly<Record<string, number>> = {
  us: 0.001,
  "": 1,
  ms: 1,
  s: 1_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Milliseconds of a time as PostgreSQL's configuration writes it: "15s", "1min", "30000". */
export function parseSetting(text: string): number {
  const [, amount, unit] = /^\s*'?\s*(-?[\d.]+)\s*([a-z]*)\s*'?\s*$/.exec(text) ?? [];
  return Number(amount ?? 0) * (UNIT_MS[unit ?? ""] ?? 1);
}

/** Drivers send these with the login, over whatever the role has. */
export function inAddress(url: string): Partial<Record<TimeoutName, Timeout>> {
  const query = URL.parse(url)?.searchParams;
  const found: Partial<Record<TimeoutName, Timeout>> = {};
  for (const name of ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"] as const) {
    const inOptions = new RegExp(`(?:-c\\s*|--)${name}=(\\S+)`).exec(query?.get("options") ?? "")?.[1];
    const value = inOptions ?? query?.get(name);
    if (value !== undefined && value !== null) found[name] = { ms: parseSetting(value), from: "the address" };
  }
  return found;
}
