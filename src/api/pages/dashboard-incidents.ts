import { html } from "hono/html";
import type { ApiKey } from "../../model/api-key.ts";
import type { Incident } from "../../model/incident.ts";
import type { ApiSources } from "../sources.ts";
import { ago, type Markup, moment } from "./layout.ts";

const RECENT = 5;
export const SEVERITY_TONES = { P0: "down", P1: "down", P2: "some", P3: "none" } as const;

/** What is broken now, each with what to do about it; else what was last. */
export async function incidentCards(sources: ApiSources, key: ApiKey): Promise<Markup> {
  const { store, environment, clock } = sources;
  const open = await store.incidents.list(environment.name, { unresolved: true });
  const now = clock.now();
  if (open.length > 0) {
    const cards = open.map(async (incident) =>
      cardOf(incident, { key, now, question: await questionOf(sources, incident) }),
    );
    return html`${await Promise.all(cards)}`;
  }
  const recent = await store.incidents.list(environment.name, { limit: RECENT });
  if (recent.length === 0) return html``;
  return html`<section class="card"><h2>Last incidents</h2><table class="stack">${recent.map(pastRow)}</table></section>`;
}

/** What nobody has answered yet. */
async function questionOf(
  { store, environment }: ApiSources,
  { id, state }: Incident,
): Promise<string | undefined> {
  if (state !== "open") return undefined;
  const events = await store.incidents.events(environment.name, id);
  return events.findLast(({ kind }) => kind === "asked")?.text;
}

function cardOf(
  incident: Incident,
  { key, now, question }: { key: ApiKey; now: number; question: string | undefined },
): Markup {
  const { id, severity, title, openedAt, acknowledgedBy, state, suspect } = incident;
  const tone = state === "mitigated" ? "some" : SEVERITY_TONES[severity];
  return html`<section class="card alarm tone-${tone}">
<div class="row"><h2><a href="incidents/${id}">${title}</a></h2><span><span class="chip ${tone}">${severity}</span> <span class="chip">${state}</span></span></div>
<div class="row"><span class="soft">${id}, began ${ago(openedAt, now)}${suspect === undefined ? "" : `; suspect: release ${suspect.release}`}</span>${takenUp(incident, { key, way: `incidents/${id}`, acknowledgedBy })}</div>
${question === undefined ? "" : html`<p class="gap">${question}</p><p><a href="incidents/${id}">Somebody has to decide</a></p>`}
</section>`;
}

export function takenUp(
  { state }: Incident,
  { key, way, acknowledgedBy }: { key: ApiKey; way: string; acknowledgedBy: string | undefined },
): Markup {
  if (acknowledgedBy !== undefined) return html`<span class="soft">Acknowledged by ${acknowledgedBy}</span>`;
  if (state === "resolved") return html``;
  if (key.scope !== "write") return html`<span class="soft">Nobody has acknowledged it</span>`;
  return html`<form class="inline" method="post" action="${way}/acknowledge"><button class="main">Acknowledge</button></form>`;
}

function pastRow({ id, severity, title, openedAt, state }: Incident): Markup {
  return html`<tr><td><span class="chip up">${state}</span></td><td><a href="incidents/${id}">${title}</a><br><span class="soft small">${id}, ${severity}</span></td><td class="when">${moment(openedAt)}</td></tr>`;
}
