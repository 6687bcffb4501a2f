import { describe, expect, it } from "vitest";
import { checkCalled, launchOf, personItem, recordOf } from "../../../../test/fixtures/check-record.ts";
import { findingFingerprint } from "../../../model/finding.ts";
import { fail, notApplicable, pass } from "../../../model/outcome.ts";
import { board } from "./board.ts";

const LAUNCH = launchOf({ calls: [checkCalled("rtc.lifetime"), checkCalled("rtc.refused")] });
const FINGERPRINT = findingFingerprint("checklist", "token-ttl", "token-lifetime");
const bound = (check: string) => ({ by: "checks", checks: [{ check }] }) as const;

const token = personItem("token-ttl", {
  line: 65,
  text: "Token TTL = 1200 seconds",
  claimed: true,
  answeredBy: bound("rtc.lifetime"),
  contradictions: [
    {
      name: "token-lifetime",
      what: "how long a token lives",
      says: "1200 seconds",
      declares: "1h",
      where: "components.calls.lifetime",
      fingerprint: FINGERPRINT,
    },
  ],
});
const refused = personItem("refused", { line: 70, claimed: true, answeredBy: bound("rtc.refused") });
const later = personItem("celebrate", { line: 90, claimed: true, phase: "day-7" });
const outcomes = {
  "calls/rtc.lifetime": pass("1 h, as declared"),
  "calls/rtc.refused": fail("all are let in", { expected: "402", found: "200", fix: "refuse" }),
};

function boardOf(given: { all?: boolean; waivers?: Parameters<typeof recordOf>[0]["waivers"] } = {}): string {
  const { waivers = [], ...options } = given;
  const record = recordOf({ launch: LAUNCH, outcomes, checklist: [token, refused, later], waivers });
  return board(record, { columns: 100, colour: false, ...options });
}

describe("the list on the board", () => {
  it("holds a line against the declaration though its check passed", () => {
    const shown = boardOf();
    expect(shown).toContain("✗ checklist:65 Token TTL = 1200 seconds");
    expect(shown.replace(/\s+/g, " ")).toContain(
      "how long a token lives: the list says 1200 seconds, the declaration 1h (components.calls.lifetime)",
    );
    expect(shown).toContain(FINGERPRINT);
    expect(shown).toContain("1 blocker, 1 contradiction");
  });

  it("names a few of many sign-offs, and all of them line by line", () => {
    const checklist = Array.from({ length: 30 }, (_, at) => personItem(`signed-${at}`, { line: at + 1 }));
    const record = recordOf({ launch: LAUNCH, outcomes, checklist });
    const shown = (all: boolean) => board(record, { columns: 100, colour: false, all }).replace(/\s+/g, " ");
    expect(shown(false)).toContain("30 sign-offs missing: signed-0, signed-1,");
    expect(shown(false)).toContain("signed-7 and 22 more");
    expect(shown(true)).toContain("(nobody has signed: gonogo sign signed-29)");
  });

  it("takes a waiver for a contradiction, and says what it would be without", () => {
    const until = Number.MAX_SAFE_INTEGER;
    const shown = boardOf({
      waivers: [{ environment: "staging", finding: FINGERPRINT, by: "Ada", at: 0, until, reason: "known" }],
    });
    expect(shown).not.toContain("contradiction");
    expect(boardOf()).toContain("NO-GO");
  });

  it("names ticked lines that nothing bears out, those that are due", () => {
    expect(boardOf()).toContain("claimed: 2 lines of the checklist ticked without evidence: 65, 70");
  });

  it("says why lines hold whose checks do not apply, unless they name a condition or were set aside", () => {
    const moot = personItem("refused-calls", { line: 70, answeredBy: bound("rtc.refused") });
    const conditional = { ...moot, id: "if-any", line: 71, condition: "if there are any" };
    const setAside = personItem("aside", { line: 72, answeredBy: { by: "nobody", why: "not for us" } });
    const shown = (lines: readonly (typeof moot)[]): string =>
      board(
        recordOf({
          launch: LAUNCH,
          outcomes: { ...outcomes, "calls/rtc.refused": notApplicable("nobody has to pay for calls") },
          checklist: [token, ...lines, conditional, setAside],
        }),
        { columns: 100, colour: false },
      );
    const lines = shown([moot]).split("\n");
    const at = lines.indexOf("  does not apply: 1 line of checklist, and it names no condition");
    expect(lines[at + 1]).toBe("    - checklist:70 refused calls: nobody has to pay for calls");
    expect(shown([])).not.toContain("does not apply");
    const many = Array.from({ length: 10 }, (_, index) => ({
      ...moot,
      id: `many-${index}`,
      line: 80 + index,
    }));
    expect(shown(many)).toContain("and 2 more");
  });

  it("shows every line when asked: by phase, with how it stands", () => {
    const lines = boardOf({ all: true }).split("\n");
    expect(lines).toContain("  checklist: 3 lines");
    expect(lines).toContain("    staging: 2 lines");
    expect(lines).toContain("      ✗ 70 refused (claimed, all are let in)");
    expect(lines).toContain("      ○ 90 celebrate (claimed, not due; answered by a person)");
    expect(boardOf()).not.toContain("celebrate");
  });
});
