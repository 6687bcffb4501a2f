import { expect, it } from "vitest";
import { stateOfLine } from "../../test/fixtures/held-line.ts";
import { DRILL_FIGURES } from "./drill-figures.ts";
import { pass } from "./outcome.ts";

const minutes = (count: number): number => count * 60_000;

it.each<[drill: "restore" | "rollback", line: string, measured: Record<string, number>, state: string]>([
  ["restore", "Restore tested, RTO < 30 minutes", { restoreMs: minutes(12) }, "go"],
  ["restore", "Restore tested, RTO < 10 minutes", { restoreMs: minutes(12) }, "failing"],
  ["rollback", "Rollback within 5 minutes", { backMs: minutes(1) }, "go"],
  ["rollback", "Rollback within 5 minutes", { backMs: minutes(6) }, "failing"],
])("drill %s, %s, by %j: %s", (drill, line, measured, state) => {
  const check = { id: `drill.${drill}`, figures: DRILL_FIGURES[`drill.${drill}`] };
  expect(stateOfLine(`${line} <!-- gonogo: drill ${drill} -->`, check, pass("held", measured))).toBe(state);
});
