import type { Alert } from "../../model/alert.ts";
import type { IncidentSeverity } from "../../model/channel.ts";

/** The gravest first: P0 is graver than P3. */
export function gravest(severities: readonly IncidentSeverity[]): IncidentSeverity {
  return severities.toSorted()[0] ?? "P3";
}

/** What is told first: what nothing explains, then the gravest, then what failed first. */
export function byWeight(explained: ReadonlySet<string>): (a: Alert, b: Alert) => number {
  return (a, b) =>
    Number(explained.has(a.monitor)) - Number(explained.has(b.monitor)) ||
    a.severity.localeCompare(b.severity) ||
    a.firstFailureAt - b.firstFailureAt ||
    a.monitor.localeCompare(b.monitor);
}
