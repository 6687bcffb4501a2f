import { expect, it } from "vitest";
import { QUIET_DRILLS } from "../model/drill.ts";
import { checkOf } from "./drill.ts";
import { DRILLS } from "./registry.ts";

it("are told apart alike by the verdict and by whoever holds them", () => {
  expect(DRILLS.filter(({ disturbsNobody }) => disturbsNobody).map(checkOf)).toEqual([...QUIET_DRILLS]);
});
