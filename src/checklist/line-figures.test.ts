import { expect, it } from "vitest";
import { stateOfLine } from "../../test/fixtures/held-line.ts";
import type { HeldFigures } from "../model/asked-figure.ts";
import { pass } from "../model/outcome.ts";

const figures: HeldFigures = { "at-most": { measured: "usedShare", keeps: "no more", in: "share" } };

it.each<[line: string, state: string]>([
  ["Disk usage below 70 %", "failing"],
  ["Disk usage below 90 %", "go"],
  ["Disk space used < 70%", "failing"],
  ["Disk space low (<10%)", "go"],
  ["Disk space < 10%", "go"],
  ["Low disk (<10%)", "go"],
])("a share of what is in use is held, one of what is left is not: %s", (line, state) => {
  expect(stateOfLine(line, { id: "host.disk.headroom", figures }, pass("75 %", { usedShare: 0.75 }))).toBe(
    state,
  );
});
