import { describe, expect, it } from "vitest";
import { createBinder } from "./bind.ts";
import { bindCompound, partsOf } from "./compound.ts";

const bind = createBinder(
  Object.entries({
    "repo.secret.scan-tree": ["no secrets in code", "no hardcoded secrets"],
    "http.redirect.to-https": ["HTTPS enabled", "redirect HTTP to HTTPS"],
    "repo.test.green": ["tests pass", "all tests pass"],
    "config.env.declared-present": ["environment variable set"],
  }).map(([id, asks]) => ({ id, kinds: [], title: id, asks })),
);
const idsOf = (text: string) =>
  bindCompound({ text, path: [] }, bind).chosen.map(({ answerer }) => answerer.id);

describe("a line that asks for several things", () => {
  it("is bound to all that answer it", () => {
    expect(idsOf("Security: no secrets in code, HTTPS enabled")).toEqual([
      "repo.secret.scan-tree",
      "http.redirect.to-https",
    ]);
    expect(idsOf("All tests pass and HTTPS enabled")).toEqual(["repo.test.green", "http.redirect.to-https"]);
  });

  it("is not answered by half", () => {
    expect(idsOf("Support: all tests pass, team trained, runbook written")).not.toContain("repo.test.green");
  });

  it("is one line where it says one thing of several names, or goes on for ever", () => {
    expect(partsOf({ text: "MEDIA_ROOT and STATIC_ROOT are writable", path: [] })).toEqual([]);
    expect(partsOf({ text: "a, b, c, d, e, f, g, h, i", path: [] })).toEqual([]);
    expect(partsOf({ text: "Stripe: keys, webhooks (test, live)", path: ["Payments"] })).toEqual([
      { text: "keys", path: ["Payments", "Stripe"] },
      { text: "webhooks", path: ["Payments", "Stripe"] },
    ]);
  });
});
