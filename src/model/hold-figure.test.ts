import { describe, expect, it } from "vitest";
import type { AskedFigure, HeldFigures } from "./asked-figure.ts";
import { findingFingerprint } from "./finding.ts";
import { holdFigure } from "./hold-figure.ts";
import type { Item } from "./item.ts";
import { fail, notApplicable, pass, warn } from "./outcome.ts";
import type { SeenSetting } from "./seen-setting.ts";
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

function stateOf(
  item: Partial<Item>,
  outcome = pass("60 % in use", { usedShare: 0.6 }),
  figures = DISK,
  accepted: readonly string[] = [],
) {
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
    waivers: accepted.map((finding) => ({
      environment: "production",
      finding,
      by: "Ada",
      at: 0,
      until: Number.MAX_SAFE_INTEGER,
      reason: "small",
    })),
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
  const held: HeldFigures = {
    variable: { setting: "is set" },
    value: { setting: "is the same" },
    quality: { setting: "has the quality" },
  };
  const salt = "salt";
  const seen = (change: Partial<SeenSetting> = {}): SeenSetting => ({
    print: settingPrint("MODE", "require", salt),
    characters: 7,
    bits: 35,
    faults: [],
    ...change,
  });
  const settings = { MODE: seen(), SAMPLE: seen({ faults: ["placeholder"] }), LATER: null };
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
    [named("SAMPLE"), false],
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
    const outcome = { ...pass("set"), settings };
    const wrong = { ...given("MODE", "prefer"), stage: "staging" as const };
    expect(stateOf({ asks: [wrong] }, outcome, held)[0]).toBe("go");
    expect(
      stateOf({ asks: [given("MODE", "require"), { ...wrong, stage: "production" }] }, outcome, held),
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
    expect(stateOf(item, { ...moot, settings } as never, held)).toEqual([
      "go",
      "MODE is what L:1 asks for",
      false,
    ]);
    const set = { asks: [named("MODE")] };
    expect(stateOf(set, { ...moot, settings } as never, held)[0]).toBe("not applicable");
    expect(stateOf(set, { ...moot, undeclared: true, settings } as never, held)[0]).toBe("go");
    expect(stateOf(item, moot as never, held)[0]).toBe("unknown");
  });

  it.each<[string, Partial<SeenSetting>, string | undefined]>([
    ["strong", {}, undefined],
    ["strong", { faults: ["guessable"] }, "can be guessed"],
    ["production", { faults: ["guessable", "wildcard"] }, undefined],
    ["production", { faults: ["of a test"] }, "is a test's credential"],
    ["no-wildcard", { faults: ["wildcard"] }, "names everybody"],
    ["32-characters", { characters: 32 }, undefined],
    ["32-characters", { characters: 31, bits: 300 }, "less than 32 characters"],
    ["256-bits", { bits: 256, characters: 9 }, undefined],
    ["256-bits", { bits: 255 }, "less than 256 bits"],
    ["32-bytes", { characters: 32, bits: 190 }, undefined],
    ["32-bytes", { characters: 31, bits: 255 }, "less than 32 bytes"],
    ["sk_live_*", { begins: "sk_live_" }, undefined],
    ["sk_live_*", { begins: "sk_test_" }, "does not begin with sk_live_"],
    ["sk_live_*", {}, "does not begin with sk_live_"],
    ["sk-*", { begins: "sk-proj-" }, undefined],
    ["redis://*", { begins: "rediss://" }, undefined],
    ["http://*", { begins: "https://" }, "does not begin with http://"],
    ["unlike-OTHER", { sameAs: ["THIRD"] }, undefined],
    ["unlike-OTHER", { sameAs: ["THIRD", "OTHER"] }, "MODE has the same value as OTHER"],
    ["unset", {}, "has a value"],
  ])("may have to be %s: %j", (value, change, short) => {
    const asked: AskedFigure = { name: "quality", value, of: "MODE", said: value, by: "L:1" };
    const answer = holdFigure(asked, held, { settings: { MODE: seen(change) }, salt });
    expect(answer?.isKept).toBe(short === undefined);
    expect(answer?.says).toContain(short ?? `MODE is as L:1 asks: ${value}`);
  });

  it("is as nothing is that a comment has misspelt, and unset where it is not there", () => {
    const asked = (value: string, of: string): AskedFigure => ({
      name: "quality",
      value,
      of,
      said: value,
      by: "L:1",
    });
    expect(holdFigure(asked("stong", "MODE"), held, { settings, salt })).toMatchObject({
      isKept: undefined,
      says: expect.stringContaining('"stong" is no quality'),
    });
    expect(holdFigure(asked("unset", "OTHER"), held, { settings, salt })?.isKept).toBe(true);
    expect(holdFigure(asked("strong", "OTHER"), held, { settings, salt })).toBeUndefined();
    expect(holdFigure(asked("strong", "LATER"), held, { settings, salt })).toBeUndefined();
  });

  it("was not looked at by an earlier version, which kept the print alone", () => {
    const earlier = { MODE: settings.MODE.print } as never;
    for (const asked of [named("MODE"), given("MODE", "require")])
      expect(holdFigure(asked, held, { settings: earlier, salt })?.isKept).toBeUndefined();
  });

  it("is no more than what somebody has accepted for a while", () => {
    const weak = fail("MODE can be guessed", { expected: "", found: "", fix: "", findings: ["MODE"] });
    const seenWeak = { ...weak, settings: { MODE: seen({ faults: ["guessable"] }) } };
    const strong: AskedFigure = { name: "quality", value: "strong", of: "MODE", said: "strong", by: "L:1" };
    expect(stateOf({ asks: [strong] }, seenWeak as never, held)[0]).toBe("failing");
    const waived = stateOf({ asks: [strong] }, seenWeak as never, held, [
      findingFingerprint("host", "host.disk.headroom", "MODE"),
    ]);
    expect(waived[0]).toBe("waived");
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
