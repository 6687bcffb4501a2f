import { describe, expect, it } from "vitest";
import { z } from "zod";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import type { Variable } from "../../model/variable.ts";
import { bundleLeak } from "./bundle-checks.ts";
import { httpOptionsShape } from "./options.ts";

const CANARY = "canary-7f3a9d2e";
const token = (claims: object): string =>
  ["eyJhbGciOiJIUzI1NiJ9", Buffer.from(JSON.stringify(claims)).toString("base64url"), "c2lnbmF0dXJl"].join(
    ".",
  );

const variable = (name: string, rest: Partial<Variable>): Variable => ({
  name,
  declaredBy: "launch",
  is: { type: "string" },
  required: true,
  secret: true,
  description: "",
  ...rest,
});

const subject = subjectFor({
  component: "front",
  options: z.object(httpOptionsShape).parse({}),
  declared: [
    variable("API_SECRET", {}),
    variable("PUBLIC_URL", { secret: false }),
    variable("SHORT", {}),
    variable("ROOM_KEY", { livePrefixes: ["lk_"] }),
  ],
  variables: { API_SECRET: CANARY, PUBLIC_URL: "https://app.example", SHORT: "abc" },
});

const asked = (text: string) =>
  bundleLeak.run({ bundles: { files: [{ name: "a.js", text }], skipped: 0 } }, subject);

describe("config.env.bundle-leak", () => {
  it.each([
    ["the value", `x="${CANARY}"`, ["a.js: API_SECRET"]],
    ["the value in base64", `x="${Buffer.from(CANARY).toString("base64")}"`, ["a.js: API_SECRET"]],
    ["a declared prefix", "k='lk_0123456789'", ["a.js: something that begins like ROOM_KEY"]],
    ["a Stripe key", `k="sk_test_${"a1".repeat(10)}"`, ["a.js: a Stripe secret key"]],
    ["a webhook secret", `k="whsec_${"a1".repeat(10)}"`, ["a.js: a webhook secret"]],
    ["an AWS key", 'k="AKIAABCDEFGHIJKLMNOP"', ["a.js: an AWS access key"]],
    ["a GitHub token", `k="ghp_${"a1".repeat(18)}"`, ["a.js: a GitHub token"]],
    [
      "a database address",
      "u='postgres://app:s3cretpw@db.example/x'",
      ["a.js: a database address with its password"],
    ],
    ["a service role", `k="${token({ role: "service_role" })}"`, ["a.js: a Supabase service role key"]],
  ])("finds %s, and does not repeat it", (_, text, findings) => {
    const outcome = asked(text);
    expect(outcome).toMatchObject({ status: "fail", findings });
    const secret = /["'](.*)["']/.exec(text)?.[1] ?? "";
    expect(JSON.stringify(outcome)).not.toContain(secret);
  });

  it.each([
    ["a public address", "https://app.example"],
    ["a value too short to tell", "abc abc abc"],
    ["a publishable key", `pk_live_${"a1".repeat(10)}`],
    ["an anonymous role", token({ role: "anon" })],
    ["a prefix alone", "lk_"],
    ["an address in a template", "postgres://$" + "{user}:$" + "{password}@host"],
  ])("is silent about %s", (_, text) => {
    expect(asked(text).status).toBe("pass");
  });

  it("does not apply where nothing is sent", () => {
    expect(bundleLeak.run({ bundles: { files: [], skipped: 0 } }, subject).status).toBe("not applicable");
  });

  it("reads any text of any length", () => {
    for (const text of ["-eyJ", "eyJa.", "postgres://", "postgres://a:", "sk_live_", "SG."])
      expect(asked(text.repeat(200_000)).status).toBe("pass");
  });
});
