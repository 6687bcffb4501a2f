import { describe, expect, it } from "vitest";
import { differences, forecast } from "./plan.ts";

describe("differences", () => {
  it("names what came, went and changed, and nothing that stayed", () => {
    const before = { KEPT: "aa", CHANGED: "bb", GONE: "cc" };
    const after = { KEPT: "aa", CHANGED: "b2", NEW: "dd" };
    expect(differences(before, after)).toEqual({ added: ["NEW"], removed: ["GONE"], changed: ["CHANGED"] });
  });
});

describe("forecast", () => {
  const live = { id: "r1" };
  it("promises none when both releases run side by side", () => {
    expect(forecast({ live, migrations: { applied: ["1"], pending: [] } }).downtime).toBe("none");
  });
  it("warns of pending migrations while users are served", () => {
    const told = forecast({ live, migrations: { applied: [], pending: ["2-index", "3-column"] } });
    expect(told.downtime).toBe("possible");
    expect(told.reasons.join()).toContain("2 pending migrations");
  });
  it("warns when pending migrations cannot be told", () => {
    const told = forecast({ live, migrations: { applied: [], pending: [], unknown: "connection refused" } });
    expect(told).toEqual({
      downtime: "possible",
      reasons: ["pending migrations cannot be told: connection refused"],
    });
  });
  it("promises none on the first deploy, whatever is pending", () => {
    expect(forecast({ live: undefined, migrations: { applied: [], pending: ["1"] } }).downtime).toBe("none");
  });
});
