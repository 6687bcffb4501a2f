import { formatDuration } from "../../model/duration.ts";
import type { Incident } from "../../model/incident.ts";
import type { Item } from "../../model/item.ts";

/** Lines of the board that no checklist has: grave incidents are to be reviewed in time. */
export function reviewItems(incidents: readonly Incident[], now: number): Item[] {
  return incidents.flatMap((incident): Item[] => {
    const { id, title, reviewDueAt, reviewedAt } = incident;
    if (reviewDueAt === undefined || reviewedAt !== undefined) return [];
    const left = reviewDueAt - now;
    return [
      {
        id: reviewItemId(id),
        text: `Incident ${id} was reviewed: ${title}`,
        phase: "production",
        line: undefined,
        path: ["incidents"],
        claimed: false,
        answeredBy:
          left > 0 ? { by: "nobody", why: `its review is due in ${formatDuration(left)}` } : { by: "person" },
      },
    ];
  });
}

export function reviewItemId(incident: string): string {
  return `post-mortem-${incident}`;
}
