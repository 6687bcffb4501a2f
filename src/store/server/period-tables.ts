import { SqlFailure } from "../../system/sql-pool.ts";
import { LOCKS } from "../postgres-dialect.ts";
import type { ServerSession } from "./session.ts";

/** A table of the server in parts, one for each hour, day, month or year: what is too old is one part to drop. */
export interface PeriodTable {
  /** Makes the parts that these times fall into. */
  ready(times: Iterable<number>): Promise<void>;
  /** Drops parts that end before this time, up to one that somebody reads for long; resolves with how many it dropped. */
  dropBefore(time: number): Promise<number>;
  /** What was made before may be gone: looks again. */
  forget(): void;
}

export type Period = "hour" | "day" | "month" | "year";

const LOCK_NOT_AVAILABLE = "55P03";
/** As `toISOString` cuts: "2026", "2026-11", "2026-11-21", "2026-11-21T07". */
const LENGTH = { year: 4, month: 7, day: 10, hour: 13 } as const;

export function openPeriodTable(
  { session, schema }: { session: ServerSession; schema: string },
  { name, period }: { readonly name: string; readonly period: Period },
): PeriodTable {
  const made = new Set<string>();

  async function make(part: string, time: number): Promise<void> {
    const { from, until } = spanOf(time, period);
    await session.transaction(async (ask) => {
      await ask("select pg_advisory_xact_lock($1, hashtext($2))", [LOCKS.parts, schema]);
      const [there] = await ask("select 1 from pg_class where oid = to_regclass($1)", [part]);
      if (there) return;
      // Made apart and attached: nobody who reads or writes the table waits for it.
      await ask(`create table ${part} (like ${name} including all)`);
      await ask(`alter table ${name} attach partition ${part} for values from (${from}) to (${until})`);
    });
  }

  /** False when somebody reads the table for longer than others should wait behind us: the next look drops it. */
  async function drop(part: string): Promise<boolean> {
    const connection = await session.connection();
    try {
      await connection.query("set lock_timeout = '1s'");
      await connection.query(`drop table if exists ${part}`);
      return true;
    } catch (thrown) {
      if (thrown instanceof SqlFailure && thrown.code === LOCK_NOT_AVAILABLE) return false;
      throw thrown;
    } finally {
      await connection.query("reset lock_timeout").catch(() => undefined);
      connection.release();
    }
  }

  return {
    async ready(times) {
      for (const time of times) {
        const part = partOf(name, time, period);
        if (made.has(part)) continue;
        await make(part, time);
        made.add(part);
      }
    },
    async dropBefore(time) {
      const parts = await session.rows<{ name: string }>(
        "select inhrelid::regclass::text as name from pg_inherits where inhparent = to_regclass($1)",
        [name],
      );
      const oldest = partOf(name, time, period);
      const old = parts
        .map((part) => part.name)
        .filter((part) => part.length === oldest.length && part < oldest)
        .toSorted();
      for (const [dropped, part] of old.entries()) {
        if (!(await drop(part))) return dropped;
        made.delete(part);
      }
      return old.length;
    },
    forget: () => made.clear(),
  };
}

/** "reading_2026112107": names sort as their times do. */
function partOf(name: string, time: number, period: Period): string {
  return `${name}_${stampOf(time, period).replaceAll(/\D/g, "")}`;
}

function stampOf(time: number, period: Period): string {
  return new Date(Math.max(0, time)).toISOString().slice(0, LENGTH[period]);
}

const BEGINNING = "0000-01-01T00:00:00.000Z";

function spanOf(time: number, period: Period): { from: number; until: number } {
  const stamp = stampOf(time, period);
  const from = new Date(stamp + BEGINNING.slice(stamp.length));
  const until = new Date(from);
  if (period === "hour") until.setUTCHours(from.getUTCHours() + 1);
  if (period === "day") until.setUTCDate(from.getUTCDate() + 1);
  if (period === "month") until.setUTCMonth(from.getUTCMonth() + 1);
  if (period === "year") until.setUTCFullYear(from.getUTCFullYear() + 1);
  return { from: from.getTime(), until: until.getTime() };
}
