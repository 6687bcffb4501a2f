import { html } from "hono/html";
import type { Alert } from "../../model/alert.ts";
import type { ApiKey } from "../../model/api-key.ts";
import { formatDuration } from "../../model/duration.ts";
import type { Incident, IncidentEvent, IncidentEventKind } from "../../model/incident.ts";
import type { ApiSources } from "../sources.ts";
import { topLine } from "./dashboard.ts";
import { SEVERITY_TONES, takenUp } from "./dashboard-incidents.ts";
import { type Markup, moment, page } from "./layout.ts";
import { questionCard } from "./question.ts";

const REFRESH_SECONDS = 15;
/** A group of thousands is told by its weightiest. */
const MOST_ALERTS = 50;

/** What messages link to: what fails and its fix, what to type, what happened. Undefined: there is none of that id. */
export async function incidentPage(
  sources: ApiSources,
  { key, id }: { key: ApiKey; id: string },
): Promise<Markup | undefined> {
  const { store, environment, launch, clock } = sources;
  const incident = await store.incidents.get(environment.name, id);
  if (!incident) return undefined;
  const events = await store.incidents.events(environment.name, id);
  const { groups } = await store.alerts.load(environment.name);
  const firing = groups
    .filter((group) => group.incident === id)
    .flatMap(({ alerts }) => alerts.filter(({ resolvedAt }) => resolvedAt === undefined))
    .sort((a, b) => a.severity.localeCompare(b.severity));
  const { severity, title, state, acknowledgedBy } = incident;
  const tone = state === "resolved" ? "up" : state === "mitigated" ? "some" : SEVERITY_TONES[severity];
  const question = state === "open" ? events.findLast(({ kind }) => kind === "asked") : undefined;
  return page({
    title: `${id} · ${launch.name} · ${environment.name}`,
    refresh: REFRESH_SECONDS,
    script: "../live.js",
    top: topLine(sources, { root: "../", key }),
    body: html`
<section class="card alarm tone-${tone}">
<div class="row"><span class="soft"><a href="../">All</a> / ${id}</span><span><span class="chip ${tone}">${severity}</span> <span class="chip ${tone}">${state}</span></span></div>
<h1 class="gap">${title}</h1>
<div class="gap">${factsOf(incident, clock.now())}</div>
<p class="gap">${takenUp(incident, { key, way: id, acknowledgedBy })}</p>
</section>
${question === undefined ? "" : await questionCard(sources, { incident, text: question.text, key })}
${firing.length === 0 ? "" : html`<section class="card"><h2>What fails</h2><ul class="list">${firing.slice(0, MOST_ALERTS).map(alertRow)}</ul>${firing.length > MOST_ALERTS ? html`<p class="soft">And ${firing.length - MOST_ALERTS} more.</p>` : ""}</section>`}
<div class="columns">
<section class="card"><h2>What happened</h2><ol class="timeline">${events.map(eventRow)}</ol></section>
<section class="card"><h2>What to type</h2>${commandsFor(incident, { isAsked: question !== undefined }).map((each) => html`<pre>${each}</pre>`)}</section>
</div>`,
  });
}

function factsOf(incident: Incident, now: number): Markup {
  const { firstFailureAt, openedAt, resolvedAt, toldAt, affected, suspect, release } = incident;
  const after = (at: number | undefined) =>
    at === undefined ? "nobody yet" : `after ${formatDuration(Math.max(0, at - firstFailureAt))}`;
  const facts: (readonly [string, Markup | string])[] = [
    ["Began", moment(firstFailureAt)],
    [
      resolvedAt === undefined ? "Has lasted" : "Lasted",
      formatDuration((resolvedAt ?? now) - firstFailureAt),
    ],
    ["Detected", after(openedAt)],
    ["People told", after(toldAt)],
    ["Affected", affected.join(", ")],
    suspect
      ? [
          "Suspect",
          html`release ${suspect.release} (<code>${suspect.commit.replace("tree:", "").slice(0, 7)}</code>), live since ${moment(suspect.liveSince)}`,
        ]
      : ["Release", release ?? "not known"],
  ];
  return html`<dl class="facts">${facts.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function alertRow({ monitor, detail, consequence, fix, severity }: Alert): Markup {
  return html`<li><div class="row"><strong>${monitor}</strong><span class="chip ${SEVERITY_TONES[severity]}">${severity}</span></div><p>${detail}</p><p class="soft">${consequence}</p>
${fix === undefined ? "" : html`<pre>${fix}</pre>`}</li>`;
}

function commandsFor(
  { id, environment, state, suspect, acknowledgedAt, reviewDueAt }: Incident,
  { isAsked }: { isAsked: boolean },
): string[] {
  const incidents = (words: string) => `gonogo incidents ${words} --env ${environment}`;
  if (state === "resolved")
    return [incidents(reviewDueAt === undefined ? `show ${id}` : `post-mortem ${id}`)];
  return [
    ...(acknowledgedAt === undefined ? [incidents(`ack ${id}`)] : []),
    ...((suspect && state === "open") || isAsked ? [`gonogo rollback --env ${environment}`] : []),
    ...(isAsked ? [incidents(`mitigate ${id} "it stays: ..."`)] : []),
    incidents(`note ${id} "..."`),
  ];
}

const EVENT_TONES: Partial<Record<IncidentEventKind, string>> = {
  opened: "down",
  reopened: "down",
  joined: "down",
  escalated: "some",
  asked: "some",
  "rolled back": "some",
  mitigated: "some",
  recovered: "up",
  resolved: "up",
  reviewed: "up",
};

function eventRow({ at, kind, by, text }: IncidentEvent): Markup {
  return html`<li class="tone-${EVENT_TONES[kind] ?? "none"}"><div class="row"><strong>${kind}</strong><time class="soft small num" datetime="${new Date(at).toISOString()}" title="${moment(at)}">${new Date(at).toISOString().slice(11, 19)}</time></div><span>${by === undefined ? "" : html`by ${by}${text === "" ? "" : ": "}`}${text}</span></li>`;
}
