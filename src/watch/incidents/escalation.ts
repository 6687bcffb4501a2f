import type { AlertPolicy } from "../../model/alert-policy.ts";
import type { Incident } from "../../model/incident.ts";

/** When the next people of the chain are told of an incident; undefined: somebody has acknowledged, or all were told. */
export function nextEscalationAt(incident: Incident, { escalation }: AlertPolicy): number | undefined {
  const { severity, acknowledgedAt, resolvedAt, escalated, openedAt } = incident;
  if (severity !== "P0" && severity !== "P1") return undefined;
  if (acknowledgedAt !== undefined || resolvedAt !== undefined) return undefined;
  const step = escalation[escalated];
  return step && openedAt + step.afterMs;
}
