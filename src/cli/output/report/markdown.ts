import { utc } from "../../../model/phase-times.ts";
import { quantity } from "../../../model/quantity.ts";
import { causesOf } from "../board/causes.ts";
import { closingLine } from "../closing.ts";
import type { AnswerRecord, ItemRecord } from "../contracts/check.ts";
import type { ReportRecord } from "../contracts/report.ts";
import { hoursToLaunch, turnText } from "../countdown.ts";
import { escaped, fenced } from "../markdown.ts";
import { proofFor } from "../proof.ts";
import { tally } from "../tally.ts";
import { troubleOf } from "../trouble.ts";
import {
  answerTo,
  downtimeText,
  figures,
  isBoxEarned,
  moment,
  placeOf,
  provenance,
  type Section,
  STATES,
  sectionsOf,
  verdictSentence,
} from "./words.ts";

/** The report as GitHub-flavoured Markdown: the same parts in the same order as the HTML. */
export function reportMarkdown(report: ReportRecord): string {
  const { check, at, release } = report;
  const what = release ? `release ${release.id}` : "nothing deployed";
  const parts = [
    `# ${escaped(`${report.launch} · ${report.environment} · ${what}`)}`,
    `**${check.go ? "GO" : "NO-GO"}.** ${escaped(verdictSentence(report))}`,
    escaped(`${closingLine(check, tally(check))}. Judged ${utc(at)}; all times are UTC.`),
    ...unblock(report),
    ...countdown(report),
    ...lines("## Checklist", sectionsOf(report).lines, report),
    ...findings(report),
    ...people(report),
    ...waivers(report),
    ...deploys(report),
    ...lines("## Checks that no line speaks of", sectionsOf(report).others, report),
    "## Proof",
    chains(report),
  ];
  return `${parts.join("\n\n")}\n`;
}

function lines(heading: string, sections: readonly Section[], report: ReportRecord): string[] {
  if (sections.length === 0) return [];
  const told = sections.flatMap(({ title, items }) => [
    `### ${escaped(title)}`,
    items.map((item) => line(item, report)).join("\n"),
  ]);
  return [heading, ...told];
}

function unblock({ unblock: steps, check }: ReportRecord): string[] {
  if (check.go) return [];
  const told = steps.map(({ what, why, how }, index) => {
    const mark = `${index + 1}. `;
    const fix = fenced(how)
      .split("\n")
      .map((each) => " ".repeat(mark.length) + each)
      .join("\n");
    return `${mark}**${escaped(what)}**: ${escaped(why)}\n\n${fix}`;
  });
  return ["## What would unblock it", told.join("\n\n") || "Nothing was answered."];
}

function countdown({ countdown: found, at, check }: ReportRecord): string[] {
  if (!found) return [];
  const textOf = (id: string): string => check.items.find((item) => item.id === id)?.text ?? id;
  return [
    `## Countdown: ${hoursToLaunch(found, at)}`,
    found.dueNow.length > 0
      ? `Due now:\n\n${found.dueNow.map((id) => `- ${escaped(textOf(id))}`).join("\n")}`
      : "Due now: nothing that is not answered.",
    ...found.next.map(
      (turn) =>
        `- ${escaped(turnText(turn, at))}: ${escaped(turn.items.slice(0, 12).map(textOf).join("; "))}`,
    ),
  ];
}

function line(item: ItemRecord, report: ReportRecord): string {
  const { sign, word } = STATES[item.state];
  const place = placeOf(item);
  const rests = report.check.answers.filter((each) => each.items.includes(item.id));
  const below =
    rests.length > 0 ? rests.map((each) => evidence(answerTo(item, each))) : [otherwise(item, report)];
  const head = `- [${isBoxEarned(item, report.check.items) ? "x" : " "}] ${escaped(item.text)}${place === undefined ? "" : ` (${place})`}: ${sign} ${word}`;
  return [head, ...below.map((each) => `  - ${each}`)].join("\n");
}

function evidence(answer: AnswerRecord): string {
  const measured = figures(answer);
  const shown = measured.length > 0 ? ` ${escaped(measured.join(" · "))};` : "";
  return `\`${answer.component}/${answer.check}\` ${STATES[answer.state].word}: ${escaped(answer.reason)};${shown} ${provenance(answer)}`;
}

