import type { Random } from "../../model/doors.ts";
import type { ServerSession } from "./session.ts";

/** The server's own clock: workers' clocks need not agree. */
const NOW = "(extract(epoch from clock_timestamp()) * 1000)::bigint";

export interface WorkerSeen {
  readonly who: string;
  readonly pid: number;
  /** Milliseconds since 1970 UTC, by the server's clock. */
  readonly since: number;
  readonly tasks: number;
}

/** Who asks what in an environment. A worker holds what it has taken for as long as it says that it lives. */
export interface TaskLeaseBook {
  /** Makes known what there is to ask; what nobody declares any more is struck out when `isAll`. */
  declare(tasks: readonly string[], options?: { readonly isAll?: boolean }): Promise<void>;
  enter(worker: { readonly who: string; readonly pid: number; readonly leaseMs: number }): Promise<TaskLease>;
  /** Those that live. */
  workers(): Promise<WorkerSeen[]>;
}

export interface TaskLease {
  /**
   * Says that this worker lives for another lease, and buries those that do not. Resolves with how many live and how
   * many tasks nobody holds; undefined: this one was too late, was buried itself, and holds nothing any more.
   */
  renew(): Promise<{ readonly workers: number; readonly free: number } | undefined>;
  /** Takes what nobody holds, of these, up to so many; says what it got. */
  take(tasks: readonly string[], most: number): Promise<string[]>;
  /** Others may take them from now on. */
  giveBack(tasks: readonly string[]): Promise<void>;
  /** Gives everything back. */
  leave(): Promise<void>;
}

export function openLeaseBook(
  session: ServerSession,
  { environment, random }: { environment: string; random: Random },
): TaskLeaseBook {
  return {
    async declare(tasks, { isAll = false } = {}) {
      await session.rows(
        `insert into lease (environment, task) select $1, task from unnest($2::text[]) as given (task) order by task
         on conflict do nothing`,
        [environment, tasks],
      );
      if (!isAll) return;
      await session.rows("delete from lease where environment = $1 and task <> all ($2::text[])", [
        environment,
        tasks,
      ]);
    },
    async enter({ who, pid, leaseMs }) {
      // Another one each time: whoever was buried cannot renew what was given to others.
      const name = `${pid}-${random.hex(8)}`;
      await session.rows(`insert into worker values ($1, $2, $3, $4, ${NOW}, ${NOW} + $5::bigint)`, [
        name,
        environment,
        who,
        pid,
        leaseMs,
      ]);
      return leaseOf(session, { environment, name, leaseMs });
    },
    workers: () =>
      session.rows<WorkerSeen>(
        `select who, pid, since, (select count(*) from lease where holder = name) as tasks
         from worker where environment = $1 and alive_until > ${NOW} order by since, name`,
        [environment],
      ),
  };
}

function leaseOf(
  session: ServerSession,
  { environment, name, leaseMs }: { environment: string; name: string; leaseMs: number },
): TaskLease {
  return {
    async renew() {
      const renewed = await session.rows(
        `update worker set alive_until = ${NOW} + $2::bigint where name = $1 and alive_until > ${NOW} returning 1`,
        [name, leaseMs],
      );
      if (renewed.length === 0) return undefined;
      // One that is renewing itself this very moment is passed over; what the dead held is free by the reference.
      await session.rows(
        `delete from worker where name in (
           select name from worker where environment = $1 and alive_until <= ${NOW} for update skip locked)`,
        [environment],
      );
      const [alive] = await session.rows<{ workers: number; free: number }>(
        `select (select count(*) from worker where environment = $1) as workers,
           (select count(*) from lease where environment = $1 and holder is null) as free`,
        [environment],
      );
      return alive;
    },
    async take(tasks, most) {
      const taken = await session.rows<{ task: string }>(
        `with free as (
           select task from lease where environment = $1 and holder is null and task = any ($3::text[])
           order by task limit $4 for update skip locked)
         update lease set holder = $2 from free
         where lease.environment = $1 and lease.task = free.task
           and exists (select 1 from worker where name = $2 and alive_until > ${NOW})
         returning lease.task`,
        [environment, name, tasks, most],
      );
      return taken.map(({ task }) => task);
    },
    async giveBack(tasks) {
      await session.rows(
        "update lease set holder = null where environment = $1 and holder = $2 and task = any ($3::text[])",
        [environment, name, tasks],
      );
    },
    async leave() {
      await session.rows("delete from worker where name = $1", [name]);
    },
  };
}
