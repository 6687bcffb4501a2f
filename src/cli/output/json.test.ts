import { describe, expect, it } from "vitest";
import { z } from "zod";
import { sampleRecord } from "../../../test/fixtures/sample-check-record.ts";
import { checkResult, jsonResult } from "./contracts/contract.ts";
import { json } from "./json.ts";

describe("the JSON of a check", () => {
  it("is the record, whole, with its version and kind first", () => {
    const text = json(sampleRecord());
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(sampleRecord())));
    expect(text.startsWith('{\n  "version": 1,\n  "kind": "check",\n  "launch": "soulseer",')).toBe(true);
    expect(text.endsWith("}\n")).toBe(true);
  });

  it("never shows a field that the contract does not name", () => {
    const more = { ...sampleRecord(), variables: { KEY: "canary" } };
    expect(json(more)).not.toContain("canary");
  });

  it("is refused when it is not of the contract", () => {
    expect(() => json({ ...sampleRecord(), version: 2 } as never)).toThrow();
    expect(() => json({ ...sampleRecord(), kind: "other" } as never)).toThrow();
    expect(checkResult.safeParse({ ...sampleRecord(), go: "yes" }).success).toBe(false);
  });

  it("keeps control characters as JSON escapes", () => {
    const text = json(sampleRecord());
    expect(text).toContain("\\u001b[31m");
    expect(text).not.toContain("\u001b");
  });
});

describe("the contract", () => {
  it("has a JSON schema for every command", () => {
    const kinds = jsonResult.options.map((option) => option.shape.kind.value);
    expect(kinds).toEqual([
      "check",
      "plan",
      "deploy",
      "rollback",
      "launch",
      "status",
      "releases",
      "logs",
      "stop",
      "drill",
      "drills",
      "incidents",
      "incident",
      "silences",
      "backup",
      "backups",
      "prune",
      "restore",
      "init",
      "import",
      "explain",
      "near",
      "doubts",
      "report",
      "verify",
      "ticks",
      "store",
      "watch",
      "evidence",
      "sign",
      "waive",
      "key",
      "keys",
      "serve",
      "worker",
      "retry",
      "acknowledgement",
      "post-mortem",
      "error",
    ]);
    for (const option of jsonResult.options) {
      const schema = z.toJSONSchema(option) as { required: string[] };
      expect(schema.required).toEqual(expect.arrayContaining(["version", "kind"]));
    }
  });
});
