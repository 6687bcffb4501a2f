import type { Question } from "../../assess/question.ts";
import { quantity } from "../../model/quantity.ts";
import type { Candidate } from "./completes.ts";

/**
 * Checks in steps, as paths are: "postgres." and the like first, then what is below it, "web/" with the checks of that
 * component. Hundreds at once would say nothing.
 */
export function checksBelow(typed: string, questions: readonly Question[]): Candidate[] {
  if (typed.includes("/"))
    return questions.map(({ component, check }) => ({
      value: `${component}/${check.id}`,
      about: check.title,
    }));
  const titles = new Map(questions.map(({ check }) => [check.id, check.title]));
  if (typed.includes(".")) return [...titles].map(([value, about]) => ({ value, about }));
  const byBeginning = Map.groupBy(titles.keys(), (id) => id.slice(0, id.indexOf(".") + 1) || id);
  return [...byBeginning].map(([value, ids]) => ({
    value,
    about: value.endsWith(".") ? quantity(ids.length, "check") : (titles.get(value) ?? ""),
  }));
}
