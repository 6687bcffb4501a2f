import type { Incident } from "../../model/incident.ts";
import type { ShownComponent } from "./status-components.ts";

/** An incident in words for everybody: what it touches and when, nothing of what is inside. */
export interface PublicIncident {
  readonly id: string;
  readonly title: string;
  readonly state: "investigating" | "identified" | "mitigated" | "resolved";
  readonly openedAt: number;
  readonly resolvedAt: number | undefined;
}

/** Incidents that touch what the public knows; P2 and P3 are the team's own business. */
export function publicIncidents(
  incidents: readonly Incident[],
  shown: readonly ShownComponent[],
): PublicIncident[] {
  return incidents.flatMap((incident) => {
    const touched = shown.filter(({ of }) =>
      of.some((name) => incident.affected.includes(name) || incident.component === name),
    );
    const isPublic = incident.severity === "P0" || incident.severity === "P1";
    if (touched.length === 0 || !isPublic) return [];
    const names = touched.map(({ name }) => name).join(", ");
    const { id, openedAt, resolvedAt } = incident;
    return [
      {
        id,
        title: `${names}: ${incident.severity === "P0" ? "outage" : "disturbed"}`,
        state: stateOf(incident),
        openedAt,
        resolvedAt,
      },
    ];
  });
}

function stateOf({ state, acknowledgedAt }: Incident): PublicIncident["state"] {
  if (state !== "open") return state;
  return acknowledgedAt === undefined ? "investigating" : "identified";
}
