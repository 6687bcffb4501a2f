import type { Item } from "../model/item.ts";
import type { Launch } from "../model/launch.ts";
import { PHASES, type Phase } from "../model/phase.ts";
import { type Question, questionsOf, refersTo } from "./question.ts";

/**
 * The checklist's own lines, then one for each check of each component that no line speaks of in time: a line that
 * is due only after the launch must not take its check away from the gate.
 */
export function itemsFor(launch: Launch, checklist: readonly Item[]): Item[] {
  const questions = questionsOf(launch);
  const lines = signedOnce(checklist.map((line) => answerable(line, questions)));
  const spoken = lines.flatMap(({ phase, answeredBy }) =>
    answeredBy.by === "checks" ? answeredBy.checks.map((reference) => ({ phase, reference })) : [],
  );
  const isInTime = (line: Phase, check: Phase) => PHASES.indexOf(line) <= PHASES.indexOf(check);
  const derived = questions
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
  return [...lines, ...derived];
}

/** Who has to sign a line signs the rest of it with it, and by the rules that the rest is signed by. */
function signedOnce(lines: readonly Item[]): Item[] {
  const isPersons = ({ answeredBy }: Item): boolean => answeredBy.by === "person";
  const people = new Set(lines.filter(isPersons).map(({ id }) => id));
  const rests = new Map(lines.map((each) => [each.restOf, each]));
  return lines
    .filter(({ restOf }) => restOf === undefined || !people.has(restOf))
    .map((line) => {
      const rest = isPersons(line) ? rests.get(line.id) : undefined;
      return rest ? { ...line, answeredBy: rest.answeredBy } : line;
    });
}

/**
 * A check that no declared component has can answer nothing, and half of an answer is none: such a line is a
 * person's until one is declared. One that names a component where others have the check is left to be put right.
 */
function answerable(line: Item, questions: readonly Question[]): Item {
  if (line.answeredBy.by !== "checks") return line;
  const had = new Set(questions.map(({ check }) => check.id));
  const { checks } = line.answeredBy;
  const declared = checks.filter(({ check }) => had.has(check));
  if (declared.length === checks.length) return line;
  return {
    ...line,
    undeclared: checks.flatMap(({ check }) => (had.has(check) ? [] : [check])),
    ...(declared.length > 0 && { declared }),
    answeredBy: { by: "person" },
  };
}
