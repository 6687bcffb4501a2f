import { phaseName, utc } from "../../model/phase-times.ts";
import type { AnswerRecord, ItemRecord } from "./check-contract.ts";
import { html, type Markup } from "./markup.ts";
import type { ReportRecord } from "./report-contract.ts";
import type { HtmlSection } from "./report-section.ts";
import { figures, isEarned, provenance, STATES, sectionsOf } from "./report-words.ts";

/** Every line with what it rests on. */
export function checklistSection(report: ReportRecord): HtmlSection {
  const answers = new Map<string, AnswerRecord[]>();
  for (const answer of report.check.answers) {
    for (const id of answer.items) answers.set(id, [...(answers.get(id) ?? []), answer]);
  }
  const tables = sectionsOf(report).map(({ title, items }) => {
    const earned = items.filter(isEarned).length;
    return html`<h3>${title}</h3>
<table class="lines"><caption>${earned} of ${items.length} earned</caption>
<thead><tr><th scope="col">State</th><th scope="col">Line</th><th scope="col">What it rests on</th></tr></thead>
<tbody>${items.map((item) => lineRow(item, answers.get(item.id) ?? [], report))}</tbody></table>
`;
  });
  return { id: "lines", title: "Checklist", body: html`${tables}` };
}

export function badge(state: ItemRecord["state"]): Markup {
  const { sign, word, tone } = STATES[state];
  return html`<span class="badge ${tone}"><span aria-hidden="true">${sign}</span> ${word}</span>`;
}

function lineRow(item: ItemRecord, answers: readonly AnswerRecord[], report: ReportRecord): Markup {
  const place = item.line === null ? "" : `line ${item.line}, `;
  const claim = item.claimed && !isEarned(item) ? ", claimed in the source" : "";
  const due = item.state === "not due" || item.dueAt === null ? "" : `, again ${utc(item.dueAt)}`;
  return html`<tr id="${`line-${item.id}`}"><td>${badge(item.state)}</td>
<th scope="row">${item.text}<br><span class="soft small">${place}${phaseName(item.phase)}${due}${claim}</span></th>
<td>${answers.length > 0 ? evidenceList(answers) : person(item, report)}</td></tr>
`;
}

function evidenceList(answers: readonly AnswerRecord[]): Markup {
  return html`<ul class="evidence">${answers.map((answer) => {
    const measured = figures(answer);
    const { sign, word } = STATES[answer.state];
    return html`<li><span aria-hidden="true">${sign}</span> <span class="id">${answer.component}/${answer.check}</span> <span class="small">${word}: ${answer.reason}</span><br>
<span class="soft small">${measured.length > 0 ? `${measured.join(" · ")} · ` : ""}${provenance(answer)}</span></li>`;
  })}</ul>`;
}

function person(item: ItemRecord, { signOffs }: ReportRecord): Markup {
  const signed = signOffs.find((each) => each.item === item.id);
  if (!signed) return html`<span class="small">${item.reason}</span>`;
  const { by, doneBy, at, until, evidence, attachment, seq } = signed;
  const file = attachment ? ` (${attachment.name}, sha256 ${attachment.sha256.slice(0, 12)})` : "";
  return html`<span class="small">${item.reason}${doneBy === null ? "" : `, done by ${doneBy}`}: ${evidence}${file}</span><br>
<span class="soft small">signed ${utc(at)} by ${by}, until ${utc(until)}, answer ${seq}</span>`;
}
