import { html } from "hono/html";
import type { Alert } from "../../model/alert.ts";
import type { ApiKey } from "../../model/api-key.ts";
import { formatDuration } from "../../model/duration.ts";
import type { Incident, IncidentEvent } from "../../model/incident.ts";
import type { ApiSources } from "../sources.ts";
import { type Markup, moment, page } from "./layout.ts";

const REFRESH_SECONDS = 15;
/** A group of thousands is told by its weightiest. */
const MOST_ALERTS = 50;

/** What messages link to: what fails and its fix, what to type, what happened. Undefined: there is none of that id. */
export async function incidentPage(
  { store, environment, launch, clock }: ApiSources,
  { key, id }: { key: ApiKey; id: string },
): Promise<Markup | undefined> {
  const incident = await store.incidents.get(environment.name, id);
  if (!incident) return undefined;
  const events = await store.incidents.events(environment.name, id);
  const { groups } = await store.alerts.load(environment.name);
  const firing = groups
    .filter((group) => group.incident === id)
    .flatMap(({ alerts }) => alerts.filter(({ resolvedAt }) => resolvedAt === undefined))
    .sort((a, b) => a.severity.localeCompare(b.severity));
  const { severity, title, state, openedAt, firstFailureAt, resolvedAt } = incident;
  const lasted = formatDuration((resolvedAt ?? clock.now()) - firstFailureAt);
  return page({
    title: `${id} · ${launch.name} · ${environment.name}`,
    refresh: REFRESH_SECONDS,
    body: html`
<main>
<p class="soft"><a href="../">${launch.name} · ${environment.name}</a></p>
<h1>${id}: ${title}</h1>
<p class="overall ${state === "resolved" ? "up" : severity === "P0" ? "down" : "degraded"}" role="status">${severity}, ${state}</p>
<p>Since ${moment(openedAt)}, lasted ${lasted}. ${takenUp(incident, key)}</p>
${suspectOf(incident)}
${firing.length === 0 ? "" : html`<h2>What fails</h2>${firing.slice(0, MOST_ALERTS).map(alertRow)}`}
${firing.length > MOST_ALERTS ? html`<p class="soft">And ${firing.length - MOST_ALERTS} more.</p>` : ""}
<h2>What to type</h2>
${commandsFor(incident).map((each) => html`<p><code>${each}</code></p>`)}
<h2>What happened</h2>
<div class="scroll"><table>${events.map(eventRow)}</table></div>
</main>`,
  });
}

function takenUp({ id, state, acknowledgedBy }: Incident, { scope }: ApiKey): Markup | string {
  if (acknowledgedBy !== undefined) return `Acknowledged by ${acknowledgedBy}.`;
  if (state === "resolved") return "";
  if (scope !== "write") return "Nobody has acknowledged it.";
  return html`<form class="inline" method="post" action="${id}/acknowledge"><button>Acknowledge</button></form>`;
}

function suspectOf({ suspect }: Incident): Markup | "" {
  if (!suspect) return "";
  const { release, commit, liveSince } = suspect;
  return html`<p>Suspect: release ${release} (<code>${commit.replace("tree:", "").slice(0, 7)}</code>), live since ${moment(liveSince)}.</p>`;
}

function alertRow({ monitor, detail, consequence, fix }: Alert): Markup {
  return html`<section class="component"><strong class="detail">${monitor}</strong><br>${detail}<br><span class="soft">${consequence}</span>
${fix === undefined ? "" : html`<pre>${fix}</pre>`}</section>`;
}

function commandsFor({ id, environment, state, suspect, acknowledgedAt, reviewDueAt }: Incident): string[] {
  const incidents = (words: string) => `gonogo incidents ${words} --env ${environment}`;
  if (state === "resolved") return reviewDueAt === undefined ? [] : [incidents(`post-mortem ${id}`)];
  return [
    ...(acknowledgedAt === undefined ? [incidents(`ack ${id}`)] : []),
    ...(suspect && state === "open" ? [`gonogo rollback --env ${environment}`] : []),
    incidents(`note ${id} "..."`),
  ];
}

function eventRow({ at, kind, by, text }: IncidentEvent): Markup {
  return html`<tr><td>${new Date(at).toISOString().slice(11, 19)}</td><td>${kind}</td><td class="detail">${by === undefined ? "" : html`by ${by} `}${text}</td></tr>`;
}
