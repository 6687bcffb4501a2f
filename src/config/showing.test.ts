import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { launchSchema } from "./launch-schema.ts";
import { judgeBySchema } from "./schema-findings.ts";
import { looksLikeCredential, pathText, shown, withoutCredentials } from "./showing.ts";

describe("a value is shown when it is short and harmless", () => {
  test.each([
    ["node server.js", ["start"], '"node server.js"'],
    [42, ["port"], "42"],
    [undefined, ["port"], "nothing"],
    [["a"], ["list"], "a list of 1"],
    [{ a: 1 }, ["options"], "an object"],
    ["x".repeat(41), ["start"], "text of 41 characters"],
    ["hunter2", ["password"], "text of 7 characters"],
    ["hunter2", ["apiKey", "first"], "text of 7 characters"],
    [4711, ["token"], "a number"],
    ["postgres://u:word@h/d", ["url"], "text of 21 characters"],
    ["sk_test_4eC39H", ["start"], "text of 14 characters"],
    ["a1b2c3d4e5f6a7b8", ["start"], "text of 16 characters"],
  ])("%j at %j: %s", (value, path, text) => {
    expect(shown(value, path)).toBe(text);
  });
});

test.each([
  "sk_live_abc",
  "whsec_abc",
  "ghp_abcdef",
  "AKIAIOSFODNN7EXAMPLE",
  "eyJhbGciOiJIUzI1NiJ9",
  "redis://:word@host",
  "-----BEGIN KEY",
])("%s looks like a credential", (text) => {
  expect(looksLikeCredential(text)).toBe(true);
  expect(withoutCredentials(`it is "${text}", is it`)).not.toContain(text.slice(0, 12));
});

test.each([
  "postgres",
  "npm run migrate",
  "sketch",
  "/stripe/webhook/",
  "https://app.example/path",
  "billing-worker",
])("%s does not", (text) => expect(looksLikeCredential(text)).toBe(false));

test("a path reads as one would write it", () => {
  expect(pathText(["components", "db", "invariants", "wallet equals ledger", 0])).toBe(
    'components.db.invariants["wallet equals ledger"][0]',
  );
});

describe("any value at all, anywhere", () => {
  const canary = fc
    .stringMatching(/^[a-f0-9]{20,40}$/)
    .filter((text) => /\d/.test(text) && /[a-f]/.test(text))
    .chain((text) =>
      fc.constantFrom(text, `sk_live_${text}`, `postgres://user:${text}@host/db`, `${text}\n`),
    );
  const key = fc.constantFrom(
    "name",
    "components",
    "environments",
    "staging",
    "target",
    "kind",
    "options",
    "variables",
    "type",
    "deploy",
    "keep",
    "smoke",
    "promises",
    "latency",
    "p95",
    "domain",
    "checklist",
  );
  const own = z.object({
    name: z.string().refine(() => false, { error: ({ input }) => `not "${String(input)}"` }),
  });

  test("no finding holds a text that may be a credential", () => {
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: "small" },
        canary,
        fc.array(tie("tree"), { maxLength: 2 }),
        fc.dictionary(key, tie("tree"), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        for (const schema of [launchSchema, own]) {
          const judged = judgeBySchema(schema, value, []);
          if (judged.ok) continue;
          expect(JSON.stringify(judged.findings)).not.toMatch(/[a-f0-9]{20}/);
        }
      }),
    );
  });
});
