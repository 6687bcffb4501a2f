import type { Launch } from "../../model/launch.ts";
import { STANDARD_KINDS } from "../../model/standard-kinds.ts";
import type { LineBinding } from "../bind-checklist.ts";
import type { KnownKinds } from "../known-kinds.ts";
import { componentCall } from "./component-call.ts";
import { IMPLIED_COMPONENTS } from "./implied-components.ts";

/** Something the list implies and the declaration lacks. */
export interface Proposal {
  /** Where it belongs in the declaration. */
  readonly under: "components" | "promises" | "deploy.rollbackOn" | "alerts.thresholds" | "variables";
  /** The line to add: `cache: redis(),`. Undefined: nothing there is can answer it yet. */
  readonly add: string | undefined;
  readonly why: string;
  readonly lines: readonly number[];
  /** Of a component that can be added: its kind. */
  readonly kind?: string;
}

/** Components that lines ask for, by their checks or by name, and that are not declared. */
export function componentProposals(
  lines: readonly LineBinding[],
  kinds: KnownKinds,
  launch: Launch | undefined,
): Proposal[] {
  const ownersOf = ownersByCheck(kinds);
  const declared = new Set([...STANDARD_KINDS, ...(launch?.components ?? []).map(({ kind }) => kind.kind)]);
  const wanted = new Map<string, Wanted>();
  for (const line of lines) {
    for (const want of [...namedBy(line), ...checkedBy(line, ownersOf)]) {
      if (declared.has(want.kind)) continue;
      // "Uptime is monitored (UptimeRobot)" has its answer, whoever else could give it.
      if (!kinds.has(want.kind) && line.binding?.by !== "person") continue;
      const key = `${want.kind} ${want.argument ?? ""} ${kinds.has(want.kind) ? "" : (want.product ?? "")}`;
      const known = wanted.get(key);
      if (known) {
        known.products.push(want.product);
        known.lines.push(line);
      } else wanted.set(key, { ...want, products: [want.product], lines: [line] });
    }
  }
  return [...wanted.values()].map((want) => proposal(want, kinds)).sort((a, b) => rank(a) - rank(b));
}

interface Want {
  readonly kind: string;
  readonly argument?: string | undefined;
  /** As the line calls it; undefined when only its check says so. */
  readonly product: string | undefined;
}
interface Wanted extends Want {
  readonly products: (string | undefined)[];
  readonly lines: LineBinding[];
}

/** Few lines name a product: one look at them all spares most lines seventy. */
const ANY_PRODUCT = new RegExp(IMPLIED_COMPONENTS.map(({ words }) => words.source).join("|"), "i");

function namedBy({ item }: LineBinding): Want[] {
  if (!ANY_PRODUCT.test(item.text)) return [];
  return IMPLIED_COMPONENTS.filter(({ words }) => words.test(item.text));
}

/** A line bound to checks that only one kind of component has asks for one. */
function checkedBy({ binding }: LineBinding, ownersOf: ReadonlyMap<string, readonly string[]>): Want[] {
  if (binding?.by !== "checks") return [];
  const owners = binding.checks.map(({ check }) => ownersOf.get(check) ?? []);
  const only = new Set(owners.flatMap((kinds) => (kinds.length === 1 ? kinds : [])));
  return [...only].map((kind) => ({ kind, product: undefined }));
}

/** The kinds of component that have a check, by its id. */
function ownersByCheck(kinds: KnownKinds): Map<string, string[]> {
  const owners = new Map<string, string[]>();
  for (const { kind, checks } of kinds.values()) {
    for (const id of new Set(checks.map((check) => check.id)))
      owners.set(id, [...(owners.get(id) ?? []), kind]);
  }
  return owners;
}

function proposal({ kind, argument, products, lines }: Wanted, kinds: KnownKinds): Proposal {
  const numbers = [...new Set(lines.map(({ item }) => item.line))].sort((a, b) => a - b);
  const named = [...new Set(products.filter((each) => each !== undefined))].join(", ");
  const isNamedThroughout = products.every((each) => each !== undefined);
  const asks = isNamedThroughout
    ? `${linesNamed(numbers)} ${numbers.length === 1 ? "speaks" : "speak"} of ${named}`
    : `${linesNamed(numbers)} ${numbers.length === 1 ? "asks" : "ask"} for it${named === "" ? "" : ` (${named})`}`;
  const known = kinds.get(kind);
  if (known) {
    return {
      under: "components",
      add: componentCall(known, { argument, lines }),
      why: asks,
      lines: numbers,
      kind,
    };
  }
  const why = `${asks}: no component for ${named} yet, so a person answers`;
  return { under: "components", add: undefined, why, lines: numbers };
}

/** "line 41", "lines 41, 44 and 3 more". */
export function linesNamed(lines: readonly number[]): string {
  const more = lines.length > 4 ? ` and ${lines.length - 4} more` : "";
  return `${lines.length === 1 ? "line" : "lines"} ${lines.slice(0, 4).join(", ")}${more}`;
}

function rank({ add }: Proposal): number {
  return add === undefined ? 1 : 0;
}
