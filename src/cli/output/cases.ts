import type { AnswerRecord, CheckRecord, ItemRecord } from "./contracts/check.ts";
import { troubleOf } from "./trouble.ts";

/** One answer as test reports know it. */
export interface Case {
  /** The component; "people" and "checklist" for lines that no check answers. */
  readonly group: string;
  readonly name: string;
  readonly result: "pass" | "fail" | "error" | "skip" | "warning";
  /** One line: what is so, or why it is not known. */
  readonly message: string;
  /** "expected", "found", "fix" and so on, in the order in which a reader wants them. */
  readonly detail: readonly (readonly [name: string, text: string])[];
  readonly severity: AnswerRecord["severity"];
  readonly tookMs: number;
}

/** Every check of every component, then the lines that people or nobody answers. */
export function casesOf(record: CheckRecord): Case[] {
  const answered = new Set(record.answers.flatMap((each) => each.items));
  return [
    ...record.answers.map(caseOfAnswer),
    ...record.items.filter((item) => !answered.has(item.id)).map(caseOfItem),
  ];
}

function caseOfAnswer(answer: AnswerRecord): Case {
  const told = troubleOf(answer);
  const trouble = told
    ? ([
        ["found", told.found],
        ["expected", told.expected],
        ["consequence", answer.consequence],
        ["fix", told.fix],
        [
          "findings",
          answer.findings
            .map((each) => each.name)
            .filter((name) => name !== "")
            .join(", "),
        ],
      ] as const)
    : ([["title", answer.title]] as const);
  return {
    group: answer.component,
    name: answer.check,
    result: resultOf(answer),
    message: messageOf(answer),
    detail: trouble.filter(([, text]) => text !== ""),
    severity: answer.severity,
    tookMs: Math.max(0, ...answer.facts.map((fact) => fact.tookMs)),
  };
}

function resultOf({ state, due, blocks }: AnswerRecord): Case["result"] {
  switch (state) {
    case "go":
      return "pass";
    case "warning":
      return "warning";
    case "failing":
      return due ? "fail" : "skip";
    case "unknown":
    case "stale":
    case "unanswered":
      return blocks ? "error" : "skip";
    default:
      return "skip";
  }
}

function messageOf({ state, due, phase, reason, findings }: AnswerRecord): string {
  if (!due && state !== "go") return `due in phase ${phase}: ${reason}`;
  if (state === "unknown") return `could not tell: ${reason}`;
  if (state === "stale") return `the evidence is stale: ${reason}`;
  if (state === "waived") return `waived by ${findings[0]?.waivedBy ?? "somebody"}: ${reason}`;
  return reason;
}

function caseOfItem(item: ItemRecord): Case {
  const person = item.answeredBy === "person";
  const missing = person ? ("fail" as const) : ("error" as const);
  return {
    group: person ? "people" : "checklist",
    name: item.id,
    result: item.state === "go" ? "pass" : item.blocks ? missing : "skip",
    message: item.reason,
    detail: [["line", item.text]],
    severity: "blocker",
    tookMs: 0,
  };
}
