import fc from "fast-check";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import type { Log } from "sarif";
import { Parser } from "tap-parser";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { checkCalled, launchOf, recordOf } from "../../../test/fixtures/check-record.ts";
import { sampleRecord } from "../../../test/fixtures/sample-check-record.ts";
import { wildRecord } from "../../../test/fixtures/wild-check-record.ts";
import { UserError } from "../../model/errors.ts";
import { fail, unknown, warn } from "../../model/outcome.ts";
import type { CheckRecord } from "./contracts/check.ts";
import { CHECK_FORMATS, renderCheck } from "./formats.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import { harmless } from "./plain-text.ts";
import { prometheus } from "./prometheus.ts";
import { sarif } from "./sarif.ts";
import { tap } from "./tap.ts";

const plain = { columns: 100, colour: false };

function always(property: (record: CheckRecord) => void): void {
  fc.assert(fc.property(wildRecord, property), { numRuns: 200 });
}

describe("a format", () => {
  it.each(CHECK_FORMATS)("%s is rendered whole and ends with one line end", async (format) => {
    const text = await renderCheck(sampleRecord(), format, plain);
    expect(text).toContain("postgres.index.foreign-key");
    expect(text).toMatch(/[^\n]\n$/);
  });

  it("that there is not is refused with those there are", async () => {
    const refused = renderCheck(sampleRecord(), "yaml", plain);
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow('there is no format "yaml"');
  });
});

interface Element {
  readonly [name: string]: unknown;
}

/** The parts of an element by name, attributes with "@". */
function parseXml(text: string): Element {
  expect(XMLValidator.validate(text)).toBe(true);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "@",
    isArray: (name) => ["testsuite", "testcase"].includes(name),
    parseTagValue: false,
    htmlEntities: true,
  });
  return parser.parse(text) as Element;
}

const count = z.string().regex(/^\d+$/);
const duration = z.string().regex(/^\d+\.\d{3}$/);
const problem = z.strictObject({ "@message": z.string(), "@type": z.string(), "#text": z.string() });
const sums = { "@tests": count, "@failures": count, "@errors": count, "@time": duration };
const totals = { ...sums, "@skipped": count };

/** What we write of JUnit, closed; `format-schemas.test.ts` holds it to the real schema. */
const junitFile = z.strictObject({
  "?xml": z.strictObject({ "@version": z.literal("1.0"), "@encoding": z.literal("UTF-8") }),
  testsuites: z.strictObject({
    "@name": z.string(),
    ...sums,
    testsuite: z.array(
      z.strictObject({
        "@name": z.string(),
        ...totals,
        "@timestamp": z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
        testcase: z.array(
          z.strictObject({
            "@name": z.string(),
            "@classname": z.string(),
            "@time": duration,
            failure: problem.optional(),
            error: problem.optional(),
            skipped: z.string().optional(),
            "system-out": z.string().optional(),
          }),
        ),
      }),
    ),
  }),
});

describe("JUnit", () => {
  it("has a suite for each component, with what it counts", () => {
    const { testsuites } = junitFile.parse(parseXml(junit(sampleRecord())));
    expect(testsuites).toMatchObject({ "@tests": "17", "@failures": "3", "@errors": "4" });
    expect(testsuites.testsuite.map((each) => [each["@name"], each["@failures"], each["@errors"]])).toEqual([
      ["api", "0", "0"],
      ["database", "1", "0"],
      ["cache", "0", "3"],
      ["payments", "0", "0"],
      ["people", "2", "0"],
      ["checklist", "0", "1"],
    ]);
    for (const suite of testsuites.testsuite) {
      const failures = suite.testcase.filter((each) => each.failure).length;
      const skipped = suite.testcase.filter((each) => each.skipped).length;
      expect([suite["@tests"], suite["@failures"], suite["@skipped"]]).toEqual(
        [suite.testcase.length, failures, skipped].map(String),
      );
    }
    const failed = testsuites.testsuite[1]?.testcase.find((each) => each.failure);
    expect(failed?.failure?.["@message"]).toBe("3 foreign keys have no index");
    expect(failed?.failure?.["#text"]).toContain("fix: create index concurrently on session (reader_id);");
  });

  it("does not fail over what does not block", () => {
    const launch = launchOf({ api: [checkCalled("web.hint", { severity: "warning" })] });
    const xml = junit(recordOf({ launch, outcomes: { "api/web.hint": unknown("refused", "web.page") } }));
    const { testsuites } = junitFile.parse(parseXml(xml));
    expect(testsuites).toMatchObject({ "@errors": "0" });
    expect(testsuites.testsuite[0]).toMatchObject({ "@skipped": "1" });
    expect(testsuites.testsuite[0]?.testcase[0]?.skipped).toBe("could not tell: refused");
  });

  it("is XML whatever the words are", () => {
    always((record) => {
      expect(junitFile.safeParse(parseXml(junit(record))).error).toBeUndefined();
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids them
      expect(junit(record)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\ufffe\uffff]|\p{Cs}/u);
    });
  });
});

