import type { Database } from "../database.ts";
import { type Log, reasonOf } from "../log.ts";
import { Refusal } from "./answer.ts";
import type { Allowance } from "./route.ts";

export interface RateLimit {
  /** Throws Refusal 429 with Retry-After when the caller has used the allowance up. */
  spend(bucket: string, caller: string, allowance: Allowance): Promise<void>;
}

const COUNT = `
insert into rate_window as w (bucket, caller, began_at) values ($1, $2, now())
on conflict (bucket, caller) do update set
  asked = case when w.began_at < now() - make_interval(secs => $3) then 1 else w.asked + 1 end,
  began_at = case when w.began_at < now() - make_interval(secs => $3) then now() else w.began_at end
returning asked, greatest(1, ceil($3 - extract(epoch from now() - began_at)))::int as left`;

/** Counts in the database, so every instance sees the same number. When it cannot count, it lets through and says so. */
export function createRateLimit(database: Database, log: Log): RateLimit {
  return {
    async spend(bucket, caller, { requests, seconds }) {
      const [row] = await database
        .asSystem((query) => query<{ asked: number; left: number }>(COUNT, [bucket, caller, seconds]))
        .catch((thrown: unknown) => {
          log.warn("rate limit not counted", { bucket, reason: reasonOf(thrown) });
          return [];
        });
      if (!row || row.asked <= requests) return;
      throw new Refusal(429, "too-many-requests", `try again in ${row.left} s`, {
        "retry-after": String(row.left),
      });
    },
  };
}

/** The edge appends the address it saw: only the last one was written by somebody we trust. */
export function callerOf(
  forwardedFor: string | string[] | undefined,
  socketAddress: string | undefined,
): string {
  const line = Array.isArray(forwardedFor) ? forwardedFor.join(",") : (forwardedFor ?? "");
  return line.split(",").at(-1)?.trim() || (socketAddress ?? "unknown");
}
