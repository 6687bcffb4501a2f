import { describe, expect, it } from "vitest";
import { parseChecklist } from "./markdown/parse.ts";
import { parseBinding } from "./parse-binding.ts";

const DAY = 86_400_000;

describe("what a line asks of its sign-off", () => {
  it.each<[string, object | undefined]>([
    ["sign-off", undefined],
    ["sign-off (p95=500ms)", undefined],
    ["sign-off (approver=cto, approver-differs=yes)", { approver: "cto", approverDiffers: true }],
    ["sign-off (approver-differs=no, for=2w)", { longestMs: 14 * DAY }],
    ["sign-off (file=docs/runbook.md)", { file: "docs/runbook.md" }],
    [
      "sign-off (link=https://example.com/privacy, each=release)",
      { link: "https://example.com/privacy", perRelease: true },
    ],
  ])("%s", (words, rules) => {
    const { items, problems } = parseChecklist(`- [ ] a <!-- gonogo: ${words} -->\n`);
    expect(problems).toEqual([]);
    expect(items[0]?.answeredBy).toEqual({ by: "person", ...(rules && { rules }) });
  });

  it.each([
    ["sign-off (aprover=cto)", 'there is no parameter "aprover"; did you mean "approver"?'],
    ["sign-off (approver-difers=yes)", 'did you mean "approver-differs"?'],
    ["sign-off (approver-differs=true)", 'approver-differs is to be yes or no, not "true"'],
    ["sign-off (each=week)", 'each is to be release, not "week"'],
    ["sign-off (for=soon)", "for is to be a length of time"],
    ["sign-off (link=example)", "link is to be an address"],
  ])("%s is a mistake, not a rule that nobody keeps", (words, told) => {
    expect(parseBinding(words)).toEqual({ mistake: expect.stringContaining(told) });
  });
});
