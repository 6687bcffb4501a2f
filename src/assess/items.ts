import type { Item } from "../model/item.ts";
import type { Launch } from "../model/launch.ts";
import { PHASES, type Phase } from "../model/phase.ts";
import { questionsOf, refersTo } from "./question.ts";

/**
 * The checklist's own lines, then one for each check of each component that no line speaks of in time: a line that
 * is due only after the launch must not take its check away from the gate.
 */
export function itemsFor(launch: Launch, checklist: readonly Item[]): Item[] {
  const spoken = checklist.flatMap(({ phase, answeredBy }) =>
    answeredBy.by === "checks" ? answeredBy.checks.map((reference) => ({ phase, reference })) : [],
  );
  const isInTime = (line: Phase, check: Phase) => PHASES.indexOf(line) <= PHASES.indexOf(check);
  const derived = questionsOf(launch)
    .filter(
      (question) =>
        !spoken.some(
          ({ phase, reference }) => isInTime(phase, question.check.phase) && refersTo(reference, question),
        ),
    )
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
