import { describe, expect, it } from "vitest";
import type { Environment, Launch } from "../model/launch.ts";
import { differences, forecast, planDeploy } from "./plan.ts";

describe("differences", () => {
  it("names what came, went and changed, and nothing that stayed", () => {
    const before = { KEPT: "aa", CHANGED: "bb", GONE: "cc" };
    const after = { KEPT: "aa", CHANGED: "b2", NEW: "dd" };
    expect(differences(before, after)).toEqual({ added: ["NEW"], removed: ["GONE"], changed: ["CHANGED"] });
  });
});

describe("what a plan says of the requests of checks", () => {
  const fact = { access: "active", sends: "1 job", isAsked: ({ job }: { job: boolean }) => job };
  const kind = { checks: [{ id: "jobs.roundtrip", needs: { fact } }] };
  const plan = (options: { job: boolean }, allows: readonly string[]) =>
    planDeploy({
      launch: { components: [{ name: "work", kind, options }], deploy: { smoke: [] } } as unknown as Launch,
      environment: { name: "staging", allows } as unknown as Environment,
      source: { commit: "c", treeish: "c", repository: "/", dirty: false, subject: "" },
      live: undefined,
      fingerprints: {},
      migrations: { applied: [], pending: [] },
    }).probes.map(({ component, sends }) => [component, ...sends]);

  it("names those that are declared and allowed", () => {
    expect(plan({ job: true }, ["read", "active"])).toEqual([["work", "1 job"]]);
    expect(plan({ job: false }, ["read", "active"])).toEqual([]);
    expect(plan({ job: true }, ["read"])).toEqual([]);
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
    expect(told.reasons.join()).toContain("2 pending migrations run");
    const one = forecast({ live, migrations: { applied: [], pending: ["2-index"] } });
    expect(one.reasons.join()).toContain("1 pending migration runs");
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
