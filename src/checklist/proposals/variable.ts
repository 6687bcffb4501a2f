import { closest, distance } from "fastest-levenshtein";
import type { Launch } from "../../model/launch.ts";
import type { LineBinding } from "../bind-checklist.ts";
import { saidBy } from "../line-figures.ts";
import { linesNamed, type Proposal } from "./proposals.ts";

/** Variables that the list names and the declaration does not; `brought`: what proposed components come with. */
export function variableProposals(
  lines: readonly LineBinding[],
  launch: Launch,
  brought: ReadonlySet<string>,
): Proposal[] {
  const declared = [...launch.variables.map(({ name }) => name), ...brought];
  const named = new Map<string, number[]>();
  for (const { item } of lines) {
    const said = saidBy(item);
    for (const { name, value } of said) {
      if (said.some((each) => each.of === value && each.value === "unset")) continue;
      if (name !== "variable" || declared.includes(value) || PLATFORM.has(value)) continue;
      named.set(value, [...(named.get(value) ?? []), item.line]);
    }
  }
  return [...named].map(([name, numbers]): Proposal => {
    const near = nearOne(name, declared);
    const meant = near === undefined ? "" : `; or is ${near} meant, which is declared?`;
    return {
      under: "variables",
      add: `${name}: { type: ${typeOf(name)} },`,
      why: `${linesNamed(numbers)}${meant}`,
      lines: numbers,
    };
  });
}

/** Set by every runtime or target, and declared by nobody. */
const PLATFORM: ReadonlySet<string> = new Set(["NODE_ENV", "PORT"]);

function typeOf(name: string): string {
  if (/(^|_)(URL|URI|ENDPOINT)$/.test(name)) return '"url"';
  return /(^|_)PORT$/.test(name) ? '"port"' : '"string"';
}

function nearOne(name: string, declared: readonly string[]): string | undefined {
  const near = declared.length === 0 ? undefined : closest(name, [...declared]);
  if (near === undefined) return undefined;
  const apart = distance(name, near);
  const isTypo = apart <= Math.max(2, name.length / 4);
  return isTypo || (apart <= name.length / 3 && isPartOf(name, near)) ? near : undefined;
}

/** "A_SECRET" of "A_SIGNING_SECRET", or the other way round; API_BASE_URL and DATABASE_URL are two things. */
function isPartOf(one: string, other: string): boolean {
  const [few = [], many = []] = [one.split("_"), other.split("_")].toSorted((a, b) => a.length - b.length);
  return few.every((part) => many.includes(part));
}
