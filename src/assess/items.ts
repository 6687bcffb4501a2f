import type { Item } from "../model/item.ts";
import type { Launch } from "../model/launch.ts";
import { questionsOf, refersTo } from "./question.ts";

/** The checklist's own lines, then one for each check of each component that no line speaks of. */
export function itemsFor(launch: Launch, checklist: readonly Item[]): Item[] {
  const spoken = checklist.flatMap(({ answeredBy }) => (answeredBy.by === "checks" ? answeredBy.checks : []));
  const derived = questionsOf(launch)
    .filter((question) => !spoken.some((reference) => refersTo(reference, question)))
    .map(
      ({ component, check }): Item => ({
        id: `${component}/${check.id}`,
        text: check.title,
        phase: check.phase,
        line: undefined,
        path: [component],
        claimed: false,
        answeredBy: { by: "checks", checks: [{ check: check.id, component }] },
      }),
    );
  return [...checklist, ...derived];
}
