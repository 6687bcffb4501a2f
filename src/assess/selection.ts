import { reachOf } from "../model/check.ts";
import type { Reach } from "../model/fact.ts";
import type { CheckReference, Item } from "../model/item.ts";
import type { Launch } from "../model/launch.ts";
import { chosenBy } from "./choice.ts";
import { type Question, questionsOf, refersTo } from "./question.ts";

export interface SelectionRequest {
  readonly launch: Launch;
  readonly items: readonly Item[];
  /** Check ids, component names, prefixes ("postgres."), item ids; absent or empty: everything. */
  readonly only?: readonly string[];
  /** What can be seen yet; absent: everything. */
  readonly reach?: readonly Reach[];
}

export interface Selection {
  readonly questions: readonly Question[];
  /** What a verdict over these questions alone is about: each line narrowed to the checks that are asked. */
  readonly items: readonly Item[];
}

/** Which questions to ask and which lines that answers. Throws UserError when `only` names something unknown. */
export function select({ launch, items, only = [], reach }: SelectionRequest): Selection {
  const all = questionsOf(launch);
  const choice = only.length > 0 ? chosenBy(only, all, items) : undefined;
  const questions = all.filter(
    (each) =>
      (choice === undefined || choice.questions.has(each)) &&
      (reach === undefined || reach.includes(reachOf(each.check))),
  );
  const narrowed = items.flatMap((item): Item[] => {
    const whole = choice === undefined || choice.items.has(item.id);
    const { declared = [] } = item;
    const isSeen = questions.some((question) => declared.some((each) => refersTo(each, question)));
    if (item.answeredBy.by !== "checks") return whole || (choice !== undefined && isSeen) ? [item] : [];
    const references = item.answeredBy.checks;
    const asked = questions.filter((question) => references.some((each) => refersTo(each, question)));
    // A line bound to a check that nothing here has can never be answered: it stays, to be seen and to block.
    const orphans = references.filter((reference) => !all.some((each) => refersTo(reference, each)));
    const checks = [...asked.map(referenceTo), ...(whole ? orphans : [])];
    const empty = references.length === 0 && whole;
    if (checks.length === 0 && !empty) return [];
    const isWhole = references.every((reference) => checks.some((each) => each.check === reference.check));
    return [
      { ...item, ...(!isWhole && { isNarrowed: true }), answeredBy: { by: "checks" as const, checks } },
    ];
  });
  return { questions, items: narrowed };
}

function referenceTo({ component, check }: Question): CheckReference {
  return { check: check.id, component };
}
