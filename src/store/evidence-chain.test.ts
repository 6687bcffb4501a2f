import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CHAIN_START, canonicalJson, chainHash } from "./evidence-chain.ts";

const row = {
  seq: 1,
  environment: "staging",
  component: "database",
  check_id: "postgres.connection",
  outcome_json: "{}",
  observed_at: 1,
  fresh_until: 2,
  release: null,
  configuration: "c1",
  facts_json: "[]",
};

describe("canonical JSON", () => {
  it("does not depend on the order of keys, at any depth", () => {
    const one = canonicalJson({ b: [{ d: 1, c: undefined }], a: "ü" });
    expect(one).toBe('{"a":"ü","b":[{"d":1}]}');
    expect(canonicalJson({ a: "ü", b: [{ c: undefined, d: 1 }] })).toBe(one);
  });

  it("means the same as the value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe("the hash of a row", () => {
  it("is SHA-256 of the hash before, a line end and the row", () => {
    // printf '%064d\n{"check_id":...}' 0 | sha256sum
    expect(chainHash(CHAIN_START, row)).toBe(
      "d0aa29363a864759ae289bb4d2274c5bed5df8239d73fd395f157ec152d1bb5c",
    );
  });

  it("changes with every column and with what went before", () => {
    const plain = chainHash(CHAIN_START, row);
    for (const column of Object.keys(row)) {
      expect(chainHash(CHAIN_START, { ...row, [column]: "other" }), column).not.toBe(plain);
    }
    expect(chainHash(plain, row)).not.toBe(plain);
  });
});
