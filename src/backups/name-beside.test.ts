import fc from "fast-check";
import { expect, it } from "vitest";
import { expectName, halfMadeName, nameBeside } from "./name-beside.ts";

const SUFFIX = "_incoming_b20261121t073000z_4f2a";
const bytes = (name: string) => Buffer.byteLength(name);

it("is the live one's with what it is for, as far as there is room", () => {
  expect(nameBeside("shop", "_until_20261121_073000")).toBe("shop_until_20261121_073000");
  expect(nameBeside("customer_portal_production", SUFFIX)).toMatch(/^customer_portal?_\w{6}_incoming_b2026/);
});

it("fits with what says that it is half made, keeps its end, and is another for another database", () => {
  const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 63 });
  fc.assert(
    fc.property(name, name, (live, other) => {
      const beside = nameBeside(live, SUFFIX);
      expect(bytes(beside)).toBeLessThanOrEqual(53);
      expect(beside.endsWith(SUFFIX)).toBe(true);
      expect(halfMadeName(beside)).toBe(`${beside}_half_made`);
      if (live !== other) expect(nameBeside(other, SUFFIX)).not.toBe(beside);
    }),
  );
});

it("is cut between characters where somebody chose a long one to be made", () => {
  const chosen = "日".repeat(21);
  expect(halfMadeName(chosen)).toBe(`${"日".repeat(17)}_half_made`);
  expectName(chosen);
  expect(() => expectName(`${chosen}x`)).toThrow(/it has 64 bytes, 63 are the most/);
});
