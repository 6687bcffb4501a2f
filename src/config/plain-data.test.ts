import fc from "fast-check";
import { expect, test } from "vitest";
import { toPlainData } from "./plain-data.ts";

test("data of any shape comes through as it is", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const { data, problems } = toPlainData(value);
      expect(problems).toEqual([]);
      expect(structuredClone(data)).toEqual(structuredClone(value));
    }),
  );
});

test("whatever is not data is told with its path, and nothing throws", () => {
  fc.assert(
    fc.property(
      fc.anything({ withDate: true, withMap: true, withBigInt: true, withSparseArray: true }),
      (value) => {
        const { data } = toPlainData({ value });
        structuredClone(data);
      },
    ),
  );
});

test("circles, getters that throw and too much of it end", () => {
  const circle: { self?: unknown; twice: object[] } = { twice: [] };
  const same = { a: 1 };
  circle.twice = [same, same];
  circle.self = circle;
  expect(toPlainData(circle)).toMatchObject({
    data: { twice: [{ a: 1 }, { a: 1 }] },
    problems: [{ path: ["self"], found: "an object that contains itself" }],
  });
  const throwing = Object.defineProperty({}, "a", {
    enumerable: true,
    get: () => {
      throw new Error("canary");
    },
  });
  expect(toPlainData(throwing).problems).toMatchObject([{ found: "an object that cannot be read" }]);
  expect(toPlainData(Array.from({ length: 300 }, () => new Array(1_000).fill(1))).problems).toHaveLength(1);
  const deep = Array.from({ length: 10_000 }).reduce<unknown>((inner) => [inner], 1);
  expect(toPlainData(deep).problems).toHaveLength(1);
});
