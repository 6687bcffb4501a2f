import { describe, expect, it } from "vitest";
import { type AskedFigure, type HeldFigures, holdFigure } from "./asked-figure.ts";
import type { Item } from "./item.ts";
import { notApplicable, pass, warn } from "./outcome.ts";
import { settingPrint } from "./setting-print.ts";
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
  expect(holdFigure(asks(value, value, name), { [name]: held }, { measured: { m: seen } })?.isKept).toBe(
    kept,
  );
});

function stateOf(item: Partial<Item>, outcome = pass("60 % in use", { usedShare: 0.6 }), figures = DISK) {
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
    figures,
  };
  const [verdict] = judge({
    items: [line],
    evidence: [evidence],
    signOffs: [],
    waivers: [],
    salt: "salt",
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

describe("a variable that a line names", () => {
  const held: HeldFigures = { variable: { setting: "is set" }, value: { setting: "is the same" } };
  const salt = "salt";
  const settings = { MODE: settingPrint("MODE", "require", salt), LATER: null };
  const named = (name: string): AskedFigure => ({ name: "variable", value: name, said: name, by: "L:1" });
  const given = (of: string, value: string): AskedFigure => ({
    name: "value",
    value,
    of,
    said: value,
    by: "L:1",
  });

  it.each<[AskedFigure, boolean | undefined]>([
    [named("MODE"), true],
    [named("OTHER"), false],
    [given("MODE", "require"), true],
    [given("MODE", '"require"'), true],
    [given("MODE", "Require"), false],
    [given("MODE", "prefer"), false],
    [given("OTHER", "require"), false],
  ])("%j", (asked, isKept) => {
    const answer = holdFigure(asked, held, { settings, salt });
    expect(answer?.isKept).toBe(isKept);
    expect(answer?.says ?? "").not.toMatch(/require|prefer/i);
  });

  it("says nothing of what the first deploy supplies, nor of a value without a variable", () => {
    expect(holdFigure(given("LATER", "x"), held, { settings, salt })).toBeUndefined();
    expect(
      holdFigure({ ...given("MODE", "x"), of: undefined } as never, held, { settings, salt }),
    ).toBeUndefined();
  });

  it("cannot tell from evidence that looked at no value, and then the line is not GO", () => {
    expect(holdFigure(given("MODE", "require"), held, { salt })?.isKept).toBeUndefined();
    const item = { asks: [given("MODE", "require")] };
    expect(stateOf(item, pass("set"), held)).toEqual([
      "unknown",
      "MODE has not been looked at since L:1 names it: gonogo check",
      true,
    ]);
  });

  it("is asked in environments of the line's own stage only, and every figure is held", () => {
    const seen = { ...pass("set"), settings };
    const wrong = { ...given("MODE", "prefer"), stage: "staging" as const };
    expect(stateOf({ asks: [wrong] }, seen, held)[0]).toBe("go");
    expect(
      stateOf({ asks: [given("MODE", "require"), { ...wrong, stage: "production" }] }, seen, held),
    ).toEqual(["failing", "MODE is set, but not to what L:1 asks for", true]);
  });

  it("has no value where no variable applies", () => {
    const moot = { ...notApplicable("no component declares a variable"), settings: {} };
    expect(stateOf({ asks: [named("MODE")] }, moot as never, held)[0]).toBe("failing");
    expect(stateOf({}, moot as never, held)[0]).toBe("not applicable");
  });

  it("is seen where nobody declares a variable, and not told where nobody looked", () => {
    const moot = notApplicable("no component declares a variable");
    const item = { asks: [given("MODE", "require")] };
    expect(stateOf(item, { ...moot, settings } as never, held)[0]).toBe("not applicable");
    expect(stateOf(item, moot as never, held)[0]).toBe("unknown");
  });

  it("is no name that every object has", () => {
    expect(holdFigure(named("constructor"), held, { settings, salt })?.isKept).toBe(false);
  });
});

it.each([
  ["True", "true", true],
  ["https://a.b/", "https://a.b", true],
  ["  x ", "x", true],
  ["1", "true", false],
  ["a/", "a", false],
])("recognises %j as %j: %s", (one, other, isSame) => {
  expect(settingPrint("A", one, "s") === settingPrint("A", other, "s")).toBe(isSame);
  expect(settingPrint("A", one, "s")).not.toBe(settingPrint("B", one, "s"));
  expect(settingPrint("A", one, "s")).not.toBe(settingPrint("A", one, "t"));
});
