import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { enforcedPolicies, parsePolicies, policyMistakes, scriptWeaknesses } from "./csp.ts";

const weaknesses = (text: string): string[] => parsePolicies([text]).flatMap(scriptWeaknesses);
const mistakes = (text: string): string[] => parsePolicies([text]).flatMap(policyMistakes);

describe("what a policy lets run", () => {
  it.each([
    ["default-src 'self'", []],
    ["default-src 'none'; script-src 'self' https://cdn.example", []],
    ["default-src 'self'; script-src 'unsafe-inline'", ["script-src 'unsafe-inline'"]],
    ["default-src 'self'; script-src 'nonce-AbC' 'unsafe-inline'", []],
    ["default-src 'self'; script-src 'nonce-AbC' 'strict-dynamic' https: 'unsafe-inline'", []],
    ["default-src 'self'; script-src 'strict-dynamic' https:", ["script-src https:"]],
    ["default-src 'self' 'unsafe-eval'", ["default-src 'unsafe-eval'"]],
    ["default-src *", ["default-src *", "object-src *"]],
    ["default-src 'self'; script-src data:", ["script-src data:"]],
    ["default-src 'self'; script-src http://cdn.example", ["script-src http://cdn.example"]],
    ["img-src 'self'", ["no script-src and no default-src: every script runs"]],
    ["script-src 'self'", ["no object-src and no default-src: every plug-in document loads"]],
  ])("%s", (text, expected) => {
    expect(weaknesses(text)).toEqual(expected);
  });
});

describe("mistakes in a policy", () => {
  it.each([
    ["default-src 'self'; upgrade-insecure-requests; report-uri /r", []],
    ["scirpt-src 'self'", ['"scirpt-src" is no directive']],
    ["default-src 'self' img-src *", ['a ";" is missing before "img-src"']],
    ["default-src self", ["self in default-src needs quotes: 'self'"]],
    ["trusted-types none", []],
    ["script-src 'self'; script-src *", ['"script-src" is given twice: only the first counts']],
    [
      "script-src 'strict-dynamic'",
      ["'strict-dynamic' in script-src without a nonce or hash: no script runs"],
    ],
  ])("%s", (text, expected) => {
    expect(mistakes(text)).toEqual(expected);
  });
});

describe("policies of a page", () => {
  it("are those of every header line and meta element, each for itself", () => {
    const headers = [["content-security-policy", "default-src 'self', script-src 'none'"]] as const;
    const meta = ["frame-ancestors 'none'; img-src 'self'", "report-uri /r"];
    expect(enforcedPolicies(headers, meta).map(({ directives }) => [...directives.keys()])).toEqual([
      ["default-src"],
      ["script-src"],
      ["img-src"],
    ]);
  });

  it("keep the first of two equal directives, as browsers do", () => {
    expect(parsePolicies(["script-src 'self'; script-src *"])[0]?.directives.get("script-src")).toEqual([
      "'self'",
    ]);
  });

  it("never make the reader throw", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary-ascii", maxLength: 300 }), (text) => {
        for (const policy of parsePolicies([text])) {
          policyMistakes(policy);
          scriptWeaknesses(policy);
        }
      }),
    );
  });
});
