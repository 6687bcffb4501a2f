import { html } from "hono/html";
import type { ApiSources } from "../sources.ts";
import { type Markup, moment, page, percent } from "./layout.ts";
import { plannedMaintenance } from "./maintenance.ts";
import { type PublicIncident, publicIncidents } from "./public-incidents.ts";
import { type ShownComponent, shownComponents } from "./status-components.ts";
import { DAYS, daysOf, type ShownDay, uptimeOf } from "./status-days.ts";

const SINCE_MS = DAYS * 86_400_000;
const MOST_INCIDENTS = 200;
/** One bad answer in a day is no outage. */
const GOOD_DAY = 0.999;
const BAD_DAY = 0.95;

type Told = "up" | "degraded" | "down" | "unknown";
const WORDS: Readonly<Record<Told, string>> = {
  up: "Operational",
  degraded: "Disturbed",
  down: "Not available",
  unknown: "Not known right now",
};
const OVERALL: Readonly<Record<Told, string>> = {
  up: "All systems operational",
  degraded: "Some systems are disturbed",
  down: "Some systems are not available",
  unknown: "The state is not known right now",
};

export function titleOf({ launch }: Pick<ApiSources, "launch">): string {
  return `${launch.statusPage?.title ?? launch.name} status`;
}

/** What the last 90 days brought, newest first, in words for everybody. */
export async function recentIncidents(sources: ApiSources): Promise<PublicIncident[]> {
  const { store, environment, clock, launch, monitors } = sources;
  const since = clock.now() - SINCE_MS;
  const found = await store.incidents.list(environment.name, { since, limit: MOST_INCIDENTS });
  return publicIncidents(found, shownComponents(launch, monitors));
}

export async function statusPage(sources: ApiSources): Promise<Markup> {
  const { launch, monitors, measurements, clock } = sources;
  const now = clock.now();
  const shown = shownComponents(launch, monitors);
  const incidents = await recentIncidents(sources);
  const rows = await Promise.all(
    shown.map(async (component) => {
      const days = await daysOf(component, { measurements, now });
      return { component, days, told: stateOf(component, sources) };
    }),
  );
  const told = worst(rows.map((row) => row.told));
  const title = titleOf(sources);
  return page({
    title,
    refresh: 60,
    body: html`
<main>
<h1>${title}</h1>
<p class="overall ${told}" role="status">${OVERALL[told]}</p>
<p class="soft">As of ${moment(now)}. <a href="status.rss">RSS</a></p>
${rows.map(({ component, days, told: state }) => componentRow(component.name, state, days))}
${maintenanceOf(sources, now)}
<h2>Incidents of the last ${DAYS} days</h2>
${incidents.length === 0 ? html`<p class="soft">None.</p>` : incidents.map(incidentRow)}
</main>`,
  });
}

function stateOf({ monitors }: ShownComponent, { board }: ApiSources): Told {
  const found = monitors.map(({ id, severity }) => ({
    severity,
    state: board.standings.get(id)?.reading.state,
  }));
  const down = found.filter(({ state }) => state === "down");
  if (down.some(({ severity }) => severity === "P0")) return "down";
  if (down.length > 0) return "degraded";
  return found.some(({ state }) => state === "up") ? "up" : "unknown";
}

function worst(states: readonly Told[]): Told {
  return (["down", "degraded", "unknown"] as const).find((each) => states.includes(each)) ?? "up";
}

function componentRow(name: string, state: Told, days: readonly ShownDay[]): Markup {
  const uptime = uptimeOf(days);
  return html`
<section class="component">
<div class="row"><strong>${name}</strong><span class="state ${state}">${WORDS[state]}</span></div>
<svg class="days" viewBox="0 0 ${DAYS * 4} 16" preserveAspectRatio="none" role="img" aria-label="${name}, the last ${DAYS} days">
${days.map(({ at, uptime: share }, index) => html`<rect class="d-${classOf(share)}" x="${index * 4}" y="0" width="3" height="16"><title>${new Date(at).toISOString().slice(0, 10)}: ${share === undefined ? "not watched" : percent(share)}</title></rect>`)}
</svg>
<div class="row soft"><span>${DAYS} days ago</span><span>${uptime === undefined ? "not watched yet" : `${percent(uptime)} over the days watched`}</span><span>today</span></div>
</section>`;
}

function classOf(share: number | undefined): string {
  if (share === undefined) return "none";
  if (share >= GOOD_DAY) return "up";
  return share >= BAD_DAY ? "some" : "down";
}

function maintenanceOf({ launch }: ApiSources, now: number): Markup | "" {
  const planned = plannedMaintenance(launch.alerts.maintenance, now);
  if (planned.length === 0) return "";
  return html`
<h2>Planned maintenance</h2>
${planned.map(({ name, from, until }) => html`<p><strong>${name}</strong><br><span class="soft">${moment(from)} to ${moment(until)}${from <= now ? ", now" : ""}</span></p>`)}`;
}

function incidentRow({ title, state, openedAt, resolvedAt }: PublicIncident): Markup {
  return html`<p><strong>${title}</strong> <span class="soft">${state}</span><br>
<span class="soft">${moment(openedAt)}${resolvedAt === undefined ? "" : ` to ${moment(resolvedAt)}`}</span></p>`;
}
