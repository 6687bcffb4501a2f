import type { AnswerRecord, CheckRecord } from "./contracts/check.ts";

/**
 * SARIF 2.1.0: a rule for each check, a result for each finding that is not simply right. Waived findings are
 * suppressed results; what could not be told is of kind "open".
 */
export function sarif(record: CheckRecord): string {
  const troubled = record.answers.filter((each) => each.state !== "go" && each.state !== "not applicable");
  const rules = [...new Map(troubled.map((each) => [each.check, each])).values()];
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "gonogo", rules: rules.map(ruleOf) } },
        automationDetails: { id: `${record.launch}/${record.environment}/` },
        invocations: [{ executionSuccessful: true, endTimeUtc: new Date(record.at).toISOString() }],
        columnKind: "utf16CodeUnits",
        results: troubled.flatMap((answer) =>
          resultsOf(answer, { record, ruleIndex: rules.findIndex((rule) => rule.check === answer.check) }),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const LEVELS = { blocker: "error", warning: "warning", info: "note" } as const;

function ruleOf({ check, title, consequence, severity, phase }: AnswerRecord): object {
  return {
    id: check,
    shortDescription: { text: title },
    fullDescription: { text: consequence },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { severity, phase },
  };
}

function resultsOf(answer: AnswerRecord, where: { record: CheckRecord; ruleIndex: number }): object[] {
  const { outcome } = answer;
  const rule = {
    ruleId: answer.check,
    ruleIndex: where.ruleIndex,
    locations: [locationOf(answer, where.record)],
  };
  const troubled = outcome?.status === "fail" || outcome?.status === "warn";
  if (!troubled || answer.state === "stale") {
    return [{ ...rule, kind: "open", level: "none", message: { text: answer.reason || answer.title } }];
  }
  const level = answer.state === "failing" ? "error" : answer.severity === "info" ? "note" : "warning";
  return answer.findings.map((finding) => ({
    ...rule,
    kind: "fail",
    level,
    message: { text: messageOf(answer, finding.name) },
    partialFingerprints: { "gonogoFinding/v1": finding.fingerprint },
    ...(finding.waivedBy !== null && {
      suppressions: [
        { kind: "external", status: "accepted", justification: `waived by ${finding.waivedBy}` },
      ],
    }),
  }));
}

function messageOf({ outcome, consequence }: AnswerRecord, finding: string): string {
  if (outcome?.status !== "fail" && outcome?.status !== "warn") return "";
  const name = finding === "" ? "" : `${finding}: `;
  return [
    `${name}${outcome.summary}`,
    `Found: ${outcome.found}`,
    `Expected: ${outcome.expected}`,
    consequence,
    `Fix: ${outcome.fix}`,
  ].join("\n");
}

/** The line of the checklist that rests on the check, else the declaration; viewers show nothing without a place. */
function locationOf(answer: AnswerRecord, { items, checklist, config }: CheckRecord): object {
  const line = items.find((item) => item.line !== null && answer.items.includes(item.id))?.line ?? null;
  const file = line === null || checklist === null ? config : checklist;
  return {
    physicalLocation: {
      artifactLocation: { uri: file.split("/").map(encodeURIComponent).join("/"), uriBaseId: "%SRCROOT%" },
      region: { startLine: file === checklist ? (line ?? 1) : 1 },
    },
    logicalLocations: [{ fullyQualifiedName: `${answer.component}/${answer.check}`, kind: "module" }],
  };
}
