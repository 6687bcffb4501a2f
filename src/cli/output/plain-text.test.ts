import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { harmless, widthOf, wrap } from "./plain-text.ts";

const anyText = fc.string({ unit: "binary", maxLength: 300 });

describe("text from outside", () => {
  it.each([
    ["a\u001b[31mred\u001b[0m", "a\\x1b[31mred\\x1b[0m"],
    ["title\u001b]0;gone\u0007", "title\\x1b]0;gone\\x07"],
    ["over\rwritten", "over written"],
    ["two\r\nlines", "two lines"],
    ["tab\there", "tab  here"],
    ["nul\u0000del\u007fc1\u009b", "nul\\x00del\\x7fc1\\x9b"],
    ["evil\u202etxt.exe", "evil\\u202etxt.exe"],
    ["Grüße 世界 🙂", "Grüße 世界 🙂"],
  ])("%j becomes %j", (text, safe) => {
    expect(harmless(text)).toBe(safe);
  });

  it("keeps its line ends when they are wanted", () => {
    expect(harmless("a\r\nb\nc\rd", { lines: true })).toBe("a\nb\nc\nd");
  });

  it("never moves the cursor, rings or turns the direction", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(harmless(text)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029]/u);
        expect(harmless(text, { lines: true }).replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});

describe("the width of a text", () => {
  it.each([
    ["a–b → “c” ✓", 11],
    ["abc", 3],
    ["", 0],
    ["Grüße", 5],
    ["u\u0308", 1],
    ["世界", 4],
    ["🙂", 2],
    ["👩‍👩‍👧", 2],
    ["한글", 4],
    ["ｆｕｌｌ", 8],
    ["a\u200bb", 2],
  ])("of %j is %i", (text, width) => {
    expect(widthOf(text)).toBe(width);
  });

  it("is the same by the quick way and by the whole one", () => {
    const wide = Array.from({ length: 0x3400 - 0x20 }, (_, at) => String.fromCodePoint(at + 0x20))
      .filter((sign) => !/[\p{M}\p{Cc}\p{Cf}]/u.test(sign))
      .filter((sign) => widthOf(sign) !== widthOf(`${sign}\u0301`));
    expect(wide).toEqual([]);
  });
});

describe("wrapping", () => {
  it.each([
    ["one two three", 10, ["one two", "three"]],
    ["abcdefghijklmnopqrstuvw xyz", 10, ["abcdefghij", "klmnopqrst", "uvw xyz"]],
    ["a\nb", 10, ["a", "b"]],
    ["世界世界世界 x", 10, ["世界世界世", "界 x"]],
    ["short", 100, ["short"]],
    ["", 10, [""]],
    ["ends with a space ", 40, ["ends with a space"]],
    [
      'add csp "default-src self; img-src *" to it',
      12,
      ["add csp", '"default-src self; img-src *"', "to it"],
    ],
    ["run `gonogo deploy --env staging` again", 12, ["run", "`gonogo deploy --env staging`", "again"]],
    [
      "Next: gonogo restore b2 --component db --env staging, then look",
      20,
      ["Next:", "gonogo restore b2 --component db --env staging,", "then look"],
    ],
    [
      'gonogo silence add api --for 1h --reason "a b" again',
      12,
      ['gonogo silence add api --for 1h --reason "a b"', "again"],
    ],
    ["gonogo serve takes over then", 12, ["gonogo serve", "takes over", "then"]],
    ["in /tmp/some/where/far/away now", 10, ["in", "/tmp/some/where/far/away", "now"]],
    ["sign privacy-policy-approved, now", 10, ["sign", "privacy-policy-approved,", "now"]],
    [`head ${"0a1b".repeat(10)} now`, 10, ["head", "0a1b".repeat(10), "now"]],
    ["the users' own and Ada's words", 12, ["the users'", "own and", "Ada's words"]],
    ["so:\n  header X a b c d e f", 10, ["so:", "  header X a b c d e f"]],
    ["not for a terminal", Number.POSITIVE_INFINITY, ["not for a terminal"]],
  ])("%j at %i", (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });

  it("never makes a line of prose wider than asked and never loses a sign", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 10, max: 100 }), (text, width) => {
        const safe = harmless(text, { lines: true });
        const lines = wrap(safe, width);
        const isProse = !/["'`/]|\w[-._]\w|^ /m.test(safe);
        for (const each of isProse ? lines : []) expect(widthOf(each)).toBeLessThanOrEqual(width);
        expect(lines.join("").replace(/\s/g, "")).toBe(safe.replace(/\s/g, ""));
      }),
    );
  });
});
