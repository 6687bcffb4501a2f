import { expect, it } from "vitest";
import { type AskedFigure, type HeldFigures, holdFigure } from "./asked-figure.ts";
import type { Item } from "./item.ts";
import { pass, warn } from "./outcome.ts";
import { judge } from "./verdict.ts";

const DISK: HeldFigures = { "at-most": { measured: "usedShare", keeps: "no more", in: "share" } };
const asks = (value: string, said = `< ${value}`, name = "at-most"): AskedFigure => ({
  name,
  value,
  said,
  by: "LAUNCH.md:41",
});

it.each<[string, string, HeldFigures[string], number, boolean | undefined]>([
  ["at-most", "80%", { measured: "m", keeps: "no more", in: "share" }, 0.8, true],
  ["at-most", "80%", { measured: "m", keeps: "no more", in: "share" }, 0.801, false],
  ["at-most", "80%", { measured: "m", keeps: "no more", in: "percent" }, 82, false],
  ["within", "100ms", { measured: "m", keeps: "no more", in: "ms" }, 99, true],
  ["expires-within", "30d", { measured: "m", keeps: "no less", in: "days" }, 29, false],
  ["memory", "1GB", { measured: "m", keeps: "no less", in: "bytes" }, 2_147_483_648, true],
  ["within", "80%", { measured: "m", keeps: "no more", in: "ms" }, 1, undefined],
  ["at-least", "12", { measured: "m", keeps: "no less", in: "count" }, 8, false],
])("%s %s against %j and %d", (name, value, held, seen, kept) => {
  expect(holdFigure(asks(value, value, name), { [name]: held }, { m: seen })?.isKept).toBe(kept);
});

function stateOf(item: Partial<Item>, outcome = pass("60 % in use", { usedShare: 0.6 })) {
  const line: Item = {
    id: "disk",
    text: "Disk",
    phase: "production",
    line: 41,
    path: [],
    claimed: false,
    answeredBy: { by: "checks", checks: [{ check: "host.disk.headroom" }] },
    ...item,
  };
  const evidence = {
    environment: "production",
    component: "host",
    check: "host.disk.headroom",
    outcome,
    observedAt: 1,
    freshUntil: 100,
    release: "r1",
    configuration: "c",
    facts: [],
    severity: "warning" as const,
    figures: DISK,
  };
  const [verdict] = judge({
    items: [line],
    evidence: [evidence],
    signOffs: [],
    waivers: [],
    environment: { name: "production", stage: "production" },
    now: { at: 2, release: "r1", configuration: "c" },
  }).items;
  return [verdict?.state, verdict?.reason, verdict?.blocks];
}

it("holds a line to its own figure, whatever its check is content with", () => {
  expect(stateOf({})).toEqual(["go", "60 % in use", false]);
  expect(stateOf({ asks: [asks("70%")] })).toEqual([
    "go",
    "60 % in use (asked by LAUNCH.md:41: at most 70%)",
    false,
  ]);
  expect(stateOf({ asks: [asks("50%")] })).toEqual([
    "failing",
    "60 %, asked by LAUNCH.md:41: at most 50%",
    true,
  ]);
  expect(stateOf({ asks: [asks("50%", "< 50%", "within")] })).toEqual(["go", "60 % in use", false]);
});

it("asks nothing where a line says when to act, or nothing was measured", () => {
  expect(stateOf({ role: "alert", asks: [asks("50%")] })[0]).toBe("go");
  expect(stateOf({ asks: [asks("50%")] }, pass("fine"))[0]).toBe("go");
  const full = warn("nearly full", { expected: "", found: "", fix: "", measured: { usedShare: 0.9 } });
  expect(stateOf({ asks: [asks("95%")] }, full as never)[0]).toBe("warning");
  expect(stateOf({ asks: [asks("70%")] }, full as never)[0]).toBe("failing");
});
