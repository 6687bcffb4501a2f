import type { Launch } from "../model/launch.ts";
import type { LineBinding } from "./bind-checklist.ts";
import { isMilder } from "./contradictions.ts";
import type { FigureName } from "./figures/figure.ts";
import { saidBy } from "./line-figures.ts";
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
      saidBy(item).flatMap((figure) =>
        figure.name === name ? [{ line: item.line, value: figure.value }] : [],
      ),
    );
    const [first] = saying.toSorted((a, b) => (isMilder(name, a.value, b.value) ? -1 : 1));
    if (!first) return [];
    const numbers = [...new Set(saying.map(({ line }) => line))];
    return [{ under: "promises", add: write(first.value), why: linesNamed(numbers), lines: numbers }];
  });
}
