import { expect, it } from "vitest";
import { DRILLS as HELD } from "../drills/registry.ts";
import { DRILLS as ASKED_FOR } from "./drill-asks.ts";

it("asks for the drills there are, and for no other", () => {
  expect(ASKED_FOR.map(({ id }) => id).sort()).toEqual(HELD.map(({ name }) => `drill.${name}`).sort());
});
