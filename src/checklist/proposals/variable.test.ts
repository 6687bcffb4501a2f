import { describe, expect, it } from "vitest";
import type { Launch } from "../../model/launch.ts";
import { parseChecklist } from "../markdown/parse.ts";
import { variableProposals } from "./variable.ts";

function meantFor(named: string, declared: string): string | undefined {
  const { items } = parseChecklist(`- [ ] \`${named}\` is set\n`);
  const lines = items.map((item) => ({ item, how: "bound" as const, binding: undefined }));
  const launch = { variables: [{ name: declared }] } as unknown as Launch;
  const [proposal] = variableProposals(lines, launch, new Set());
  return /or is (\w+) meant/.exec(proposal?.why ?? "")?.[1];
}

describe("a variable that the declaration has by another name", () => {
  it.each([
    ["DATABSE_URL", "DATABASE_URL"],
    ["JWT_SECRET_KEY", "JWT_SECRET"],
    ["STRIPE_WEBHOOK_SIGNING_SECRET", "STRIPE_WEBHOOK_SECRET"],
  ])("%s may mean %s", (named, declared) => {
    expect(meantFor(named, declared)).toBe(declared);
  });

  it.each([
    ["API_BASE_URL", "DATABASE_URL"],
    ["AUTH_SECRET", "JWT_SECRET"],
    ["SMTP_PASS", "DB_PASSWORD"],
  ])("%s is not %s", (named, declared) => {
    expect(meantFor(named, declared)).toBeUndefined();
  });
});

it("is not proposed where the list wants it unset", () => {
  const { items } = parseChecklist("- [ ] `DEBUG_TOKEN` is not set\n- [ ] `API_HOST` is set\n");
  const lines = items.map((item) => ({ item, how: "bound" as const, binding: undefined }));
  const proposals = variableProposals(lines, { variables: [] } as unknown as Launch, new Set());
  expect(proposals.map(({ lines: asked }) => asked)).toEqual([[2]]);
});
