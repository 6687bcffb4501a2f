import { phaseName } from "../../../model/phase-times.ts";
import type { AnswerRecord, ItemRecord } from "../contracts/check.ts";
import type { ReportRecord } from "../contracts/report.ts";
import { html, type Markup } from "../markup.ts";
import type { HtmlSection } from "./section.ts";
import {
  answerTo,
  figures,
  isBoxEarned,
  isEarned,
  moment,
  placeOf,
  provenance,
  type Section,
  STATES,
  sectionsOf,
} from "./words.ts";

/** Every line of the checklist with what it rests on. */
export function checklistSection(report: ReportRecord): HtmlSection | undefined {
  const { lines } = sectionsOf(report);
  if (lines.length === 0) return undefined;
  return { id: "lines", title: "Checklist", body: html`${tables(lines, report)}` };
}

export function otherChecksSection(report: ReportRecord): HtmlSection | undefined {
  const { lines, others } = sectionsOf(report);
  if (others.length === 0) return undefined;
  const title = lines.length === 0 ? "Checks" : "Checks that no line speaks of";
  return { id: "others", title, body: html`${tables(others, report)}` };
}

function tables(sections: readonly Section[], { check, signOffs }: ReportRecord): Markup[] {
  const answers = new Map<string, AnswerRecord[]>();
  for (const answer of check.answers) {
    for (const id of answer.items) answers.set(id, [...(answers.get(id) ?? []), answer]);
  }
  return sections.map(({ title, items }) => {
    const lines = items.filter(({ restOf }) => restOf === null);
    const earned = lines.filter((each) => isBoxEarned(each, items)).length;
    return html`<h3>${title}</h3>
<table class="lines"><caption>${earned} of ${lines.length} earned</caption>
<thead><tr><th scope="col">State</th><th scope="col">Line</th><th scope="col">What it rests on</th></tr></thead>
<tbody>${items.map((item) => lineRow(item, { answers: answers.get(item.id) ?? [], signOffs }))}</tbody></table>
`;
  });
}

export function badge(state: ItemRecord["state"], count?: number): Markup {
  const { sign, word, tone } = STATES[state];
  const many = count === undefined ? "" : `${count} `;
  return html`<span class="badge ${tone}"><span aria-hidden="true">${sign}</span> ${many}${word}</span>`;
}

interface Rests {
  readonly answers: readonly AnswerRecord[];
  readonly signOffs: ReportRecord["signOffs"];
}

function lineRow(item: ItemRecord, rests: Rests): Markup {
  const place = placeOf(item);
  const about = [
    ...(place === undefined ? [] : [place]),
    phaseName(item.phase),
    ...(item.dueAt === null ? [] : [`${item.state === "not due" ? "due" : "by"} ${moment(item.dueAt)}`]),
    ...(item.claimed && !isEarned(item) ? ["ticked in the source"] : []),
  ];
  return html`<tr id="${`line-${item.id}`}"><td>${badge(item.state)}</td>
<th scope="row">${item.text}<br><span class="soft small">${about.join(" · ")}</span></th>
<td>${rests.answers.length > 0 ? evidenceList(item, rests.answers) : otherwise(item, rests)}</td></tr>
`;
}

function evidenceList(item: ItemRecord, answers: readonly AnswerRecord[]): Markup {
  return html`<ul class="evidence">${answers.map((each) => {
    const answer = answerTo(item, each);
    const { sign, word, tone } = STATES[answer.state];
    const isSame = answer.state === item.state;
    const mark = html`<span class="mark ${tone}"><span aria-hidden="true">${sign}</span> ${word}</span> `;
    const id = html`<span class="id">${answer.component}/${answer.check}</span>`;
    if (answer.observedAt === null)
      return html`<li class="soft small">${!isSame && mark}${id} · ${answer.reason}</li>`;
    return html`<li>${!isSame && mark}<span class="small">${answer.reason}</span><br>
<span class="soft small">${id} · ${[...figures(answer), provenance(answer)].join(" · ")}</span></li>`;
  })}</ul>`;
}

/** What a drill, a person or nobody answered. */
function otherwise(item: ItemRecord, { signOffs }: Rests): Markup {
  const { drill } = item;
  if (drill)
    return html`<span class="small">${item.reason}</span><br>
<span class="soft small"><span class="id">${drill.drill}</span> · ${provenance(drill)}</span>`;
  const signed = signOffs.find((each) => each.item === item.id);
  if (!signed) return html`<span class="small">${item.reason}</span>`;
  const { by, doneBy, at, until, evidence, attachment, seq } = signed;
  const file = attachment ? ` (${attachment.name} kept, sha256 ${attachment.sha256.slice(0, 12)})` : "";
  return html`<span class="small">${item.reason}${doneBy === null ? "" : `, done by ${doneBy}`}: ${evidence}${file}</span><br>
<span class="soft small">${by}, ${moment(at)}, until ${moment(until)} · answer ${seq}</span>`;
}
