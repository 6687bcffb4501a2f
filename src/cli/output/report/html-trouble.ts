import { causesOf } from "../board/causes.ts";
import type { AnswerRecord } from "../contracts/check.ts";
import type { ReportRecord } from "../contracts/report.ts";
import { html, type Markup } from "../markup.ts";
import { troubleOf } from "../trouble.ts";
import { badge } from "./html-lines.ts";
import type { HtmlSection } from "./section.ts";
import { provenance, STATES } from "./words.ts";

export function unblockSection({ unblock, check }: ReportRecord): HtmlSection | undefined {
  if (check.go) return undefined;
  return {
    id: "unblock",
    title: "What would unblock it",
    body: html`<ol class="cards">${unblock.map(
      ({ what, why, how }) => html`<li class="card bad"><h3>${what}</h3><p>${why}</p><pre>${how}</pre></li>
`,
    )}</ol>`,
  };
}

/** What is wrong or weak, and what could not be told, with everything a reader needs to mend it. */
export function findingsSection({ check }: ReportRecord): HtmlSection | undefined {
  const troubled = check.answers.filter((each) => ["failing", "warning", "waived"].includes(each.state));
  const order = ["failing", "warning", "waived"];
  const cards = troubled
    .toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
    .map((answer) => findingCard(answer));
  const causes = causesOf(check.answers.filter((each) => each.due)).map(
    ({ says, answers }) => html`<li class="card bad"><p>${says}</p><p class="soft small">${answers
      .map((each) => `${each.component}/${each.check}`)
      .join(", ")}</p></li>
`,
  );
  if (cards.length + causes.length === 0) return undefined;
  return {
    id: "findings",
    title: "Findings",
    body: html`${causes.length > 0 && html`<h3>Not known, stale or not asked</h3><ul class="cards">${causes}</ul>`}${
      cards.length > 0 && html`<h3>Wrong or weak</h3><ul class="cards">${cards}</ul>`
    }`,
  };
}

function findingCard(answer: AnswerRecord): Markup {
  const told = troubleOf(answer);
  if (!told) return html``;
  const names = answer.findings.map(
    ({ name, fingerprint, waivedBy }) =>
      html`<li>${name === "" ? "the whole" : name} <span class="soft small">${fingerprint}${waivedBy === null ? "" : `, waived by ${waivedBy}`}</span></li>`,
  );
  const due = answer.due ? "" : ` Not due yet: ${answer.phase}.`;
  return html`<li class="card ${STATES[answer.state].tone}"><h3>${badge(answer.state)} <span class="id">${answer.component}/${answer.check}</span></h3>
<p>${told.summary}.${due}</p>
<dl><dt>Found</dt><dd>${told.found}</dd><dt>Expected</dt><dd>${told.expected}</dd><dt>Matters because</dt><dd>${answer.consequence}</dd>${names.length > 0 && html`<dt>Findings</dt><dd><ul class="evidence">${names}</ul></dd>`}</dl>
<p class="soft small">Fix</p><pre>${told.fix}</pre>
<p class="soft small">${provenance(answer)}</p></li>
`;
}
