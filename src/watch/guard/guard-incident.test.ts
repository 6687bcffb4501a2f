import { expect, it } from "vitest";
import { kindOf } from "./guard-incident.ts";

it("tells of a way back as what the incident is by then", () => {
  expect(kindOf({ state: "open", toldAt: undefined })).toBe("firing");
  expect(kindOf({ state: "mitigated", toldAt: 1_000 })).toBe("still firing");
  expect(kindOf({ state: "resolved", toldAt: 1_000 })).toBe("resolved");
  expect(kindOf({ state: "resolved", toldAt: undefined })).toBe("resolved");
});
