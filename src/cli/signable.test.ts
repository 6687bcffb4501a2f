import { expect, it } from "vitest";
import type { Item } from "../model/item.ts";
import { signable } from "./signable.ts";

const line = (id: string, number: number, answeredBy: Item["answeredBy"] = { by: "person" }): Item => ({
  ...{ id, text: id.replaceAll("-", " "), phase: "staging", line: number, path: [], claimed: false },
  answeredBy,
});
const ITEMS: readonly Item[] = [
  line("runbook-written", 4),
  line("support-team-trained", 15),
  line("privacy-policy-reviewed-by-lawyer", 16),
  line("env-not-committed", 7, { by: "checks", checks: [{ check: "config.env.dotenv-ignored" }] }),
  { ...line("env-not-committed.rest", 7), restOf: "env-not-committed" },
  line("restore-was-tried", 8, { by: "drill", drill: "drill.restore" }),
  line("mail-tested", 9, { by: "nobody", why: "we send no mail" }),
  { ...line("plan-written", 10), obstacle: "docs/plan.md is not there" },
];

it.each(["runbook-written", "4", "LAUNCH.md:4"])("is named by %j", (asked) => {
  expect(signable(ITEMS, asked).id).toBe("runbook-written");
});

it("is what the checks of a line leave open, by the line's number", () => {
  expect(signable(ITEMS, "7").id).toBe("env-not-committed.rest");
});

it.each([
  [
    "env-not-committed",
    /"env not committed" is not a person's to sign: config\.env\.dotenv-ignored answers it/,
  ],
  ["restore-was-tried", /gonogo drill restore answers it/],
  ["9", /nobody has to: we send no mail/],
  ["10", /there is nothing to sign: docs\/plan\.md is not there/],
  ["5", /no line "5" waits for a person/],
])("%j cannot be signed", (asked, told) => {
  expect(() => signable(ITEMS, asked)).toThrow(told);
});

it.each([
  ["env-not-committed", "what that leaves open is: gonogo sign env-not-committed.rest"],
  ["privacy", "did you mean privacy-policy-reviewed-by-lawyer (line 16)?"],
  ["suport-team-traind", "did you mean support-team-trained (line 15)?"],
  ["5", expect.stringContaining("one of: runbook-written (line 4), support-team-trained (line 15)")],
])("of %j it says which may be meant", (asked, fix) => {
  expect(() => signable(ITEMS, asked)).toThrow(expect.objectContaining({ fix }));
});
