import { trafficTrigger } from "../../deploy/bake-triggers.ts";
import { percent } from "../../deploy/percent.ts";
import type { Alert } from "../../model/alert.ts";
import { formatDuration } from "../../model/duration.ts";
import type { RollbackTrigger } from "../../model/rollback-trigger.ts";
import type { Traffic } from "../../model/target.ts";

export interface FiringAlert {
  readonly alert: Alert;
  readonly incident: string;
}

export interface GuardView {
  readonly triggers: readonly RollbackTrigger[];
  readonly liveSince: number;
  readonly firing: readonly FiringAlert[];
  readonly traffic: { readonly now: Traffic | undefined; readonly old: Traffic | undefined };
  /** Milliseconds found down within the last so many. */
  readonly downMs: (overMs: number) => number;
}

export interface SetOff {
  readonly reason: string;
  /** The incident that tells of it already; undefined: none does. */
  readonly incident: string | undefined;
  readonly firstFailureAt: number | undefined;
}

/** The first trigger that is set off by what happened since the release went live; what was wrong before is not its doing. */
export function setOff({ triggers, liveSince, firing, traffic, downMs }: GuardView): SetOff | undefined {
  for (const trigger of triggers) {
    if (trigger.on === "check" || trigger.on === "component") {
      const found = firing.find(({ alert }) => alert.firstFailureAt >= liveSince && isMeant(trigger, alert));
      if (!found) continue;
      const { monitor, detail, firstFailureAt } = found.alert;
      return { reason: `${monitor}: ${detail}`, incident: found.incident, firstFailureAt };
    }
    if (trigger.on === "availability") {
      const { below, overMs } = trigger;
      const spent = downMs(overMs);
      // Once this much is spent the window cannot be kept any more, however well the rest of it goes.
      if (spent <= (1 - below) * overMs) continue;
      const reason = `down for ${formatDuration(spent)}: less than ${percent(below)} of ${formatDuration(overMs)} can be kept`;
      return { reason, incident: firing[0]?.incident, firstFailureAt: undefined };
    }
    const reason = trafficTrigger([trigger], traffic);
    if (reason !== undefined) return { reason, incident: firing[0]?.incident, firstFailureAt: undefined };
  }
  return undefined;
}

function isMeant(trigger: RollbackTrigger, { component, check, severity }: Alert): boolean {
  if (trigger.on === "check") {
    return trigger.check === check && (trigger.component === undefined || trigger.component === component);
  }
  return (
    trigger.on === "component" && trigger.component === component && (severity === "P0" || severity === "P1")
  );
}
