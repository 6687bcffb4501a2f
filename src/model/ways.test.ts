import { expect, it } from "vitest";
import { ways } from "./ways.ts";

it("reads one way between two bars or line ends, blanks apart", () => {
  expect(
    ways(`
    backups enabled | daily backups
    restore, tried
  `),
  ).toEqual(["backups enabled", "daily backups", "restore, tried"]);
  expect(ways("\n")).toEqual([]);
});
