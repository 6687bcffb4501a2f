import { describe, expect, it } from "vitest";
import { lengthOption, untilOption, withinLongest } from "./length-option.ts";

const NOW = Date.UTC(2026, 10, 21, 9);
const HOUR = 3_600_000;
const given = (options: Record<string, string>) => ({ args: [], options });

describe("how long", () => {
  it.each([
    ["2026-11-21", 15 * HOUR],
    ["2026-11-22", 39 * HOUR],
    ["2026-11-21T10:00Z", HOUR],
    ["2026-11-21T11:00+01:00", HOUR],
  ])("until %s is to its end, in UTC", (until, length) => {
    expect(untilOption(given({ until }), NOW)).toBe(length);
  });

  it.each([
    ["2026-11-20", "is over"],
    ["2026-11-21T09:00Z", "is over"],
    ["2026-02-30", "is no time"],
    ["2026-11-21T10:00", "is no time"],
    ["tomorrow", "is no time"],
  ])("until %s is refused", (until, told) => {
    expect(() => untilOption(given({ until }), NOW)).toThrow(told);
  });

  it("for a length of time, and not longer than may be", () => {
    expect(lengthOption(given({ for: "12h" }), "for")).toBe(12 * HOUR);
    for (const words of ["0d", "-1d", "soon", ""]) {
      expect(() => lengthOption(given({ for: words }), "for")).toThrow("is not a length of time");
    }
    expect(() => lengthOption(given({}), "for")).toThrow("say how long: --for is missing");
    expect(() => withinLongest(HOUR, HOUR, "a waiver")).not.toThrow();
    expect(() => withinLongest(HOUR + 1, HOUR, "a waiver")).toThrow("a waiver lasts 1 h at most");
  });
});
