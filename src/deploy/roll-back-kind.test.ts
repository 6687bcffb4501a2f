import { describe, expect, it } from "vitest";
import type { Rehearsal, RollbackVerdict } from "../model/rehearsal.ts";
import type { Release } from "../model/release.ts";
import { rollbackKind } from "./roll-back-kind.ts";

const NOW = 1_000_000;

function release(number: number, migrations: string[], verdict?: RollbackVerdict): Release {
  const waited = { worstMs: 1, table: undefined, tries: 9 };
  const rehearsal: Rehearsal | undefined = verdict && {
    at: NOW - 240_000,
    migrations: migrations.slice(-1),
    backup: `r${number}.dump`,
    proof: undefined,
    figures: {
      restoredInMs: 1,
      tookMs: 1,
      locks: [],
      rewritten: [],
      rowsChanged: 0,
      reader: waited,
      writer: waited,
    },
    previous: `r${number - 1}`,
    verdict,
    reasons: [`r${number - 1} said`],
  };
  return {
    id: `r${number}`,
    environment: "staging",
    commit: "c",
    createdAt: number,
    createdBy: "ada",
    variables: {},
    configuration: "x",
    migrations,
    backup: undefined,
    ...(rehearsal && { rehearsal }),
    state: "replaced",
  };
}

const r1 = release(1, ["a"]);
const kindOf = (releases: Release[], from: Release, to = r1) =>
  rollbackKind({ from, to, releases: [r1, ...releases] }, NOW);

describe("what a rollback will be", () => {
  it("moves code only while nothing was migrated since", () => {
    const r2 = release(2, ["a"]);
    expect(kindOf([r2], r2).verdict).toBe("code only");
  });

  it.each([
    ["every migration on the way was shown", ["code only", "code only"], "code only"],
    ["one was shown to break its predecessor", ["code only", "restore needed"], "restore needed"],
    ["an older one broke it and a newer one nothing", ["restore needed", "code only"], "restore needed"],
    ["one could not be shown", ["code only", "not shown"], "not shown"],
    ["one was not rehearsed", ["code only", undefined], "not shown"],
  ] as const)("when %s", (_, [second, third], verdict) => {
    const r2 = release(2, ["a", "b"], second);
    const r3 = release(3, ["a", "b", "c"], third);
    expect(kindOf([r2, r3], r3).verdict).toBe(verdict);
  });

  it("counts what a release has migrated that is no longer live", () => {
    const r2 = release(2, ["a", "b"], "code only");
    const failed = release(3, ["a", "b", "c"], "restore needed");
    const never = { ...release(4, [], "restore needed"), state: "failed" as const };
    expect(kindOf([r2, failed], r2).verdict).toBe("restore needed");
    expect(kindOf([r2, never], r2).verdict).toBe("code only");
  });

  it("tells how many minutes of data a restore would cost, and from which backup", () => {
    const r2 = release(2, ["a", "b"], "restore needed");
    expect(kindOf([r2], r2).reasons.join()).toMatch(/r1 said.*before r2 \(r2\.dump\).*4 min/);
  });
});
