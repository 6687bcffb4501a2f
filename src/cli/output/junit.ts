import { type Case, casesOf } from "./cases.ts";
import type { CheckRecord } from "./contracts/check.ts";
import { harmless } from "./plain-text.ts";

/**
 * JUnit's XML as CI servers read it (the schema of the Jenkins xUnit plug-in): a suite for each component. What
 * blocks is a failure, what could not be told an error; warnings pass and say so in their output.
 */
export function junit(record: CheckRecord): string {
  const cases = casesOf(record);
  const suites = [...Map.groupBy(cases, (each) => each.group)].map(([group, members]) => {
    const started = new Date(record.at - record.tookMs).toISOString().slice(0, 19);
    const attributes = { name: group, ...totals(members), timestamp: started };
    return element(
      "testsuite",
      attributes,
      members.map((each) => testCase(each, record)),
    );
  });
  const name = `gonogo ${record.launch} ${record.environment}`;
  // The schema counts what was skipped for each suite, not for all of them.
  const { skipped: _, ...sums } = totals(cases);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", { name, ...sums }, suites)}\n`;
}

function totals(cases: readonly Case[]): Record<string, string> {
  const count = (result: Case["result"]): string =>
    String(cases.filter((each) => each.result === result).length);
  return {
    tests: String(cases.length),
    failures: count("fail"),
    errors: count("error"),
    skipped: count("skip"),
    time: seconds(Math.max(0, ...cases.map((each) => each.tookMs))),
  };
}

function testCase(each: Case, record: CheckRecord): string {
  const attributes = {
    name: each.name,
    classname: `${record.launch}.${record.environment}.${each.group}`,
    time: seconds(each.tookMs),
  };
  const detail = [each.message, ...each.detail.map(([name, text]) => `${name}: ${text}`)].join("\n");
  const told = { message: each.message, type: each.severity };
  switch (each.result) {
    case "pass":
      return element("testcase", attributes, []);
    case "fail":
      return element("testcase", attributes, [element("failure", told, [text(detail)])]);
    case "error":
      return element("testcase", attributes, [element("error", told, [text(detail)])]);
    case "skip":
      return element("testcase", attributes, [element("skipped", {}, [text(each.message)])]);
    case "warning":
      return element("testcase", attributes, [element("system-out", {}, [text(`warning: ${detail}`)])]);
  }
}

function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly string[],
): string {
  const pairs = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${text(value).replaceAll("\n", " ")}"`,
  );
  const start = `<${name}${pairs.join("")}`;
  return children.length === 0 ? `${start}/>` : `${start}>\n${children.join("\n")}\n</${name}>`;
}

/** XML 1.0 cannot carry control characters or halves of signs even when they are escaped. */
function text(value: string): string {
  return harmless(value, { lines: true })
    .replace(/[\ufffe\uffff]/g, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3);
}
