import type { AnswerRecord, CheckRecord } from "./contracts/check.ts";
import { type ToldTrouble, troubleOf } from "./trouble.ts";

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
  const told = troubleOf(answer);
  const rule = {
    ruleId: answer.check,
    ruleIndex: where.ruleIndex,
    locations: [locationOf(answer, where.record)],
  };
  if (!told || answer.state === "stale") {
    return [{ ...rule, kind: "open", level: "none", message: { text: answer.reason || answer.title } }];
  }
  const level = answer.state === "failing" ? "error" : answer.severity === "info" ? "note" : "warning";
  if (told.isOfLine)
    return [{ ...rule, kind: "fail", level, message: { text: messageOf(told, answer, "") } }];
  return answer.findings.map((finding) => ({
    ...rule,
    kind: "fail",
    level,
    message: { text: messageOf(told, answer, finding.name) },
    partialFingerprints: { "gonogoFinding/v1": finding.fingerprint },
    ...(finding.waivedBy !== null && {
      suppressions: [
        { kind: "external", status: "accepted", justification: `waived by ${finding.waivedBy}` },
      ],
    }),
  }));
}

function messageOf(told: ToldTrouble, { consequence }: AnswerRecord, finding: string): string {
  const name = finding === "" ? "" : `${finding}: `;
  return [
    `${name}${told.summary}`,
    `Found: ${told.found}`,
    `Expected: ${told.expected}`,
    consequence,
    `Fix: ${told.fix}`,
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
