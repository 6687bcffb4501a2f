import { describe, expect, it } from "vitest";
import type { Item, SignOffRules } from "./item.ts";
import type { SignOff } from "./sign-off.ts";
import { judge } from "./verdict.ts";

const AT = Date.UTC(2026, 10, 21);

function judged(
  given: { rules?: SignOffRules; subject?: string; obstacle?: string },
  ...signOffs: Partial<SignOff>[]
) {
  const { rules, ...rest } = given;
  const item: Item = {
    id: "runbook-written",
    text: "Runbook written",
    phase: "staging",
    line: 1,
    path: [],
    claimed: true,
    answeredBy: { by: "person", ...(rules && { rules }) },
    ...rest,
  };
  const plain = { environment: "staging", item: item.id, by: "Ada", at: AT - 1, until: AT + 1, evidence: "" };
  const [verdict] = judge({
    items: [item],
    evidence: [],
    signOffs: signOffs.map((each) => ({ ...plain, ...each })),
    waivers: [],
    environment: { name: "staging", stage: "staging" },
    now: { at: AT, release: "r7", commit: "c7", configuration: "c1" },
  }).items;
  return [verdict?.state, verdict?.reason];
}

describe("a sign-off", () => {
  it("does not stand when what was signed has changed", () => {
    expect(judged({ subject: "s1" }, { subject: "s1" })).toEqual(["go", "signed by Ada"]);
    expect(judged({ subject: "s2" }, { subject: "s1" })).toEqual([
      "unsigned",
      "what Ada signed on 2026-11-20 has changed since",
    ]);
  });

  it("stands when a newer one does not count, and tells of the newest when none does", () => {
    const old = { subject: "s1", by: "Bob", at: AT - 5 };
    expect(judged({ subject: "s1" }, old, { subject: "s2" })).toEqual(["go", "signed by Bob"]);
    expect(judged({ subject: "s3" }, old, { subject: "s2", until: AT })).toEqual([
      "unsigned",
      "the sign-off has expired",
    ]);
  });

  it("counts for the code it was given for where the line asks for that", () => {
    const rules = { perRelease: true };
    expect(judged({ rules }, { commit: "c7" })[0]).toBe("go");
    const other = ["unsigned", "Ada signed other code on 2026-11-20 than that of r7"];
    expect(judged({ rules }, { commit: "c6" })).toEqual(other);
    expect(judged({ rules }, {})).toEqual(other);
  });

  it("is not given by who did the work where two people are asked for", () => {
    const rules = { approverDiffers: true };
    expect(judged({ rules }, { doneBy: "Grace" })[0]).toBe("go");
    for (const doneBy of [undefined, "Ada", " ada ", "ADA"]) {
      expect(judged({ rules }, doneBy === undefined ? {} : { doneBy })).toEqual([
        "unsigned",
        "Ada signed alone; somebody else than who did it has to sign",
      ]);
    }
  });

  it("cannot stand in for a document that is not there", () => {
    const obstacle = "docs/runbook.md is not there";
    expect(judged({ obstacle }, {})).toEqual(["unsigned", obstacle]);
  });
});