describe("TAP", () => {
  it("is read by a TAP parser as what it means", () => {
    const points = Parser.parse(tap(sampleRecord())).flatMap((event) =>
      event[0] === "assert" ? [event[1]] : [],
    );
    const named = points.map(({ ok, name, skip, todo }) => [name, ok, skip !== false, todo !== false]);
    expect(named).toContainEqual(["database/postgres.index.foreign-key", false, false, false]);
    expect(named).toContainEqual(["database/postgres.index.invalid", true, true, false]);
    expect(named).toContainEqual(["api/web.header.hsts", false, false, true]);
    expect(named).toContainEqual(["people/roll-back-rehearsed-by-ada", true, false, false]);
    expect(points.find((each) => each.name.endsWith("foreign-key"))?.diag).toMatchObject({
      severity: "blocker",
      found: "3 of 14 foreign keys without one",
    });
  });

  it("is whole whatever the words are", () => {
    always((record) => {
      const events = Parser.parse(tap(record), { strict: true });
      expect(events.filter(([type]) => type === "assert")).toHaveLength(3);
      const [, final] = events.find(([type]) => type === "complete") ?? [];
      expect(final).toMatchObject({ count: 3, failures: expect.anything() });
      expect(events.filter(([type]) => type === "extra" || type === "bailout")).toEqual([]);
    });
  });
});

const message = z.strictObject({ text: z.string().min(1) });
const level = z.enum(["none", "note", "warning", "error"]);

/** SARIF 2.1.0 (OASIS, errata 01), the objects we write, closed as the standard closes them. */
const sarifLog = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z
    .array(
      z.strictObject({
        tool: z.strictObject({
          driver: z.strictObject({
            name: z.string().min(1),
            rules: z.array(
              z.strictObject({
                id: z.string(),
                shortDescription: message,
                fullDescription: message,
                defaultConfiguration: z.strictObject({ level }),
                properties: z.record(z.string(), z.unknown()),
              }),
            ),
          }),
        }),
        automationDetails: z.strictObject({ id: z.string() }),
        invocations: z.array(
          z.strictObject({ executionSuccessful: z.boolean(), endTimeUtc: z.iso.datetime() }),
        ),
        columnKind: z.enum(["utf16CodeUnits", "unicodeCodePoints"]),
        results: z.array(
          z
            .strictObject({
              ruleId: z.string(),
              ruleIndex: z.int().min(0),
              kind: z.enum(["fail", "open"]),
              level,
              message,
              locations: z.array(
                z.strictObject({
                  physicalLocation: z.strictObject({
                    artifactLocation: z.strictObject({
                      uri: z.string().regex(/^[^\s\\]+$/),
                      uriBaseId: z.string(),
                    }),
                    region: z.strictObject({ startLine: z.int().min(1) }),
                  }),
                  logicalLocations: z.array(
                    z.strictObject({ fullyQualifiedName: z.string(), kind: z.string() }),
                  ),
                }),
              ),
              partialFingerprints: z.record(z.string(), z.string()).optional(),
              suppressions: z
                .array(
                  z.strictObject({
                    kind: z.enum(["inSource", "external"]),
                    status: z.enum(["accepted", "underReview", "rejected"]),
                    justification: z.string(),
                  }),
                )
                .optional(),
            })
            // Section 3.27.10: any kind but "fail" has level "none".
            .refine((result) => (result.kind === "fail") === (result.level !== "none")),
        ),
      }),
    )
    .length(1),
});

describe("SARIF", () => {
  it("has a result for each finding, pointing to its rule and its line", () => {
    const log: Log = JSON.parse(sarif(sampleRecord())) as Log;
    const [run] = sarifLog.parse(log).runs;
    const results = run?.results ?? [];
    for (const { ruleId, ruleIndex } of results) expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    const keys = results.filter((each) => each.ruleId === "postgres.index.foreign-key");
    expect(keys).toHaveLength(3);
    expect(keys[0]).toMatchObject({ kind: "fail", level: "error" });
    expect(keys[0]?.message.text).toMatch(
      /^session\.reader_id: 3 foreign keys have no index\nFound: 3 of 14/,
    );
    expect(keys[0]?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: "LAUNCH.md", uriBaseId: "%SRCROOT%" },
      region: { startLine: 12 },
    });
    const levels = Object.fromEntries(results.map((each) => [each.ruleId, [each.kind, each.level]]));
    expect(levels).toMatchObject({
      "web.header.hsts": ["fail", "warning"],
      "web.header.server": ["fail", "note"],
      "redis.connection": ["open", "none"],
    });
    expect(results.find((each) => each.ruleId === "postgres.index.invalid")?.suppressions).toEqual([
      { kind: "external", status: "accepted", justification: "waived by Ada" },
    ]);
    expect(
      results.find((each) => each.ruleId === "redis.connection")?.locations[0]?.physicalLocation,
    ).toEqual({
      artifactLocation: { uri: "gonogo.config.ts", uriBaseId: "%SRCROOT%" },
      region: { startLine: 1 },
    });
  });

  it("is an error only where it blocks, and open where the evidence is stale", () => {
    const launch = launchOf({ api: [checkCalled("web.weak"), checkCalled("web.old")] });
    const trouble = { expected: "a", found: "b", fix: "c" };
    const record = recordOf({
      launch,
      outcomes: { "api/web.weak": warn("weak", trouble), "api/web.old": fail("broken", trouble) },
    });
    const stale = record.answers.map((each) =>
      each.check === "web.old" ? { ...each, state: "stale" as const } : each,
    );
    const [run] = sarifLog.parse(JSON.parse(sarif({ ...record, answers: stale }))).runs;
    expect(run?.results.map((each) => [each.ruleId, each.kind, each.level])).toEqual([
      ["web.weak", "fail", "warning"],
      ["web.old", "open", "none"],
    ]);
  });

  it("is of the standard's shape whatever the words are", () => {
    always((record) => {
      expect(sarifLog.safeParse(JSON.parse(sarif(record))).error).toBeUndefined();
    });
  });
});

