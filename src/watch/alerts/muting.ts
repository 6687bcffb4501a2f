import { Cron } from "croner";
import type { Alert, Silence } from "../../model/alert.ts";
import type { MaintenanceWindow } from "../../model/alert-policy.ts";
import { WATCHER } from "./joining.ts";

/** A deploy under way: what it touches is kept quiet until then at most. */
export interface DeployMuting {
  readonly deploy: string;
  readonly components: readonly string[];
  readonly since: number;
  readonly until: number;
}

export interface Muting {
  readonly silences: readonly Silence[];
  readonly maintenance: readonly MaintenanceWindow[];
  readonly deploy: DeployMuting | undefined;
  /** Somebody ended the environment on purpose; until the next deploy nothing is expected of it. */
  readonly isStopped: boolean;
}

/** Why nobody is told of an alert now; undefined: everybody is. */
export function mutedBy(
  alert: Alert,
  { silences, maintenance, deploy, isStopped }: Muting,
  now: number,
): string | undefined {
  const silence = silences.find((each) => isActive(each, now) && fits(each.fits, alert));
  if (silence) return `silence ${silence.id} by ${silence.by}`;
  const window = maintenance.find(
    (each) => isWithin(each, now) && (each.components?.includes(alert.component) ?? true),
  );
  if (window) return `maintenance ${window.name}`;
  if (isStopped && alert.component !== WATCHER) return "stopped on purpose";
  if (!deploy || now < deploy.since || now >= deploy.until) return undefined;
  // What was down before the deploy began is not its doing.
  const isTouched = deploy.components.includes(alert.component) && alert.firstFailureAt >= deploy.since;
  return isTouched ? `deploy ${deploy.deploy}` : undefined;
}

export function isActive({ from, until, endedAt }: Silence, now: number): boolean {
  return now >= from && now < (endedAt ?? until);
}

/** A pattern is a monitor, a component, or the beginning of a monitor's id or check with the mark that ends it. */
export function fits(
  patterns: readonly string[],
  alert: Pick<Alert, "monitor" | "component" | "check">,
): boolean {
  if (patterns.length === 0) return true;
  return patterns.some((pattern) =>
    /[./]$/.test(pattern)
      ? alert.monitor.startsWith(pattern) || (alert.check?.startsWith(pattern) ?? false)
      : [alert.monitor, alert.component, alert.check].includes(pattern),
  );
}

/** Whether the window's newest beginning is less than its length ago; times in its own zone. */
export function isWithin({ cron, timeZone, lastsMs }: MaintenanceWindow, now: number): boolean {
  const begun = new Cron(cron, { timezone: timeZone, paused: true }).previousRuns(1, new Date(now + 1))[0];
  return begun !== undefined && now - begun.getTime() < lastsMs;
}
