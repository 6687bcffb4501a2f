import type { Incident } from "../../model/incident.ts";

/** How fast an incident was seen, told, taken up and ended. Milliseconds; undefined: it has not been yet. */
export interface IncidentFigures {
  /** First failing probe to belief. */
  readonly detectionMs: number;
  /** Belief to the first message a channel took. */
  readonly tellingMs: number | undefined;
  /** Opened to acknowledged. */
  readonly acknowledgeMs: number | undefined;
  /** First failing probe to the end, or to now. */
  readonly lastedMs: number;
}

export function figuresOf(incident: Incident, now: number): IncidentFigures {
  const { firstFailureAt, openedAt, toldAt, acknowledgedAt, resolvedAt } = incident;
  return {
    detectionMs: openedAt - firstFailureAt,
    tellingMs: toldAt === undefined ? undefined : Math.max(0, toldAt - openedAt),
    acknowledgeMs: acknowledgedAt === undefined ? undefined : acknowledgedAt - openedAt,
    lastedMs: (resolvedAt ?? now) - firstFailureAt,
  };
}

const BUDGET_WINDOW_MS = 30 * 86_400_000;

/** How much of thirty days' allowed downtime it has used at most: as if nobody could do anything all the while. */
export function budgetSpent(lastedMs: number, availability: number | undefined): number | undefined {
  if (availability === undefined || availability >= 1) return undefined;
  return lastedMs / ((1 - availability) * BUDGET_WINDOW_MS);
}
