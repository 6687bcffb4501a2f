import { expect, it } from "vitest";
import { meant, noSuch } from "./no-such.ts";

const ENVIRONMENTS = ["staging", "production"];

it.each([
  ["stagin", ' (did you mean "staging"?)'],
  ["Production", ' (did you mean "production"?)'],
  ["prod", ' (did you mean "production"?)'],
  ["elsewhere", ""],
  ["", ""],
])("knows what %j is near to", (word, said) => {
  expect(meant(word, ENVIRONMENTS)).toBe(said);
});

it("says nothing where a beginning fits two", () => {
  expect(meant("re", ["releases", "restore"])).toBe("");
});

it("names all there are, or what to do where there are none", () => {
  expect(noSuch("release", "r9", { known: ["r1"], none: "gonogo deploy" }).fix).toBe("one of: r1");
  expect(noSuch("release", "r9", { known: [], none: "gonogo deploy" }).fix).toBe("gonogo deploy");
});
