import { expect, it } from "vitest";
import { parseInstant } from "./instant.ts";

it.each([
  ["2026-12-01T09:00Z", Date.UTC(2026, 11, 1, 9)],
  ["2026-12-01 09:00:30Z", Date.UTC(2026, 11, 1, 9, 0, 30)],
  ["2026-12-01T09:00+01:00", Date.UTC(2026, 11, 1, 8)],
  ["2026-12-01T09:00-03:30", Date.UTC(2026, 11, 1, 12, 30)],
  ["2028-02-29T00:00Z", Date.UTC(2028, 1, 29)],
  ["2026-12-01T09:00", undefined],
  ["2026-12-01", undefined],
  ["2026-02-30T09:00Z", undefined],
  ["2026-13-01T09:00Z", undefined],
  ["2026-12-01T24:00Z", undefined],
  ["2026-12-01T09:60Z", undefined],
  ["2026-12-01T09:00+24:00", undefined],
  ["tomorrow", undefined],
])("%s", (text, expected) => {
  expect(parseInstant(text)).toBe(expected);
});