/** https://prometheus.io/docs/instrumenting/exposition_formats/ (text format 0.0.4), line by line. */
const METRIC_LINES = [
  /^# HELP [a-z_]+ [^\n]+$/,
  /^# TYPE [a-z_]+ gauge$/,
  /^[a-z_]+\{[a-z]+="(?:[^"\\\n]|\\[\\"n])*"(?:,[a-z]+="(?:[^"\\\n]|\\[\\"n])*")*\} -?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|NaN|\+Inf)$/,
];

describe("Prometheus text", () => {
  const samplesOf = (text: string): string[] =>
    text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));

  it("has the verdict, every check's state and every figure", () => {
    const samples = samplesOf(prometheus(sampleRecord()));
    const launch = 'launch="soulseer",environment="staging"';
    expect(samples).toContain(`gonogo_go{${launch}} 0`);
    expect(samples).toContain(
      `gonogo_check_state{${launch},component="database",check="postgres.index.foreign-key",severity="blocker",state="failing"} 1`,
    );
    expect(samples).toContain(
      `gonogo_check_measured{${launch},component="api",check="web.health.ready",name="tookMs"} 31`,
    );
    expect(samples).toContain(`gonogo_item_state{${launch},item="support-team-trained",state="unsigned"} 1`);
    expect(samples).toContain(
      `gonogo_check_duration_seconds{${launch},component="cache",check="redis.connection"} 0.012`,
    );
  });

  it("keeps to the grammar, each series once and each metric in one piece, whatever the words are", () => {
    always((record) => {
      const odd = { ...record, launch: 'a "b"\\\nc', environment: "\ud800" };
      const text = prometheus(odd);
      for (const line of text.trimEnd().split("\n")) {
        expect(
          METRIC_LINES.some((pattern) => pattern.test(line)),
          line,
        ).toBe(true);
      }
      const series = samplesOf(text).map((line) => line.slice(0, line.lastIndexOf(" ")));
      expect(new Set(series).size).toBe(series.length);
      const names = samplesOf(text).map((line) => line.split("{")[0]);
      const runs = names.filter((name, index) => name !== names[index - 1]);
      expect(new Set(runs).size).toBe(runs.length);
    });
  });
});

function parseMarkdown(text: string): Nodes {
  return fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

function nodesOf(node: Nodes): Nodes[] {
  return [node, ...("children" in node ? node.children.flatMap(nodesOf) : [])];
}

describe("Markdown", () => {
  it("has a table of components, what is not right, and the checklist with earned ticks", () => {
    expect(markdown(sampleRecord())).toMatchSnapshot();
    const nodes = nodesOf(parseMarkdown(markdown(sampleRecord())));
    expect(nodes.filter((node) => node.type === "tableRow")).toHaveLength(5);
    const ticks = nodes.flatMap((node) =>
      node.type === "listItem" && typeof node.checked === "boolean" ? [node.checked] : [],
    );
    expect(ticks).toEqual([false, false, true, false, false]);
  });

  it("lets no word become mark-up", () => {
    const allowed = new Set(
      "root heading paragraph text strong table tableRow tableCell list listItem code link".split(" "),
    );
    always((record) => {
      const nodes = nodesOf(parseMarkdown(markdown(record)));
      expect(nodes.filter((node) => !allowed.has(node.type))).toEqual([]);
      // A bare address may become a link, but only to what it says.
      for (const node of nodes) if (node.type === "link") expect(node.children[0]).toHaveProperty("value");
      expect(nodes.filter((node) => node.type === "table")).toHaveLength(1);
      expect(nodes.filter((node) => node.type === "strong")).toHaveLength(1);
    });
  });

  it("says the words as they are", () => {
    always((record) => {
      const spoken = nodesOf(parseMarkdown(markdown(record)))
        .flatMap((node) => ("value" in node ? [node.value] : []))
        .join("")
        .replace(/\s+/g, "");
      const said = record.items[0]?.text ?? "";
      expect(spoken).toContain(harmless(said).replace(/\s+/g, ""));
    });
  });
});
