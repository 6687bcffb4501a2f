import type { Launch } from "../../model/launch.ts";
import type { LineBinding } from "../bind-checklist.ts";
import { isMilder } from "../contradictions.ts";
import type { FigureName } from "../figures/figure.ts";
import { saidBy } from "../line-figures.ts";
import { windowOf } from "../metric-window.ts";
import { linesNamed, type Proposal } from "./proposals.ts";

const PROMISES: readonly (readonly [name: FigureName, write: (value: string) => string])[] = [
  ["availability", (value) => `availability: "${value}",`],
  ["p50", (value) => `latency: { p50: "${value}" },`],
  ["p95", (value) => `latency: { p95: "${value}" },`],
  ["p99", (value) => `latency: { p99: "${value}" },`],
  ["errors", (value) => `errors: "${value}",`],
  ["rollback", (value) => `rollback: "${value}",`],
];

/** Promises that the list makes and the declaration lacks: the mildest of each, which all of its lines hold. */
export function promiseProposals(lines: readonly LineBinding[], launch: Launch): Proposal[] {
  const { availability, latency, errors, rollbackMs } = launch.promises;
  const promised: Partial<Record<FigureName, unknown>> = {
    availability,
    p50: latency.p50Ms,
    p95: latency.p95Ms,
    p99: latency.p99Ms,
    errors,
    rollback: rollbackMs,
  };
  return PROMISES.flatMap(([name, write]): Proposal[] => {
    if (promised[name] !== undefined) return [];
    const saying = lines.flatMap(({ item }) =>
      saidBy(item).flatMap(({ name: of, value }): Saying[] =>
        of === name ? [{ line: item.line, value, window: windowOf(item) }] : [],
      ),
    );
    const mildest = mildestOf(name, saying);
    if (mildest === undefined) return [];
    const numbers = [...new Set(saying.map(({ line }) => line))];
    const add = overWindows(name, saying) ?? write(mildest);
    return [{ under: "promises", add, why: linesNamed(numbers), lines: numbers }];
  });
}

interface Saying {
  readonly line: number;
  readonly value: string;
  readonly window: string | undefined;
}

function mildestOf(name: FigureName, saying: readonly Saying[]): string | undefined {
  return saying.toSorted((a, b) => (isMilder(name, a.value, b.value) ? -1 : 1))[0]?.value;
}

/** "99.9 % in week 1, 99.95 % in month 1": one promise for each time, where the list has several. */
function overWindows(name: FigureName, saying: readonly Saying[]): string | undefined {
  if (name !== "availability" && name !== "errors") return undefined;
  const windows = [...new Set(saying.flatMap(({ window }) => window ?? []))];
  if (windows.length < 2) return undefined;
  const each = windows.map((window) => {
    const value = mildestOf(
      name,
      saying.filter((one) => one.window === window),
    );
    return `"${window}": "${value}"`;
  });
  return `${name}: { ${each.join(", ")} },`;
}
