import { expect, it } from "vitest";
import { overallOf } from "./status-page.ts";

it("does not say that all is well above an incident that goes on", () => {
  const open = [{ state: "resolved" }, { state: "investigating" }] as const;
  expect(overallOf("up", open)).toEqual({
    told: "degraded",
    title: "All systems answer; an incident is not over yet",
  });
  expect(overallOf("down", open).title).toBe("Some systems are not available");
  expect(overallOf("up", [{ state: "resolved" }]).title).toBe("All systems operational");
});
