import type { AnyComponentKind } from "../model/component.ts";
import type { Launch } from "../model/launch.ts";
import type { LineBinding } from "./bind-checklist.ts";
import { componentCall } from "./component-call.ts";
import { IMPLIED_COMPONENTS } from "./implied-components.ts";

/** Something the list implies and the declaration lacks. */
export interface Proposal {
  /** What it would answer: "components", "promises", "variables". */
  readonly under: "components" | "promises" | "variables";
  /** The line to add: `cache: redis(),`. Undefined: nothing there is can answer it yet. */
  readonly add: string | undefined;
  readonly why: string;
  readonly lines: readonly number[];
}

/** Components that lines ask for, by their checks or by name, and that are not declared. */
export function componentProposals(
  lines: readonly LineBinding[],
  kinds: ReadonlyMap<string, AnyComponentKind>,
  launch: Launch | undefined,
): Proposal[] {
  const declared = new Set([...STANDARD, ...(launch?.components ?? []).map(({ kind }) => kind.kind)]);
  const wanted = new Map<string, Wanted>();
  for (const line of lines) {
    for (const want of [...namedBy(line), ...checkedBy(line, kinds)]) {
      if (declared.has(want.kind)) continue;
      const key = `${want.kind} ${want.argument ?? ""} ${kinds.has(want.kind) ? "" : want.product}`;
      const known = wanted.get(key);
      if (known) known.lines.push(line);
      else wanted.set(key, { ...want, lines: [line] });
    }
  }
  return [...wanted.values()].map((want) => proposal(want, kinds)).sort((a, b) => rank(a) - rank(b));
}

/** Every application has them, whether or not its declaration has a word to say on them. */
const STANDARD = ["variables", "repository"];

interface Want {
  readonly kind: string;
  readonly argument?: string | undefined;
  readonly product: string;
}
interface Wanted extends Want {
  readonly lines: LineBinding[];
}

function namedBy({ item }: LineBinding): Want[] {
  return IMPLIED_COMPONENTS.filter(({ words }) => words.test(item.text));
}

/** A line bound to checks that only one kind of component has asks for one. */
function checkedBy({ binding }: LineBinding, kinds: ReadonlyMap<string, AnyComponentKind>): Want[] {
  if (binding?.by !== "checks") return [];
  const owners = new Set(
    binding.checks.flatMap(({ check }) => {
      const having = [...kinds.values()].filter(({ checks }) => checks.some(({ id }) => id === check));
      return having.map(({ kind }) => kind).join(" ");
    }),
  );
  return [...owners]
    .filter((kind) => kind !== "" && !kind.includes(" "))
    .map((kind) => ({ kind, product: kind }));
}

function proposal(
  { kind, argument, product, lines }: Wanted,
  kinds: ReadonlyMap<string, AnyComponentKind>,
): Proposal {
  const numbers = [...new Set(lines.map(({ item }) => item.line))].sort((a, b) => a - b);
  const speaks = `${many(numbers)} of ${product}`;
  if (!kinds.has(kind)) {
    return {
      under: "components",
      add: undefined,
      why: `${speaks}: no component for ${product} yet, so a person answers`,
      lines: numbers,
    };
  }
  return { under: "components", add: componentCall(kind, { argument, lines }), why: speaks, lines: numbers };
}

/** "line 41 speaks", "lines 41, 44 and 3 more speak". */
export function many(lines: readonly number[]): string {
  const [only, second] = lines;
  if (second === undefined) return `line ${only} speaks`;
  const more = lines.length > 4 ? ` and ${lines.length - 4} more` : "";
  return `lines ${lines.slice(0, 4).join(", ")}${more} speak`;
}

function rank({ add }: Proposal): number {
  return add === undefined ? 1 : 0;
}
