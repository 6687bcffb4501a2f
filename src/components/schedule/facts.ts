import { DoesNotApply, defineFact, NotObserved } from "../../model/fact.ts";
import type { ScheduleStatus } from "../../model/runtime.ts";
import type { ScheduleOptions } from "./options.ts";

export interface ScheduleSeen {
  /** When it was looked at; milliseconds since 1970 UTC. */
  readonly at: number;
  /** Undefined: the target runs no such schedule. */
  readonly status: ScheduleStatus | undefined;
  /** When the release that runs it was made. */
  readonly releasedAt: number | undefined;
}

export const scheduleSeen = defineFact<ScheduleSeen, ScheduleOptions>({
  id: "schedule.status",
  access: "read",
  reach: "application",
  async collect({ subject, doors }) {
    const { runtime, release, component, environment } = subject;
    if (!runtime) throw new NotObserved(`nothing is deployed in ${environment.name} yet`);
    const status = runtime.schedules.find(({ process }) => process === component);
    const isStaged =
      "live" in runtime
        ? release !== undefined && runtime.live !== release.id
        : runtime.schedules.length === 0;
    // A schedule runs in the live release only: before the switch there is nothing to see of the new one's.
    if (isStaged) throw new DoesNotApply("the schedules of a release begin when it goes live");
    return { at: doors.clock.now(), status, releasedAt: release?.createdAt };
  },
});

/** Only the time, for questions about the declaration itself. */
export const today = defineFact<number, ScheduleOptions>({
  id: "schedule.today",
  access: "read",
  reach: "source",
  collect: async ({ doors }) => doors.clock.now(),
});
