import { expect, it } from "vitest";
import type { Bound } from "./binder/bind.ts";
import { doubtAbout } from "./doubts.ts";

const boundBy = (...open: string[][]): Bound =>
  ({ chosen: open.map((each) => ({ open: each })), candidates: [] }) as unknown as Bound;

it.each<[text: string, open: string[][], told: readonly string[] | undefined]>([
  ["No secrets in git, nor in its history", [["nor", "history"]], ["nor", "history"]],
  ["No secrets in git's history", [["history"]], undefined],
  // What one of two checks leaves open, the other accounts for.
  [
    "SPF and DKIM published at the registrar",
    [
      ["spf", "registrar"],
      ["dkim", "registrar"],
    ],
    undefined,
  ],
  ["One two three four five six seven eight nine", [[]], []],
  ["One two three four five six seven eight", [[]], undefined],
  ["四个服务运行正常并且返回店铺首页", [[]], undefined],
  ["四个服务运行正常并且返回店铺首页和订单", [[]], []],
  ["Nothing answers a line that is as long as this one is", [], undefined],
])("%s", (text, open, told) => {
  expect(doubtAbout({ text, figures: [] }, boundBy(...open))?.open).toEqual(told);
});

it("has none where a person answers the rest of the line anyway", () => {
  const bound = { ...boundBy(["keys", "rotated"]), rest: ["keys are rotated"] };
  const line = { text: "No secrets in git, and keys are rotated", figures: [] };
  expect(doubtAbout(line, bound)).toBeUndefined();
});

it("takes what its checks are held to for no open word", () => {
  const line = { text: "docs/DATA_MODEL.md (schema)", figures: [{ said: "docs/DATA_MODEL.md" }] };
  expect(doubtAbout(line, boundBy(["data", "model", "schema"]))).toBeUndefined();
  expect(doubtAbout({ ...line, figures: [] }, boundBy(["data", "model", "schema"]))).toBeDefined();
});