/** What a drill, a person or nobody answered. */
function otherwise(item: ItemRecord, { signOffs }: ReportRecord): string {
  const { drill } = item;
  if (drill) return `\`${drill.drill}\` ${escaped(item.reason)}; ${provenance(drill)}`;
  const signed = signOffs.find((each) => each.item === item.id);
  if (!signed) return escaped(item.reason);
  const { by, at, until, evidence: rests, seq } = signed;
  return `${escaped(`${item.reason}: ${rests}`)}; signed ${moment(at)} by ${escaped(by)}, until ${moment(until)}, answer ${seq}`;
}

function findings({ check }: ReportRecord): string[] {
  const causes = causesOf(check.answers.filter((each) => each.due)).map(({ says, answers }) => {
    const ids = answers.map((each) => `${each.component}/${each.check}`).join(", ");
    return `- ${escaped(says)}: ${escaped(ids)}`;
  });
  const troubled = check.answers.filter((each) => ["failing", "warning", "waived"].includes(each.state));
  const told = troubled.flatMap((answer) => {
    const { component, check: id, state } = answer;
    const trouble = troubleOf(answer);
    if (!trouble) return [];
    const names = answer.findings.map(({ name, fingerprint, waivedBy }) => {
      const by = waivedBy === null ? "" : `, waived by ${waivedBy}`;
      return `- ${escaped(`${name === "" ? "the whole" : name} (${fingerprint}${by})`)}`;
    });
    return [
      `### ${escaped(`${component}/${id}: ${STATES[state].word}`)}`,
      escaped(trouble.summary),
      `- found: ${escaped(trouble.found)}\n- expected: ${escaped(trouble.expected)}\n- matters because: ${escaped(answer.consequence)}`,
      names.join("\n"),
      fenced(trouble.fix),
    ];
  });
  if (causes.length + told.length === 0) return [];
  return ["## Findings", ...(causes.length > 0 ? [causes.join("\n")] : []), ...told];
}

function people({ signOffs, check }: ReportRecord): string[] {
  if (signOffs.length === 0) return [];
  const rows = signOffs.map((each) => {
    const item = check.items.find(({ id }) => id === each.item);
    const until = each.stands ? moment(each.until) : `does not stand: ${item?.reason ?? ""}`;
    const by = each.doneBy === null ? each.by : `${each.by}; done by ${each.doneBy}`;
    const file = each.attachment ? ` (${each.attachment.name}, sha256 ${each.attachment.sha256})` : "";
    return [item?.text ?? each.item, by, moment(each.at), until, `${each.evidence}${file}`];
  });
  return ["## Who signed", table(["line", "signed by", "at", "until", "evidence"], rows)];
}

function waivers({ waivers: all }: ReportRecord): string[] {
  if (all.length === 0) return [];
  const rows = all.map(({ finding, answer, name, by, until, reason, stands }) => [
    finding,
    `${answer ?? "a finding that is not there now"}${name === null ? "" : ` ${name}`}`,
    by,
    stands ? moment(until) : `ended ${moment(until)}`,
    reason,
  ]);
  return ["## Waived", table(["finding", "of", "accepted by", "until", "reason"], rows)];
}

function deploys({ deploys: all }: ReportRecord): string[] {
  if (all.length === 0) return [];
  const rows = all.map((each) => [
    `${each.kind} ${each.id}`,
    `${each.from ?? "nothing"} → ${each.release === "" ? "no release" : each.release}`,
    `${each.state}${each.reason === null ? "" : `: ${each.reason}`}`,
    moment(each.startedAt),
    each.by,
    downtimeText(each),
  ]);
  return ["## Deploys", table(["deploy", "release", "state", "started", "by", "seen by the prober"], rows)];
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const lineOf = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    lineOf(heads),
    lineOf(heads.map(() => "---")),
    ...rows.map((row) => lineOf(row.map((cell) => escaped(cell)))),
  ].join("\n");
}

function chains({ chains: walked }: ReportRecord): string {
  if (!walked) return "The chains were not walked.";
  const { evidence: seen, people: said } = walked;
  const broken = seen.breaks.length + said.breaks.length;
  const told =
    broken === 0 ? "intact" : `broken in ${quantity(broken, "place")}; gonogo report --verify names them`;
  return `Evidence: ${quantity(seen.rows, "row")}; people's answers: ${quantity(said.rows, "row")}; ${told}.\nProof for later: \`gonogo report --verify --anchor ${proofFor(walked)}\``;
}
