import { Cron } from "croner";
import type { MaintenanceWindow } from "../../model/alert-policy.ts";

const AHEAD_MS = 7 * 86_400_000;

export interface Planned {
  readonly name: string;
  readonly from: number;
  readonly until: number;
}

/** Declared windows that run now or begin within a week, the earliest first. */
export function plannedMaintenance(windows: readonly MaintenanceWindow[], now: number): Planned[] {
  return windows
    .flatMap(({ name, cron, timeZone, lastsMs }) => {
      // From a window's length ago, so that one that runs already is found.
      const next = new Cron(cron, { paused: true, timezone: timeZone }).nextRun(new Date(now - lastsMs));
      if (!next || next.getTime() > now + AHEAD_MS) return [];
      return [{ name, from: next.getTime(), until: next.getTime() + lastsMs }];
    })
    .sort((a, b) => a.from - b.from);
}
