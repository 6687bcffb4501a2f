import { utc } from "../../../model/phase-times.ts";
import { quantity } from "../../../model/quantity.ts";
import { closingLine } from "../closing.ts";
import type { ReportRecord } from "../contracts/report.ts";
import { hoursToLaunch, turnText } from "../countdown.ts";
import { html, Markup } from "../markup.ts";
import { proofFor } from "../proof.ts";
import { tally } from "../tally.ts";
import { badge, checklistSection, otherChecksSection } from "./html-lines.ts";
import { deploysSection, peopleSection, waiversSection } from "./html-tables.ts";
import { findingsSection, unblockSection } from "./html-trouble.ts";
import type { HtmlSection } from "./section.ts";
import { REPORT_STYLE } from "./style.ts";
import { moment, STATES, shares, verdictSentence } from "./words.ts";

/**
 * The report as one file that needs nothing else: no script, no request. The policy in its head holds a browser to
 * that whatever a check's words were.
 */
export function reportHtml(report: ReportRecord): string {
  const { check } = report;
  const verdict = check.go ? (check.goWithoutWaivers ? "good" : "weak") : "bad";
  const title = `${report.launch} · ${report.environment} · ${check.go ? "GO" : "NO-GO"}`;
  const sections = [
    unblockSection(report),
    countdownSection(report),
    checklistSection(report),
    findingsSection(report),
    peopleSection(report),
    waiversSection(report),
    deploysSection(report),
    otherChecksSection(report),
  ].filter((each) => each !== undefined);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Markup(REPORT_STYLE)}</style>
</head>
<body>
<header>
<a class="skip" href="#lines">To the checklist</a>
<h1>${report.launch}, ${report.environment}: launch report</h1>
<div class="verdict ${verdict}">
<strong>${check.go ? "GO" : "NO-GO"}</strong>
<p>${verdictSentence(report)}</p>
<p class="soft">${closingLine(check, tally(check)).replace(/^(?:NO-)?GO · /, "")}</p>
</div>
${share(report)}
${facts(report)}
<nav aria-label="Sections"><ul>${sections.map(({ id, title: name }) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
</header>
<main>
${sections.map(({ id, title: name, body }) => html`<section aria-labelledby="${id}"><h2 id="${id}">${name}</h2>\n${body}</section>\n`)}</main>
${footer(report)}
</body>
</html>
`;
  return page.text;
}

/** All lines at a glance: how many are in which state. */
function share({ check }: ReportRecord): Markup {
  const found = shares(check.items);
  return html`<div class="share" aria-hidden="true">${found.map(
    ({ state, count }) => html`<span class="${STATES[state].tone}" style="flex:${count}"></span>`,
  )}</div>
<ul class="legend" aria-label="Lines by state">${found.map(({ state, count }) => html`<li>${badge(state, count)}</li>`)}</ul>`;
}

function facts({ release, at, check, deploys, countdown }: ReportRecord): Markup {
  const live = deploys.find((each) => each.state === "done" && each.release === release?.id);
  const rows: [name: string, text: string, more?: string][] = [["Judged", moment(at), "all times are UTC"]];
  if (release) {
    const { id, commit, createdAt, createdBy, migrations } = release;
    rows.push(["Release", `${id}, ${shortCommit(commit)}`, `made ${moment(createdAt)} by ${createdBy}`]);
    if (live)
      rows.push(["Live since", moment(live.finishedAt ?? live.startedAt), `by ${live.kind} ${live.id}`]);
    if (migrations.length > 0)
      rows.push(["Migrations", `${migrations.length}`, `last: ${migrations.at(-1)}`]);
  } else {
    rows.push([
      "Release",
      check.release ? `${check.release.id}, ${shortCommit(check.release.commit)}` : "nothing is deployed",
    ]);
  }
  if (countdown) rows.push(["Launch", moment(countdown.launchAt), hoursToLaunch(countdown, at)]);
  rows.push(["Declaration", check.config]);
  return html`<dl class="facts">${rows.map(
    ([name, text, more]) =>
      html`<div><dt>${name}</dt><dd>${text}${more !== undefined && html`<span class="soft small">${more}</span>`}</dd></div>`,
  )}</dl>`;
}

function countdownSection({ countdown, check, at }: ReportRecord): HtmlSection | undefined {
  if (!countdown) return undefined;
  const textOf = (id: string): string => check.items.find((item) => item.id === id)?.text ?? id;
  const due = countdown.dueNow.map((id) => html`<li>${textOf(id)}</li>`);
  const next = countdown.next.map(
    (turn) =>
      html`<li>${turnText(turn, at)}<ul>${turn.items.slice(0, 12).map((id) => html`<li>${textOf(id)}</li>`)}</ul></li>`,
  );
  return {
    id: "countdown",
    title: `Countdown: ${hoursToLaunch(countdown, at)}`,
    body: html`<h3>Due now</h3>${due.length > 0 ? html`<ul>${due}</ul>` : html`<p>Nothing that is not answered.</p>`}
<h3>What comes next</h3>${next.length > 0 ? html`<ul>${next}</ul>` : html`<p>Nothing more.</p>`}`,
  };
}

function footer({ chains, at }: ReportRecord): Markup {
  if (!chains) return html`<footer><p>Written by Gonogo at ${utc(at)}. All times are UTC.</p></footer>`;
  const { evidence, people } = chains;
  const broken = evidence.breaks.length + people.breaks.length;
  return html`<footer>
<p>${
    broken === 0
      ? "Every row of evidence and every answer of a person follows from the one before it."
      : html`<strong>The evidence was tampered with in ${quantity(broken, "place")}; gonogo report --verify names them.</strong>`
  }</p>
<p>Evidence: ${quantity(evidence.rows, "row")}, head <span class="id">${evidence.head}</span>.<br>People's answers: ${quantity(people.rows, "row")}, head <span class="id">${people.head}</span>.</p>
<p>Proof for later: <code>gonogo report --verify --anchor ${proofFor({ evidence, people })}</code></p>
<p>Written by Gonogo at ${utc(at)}. All times are UTC.</p>
</footer>`;
}

export function shortCommit(commit: string): string {
  return commit.startsWith("tree:") ? `tree ${commit.slice(5, 12)}` : commit.slice(0, 7);
}
