import { html } from "hono/html";
import { formatDuration } from "../../model/duration.ts";
import type { ApiSources } from "../sources.ts";
import { hero, type Markup, moment, page, percent } from "./layout.ts";
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
type ToldOrStopped = Told | "stopped";
const WORDS: Readonly<Record<ToldOrStopped, string>> = {
  up: "Operational",
  degraded: "Disturbed",
  down: "Not available",
  unknown: "Not known right now",
  stopped: "Stopped on purpose",
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
  const stopped = await sources.stopped?.();
  const rows = await Promise.all(
    shown.map(async (component) => {
      const days = await daysOf(component, { measurements, now });
      return { component, days, told: stateOf(component, sources) };
    }),
  );
  const told = worst(rows.map((row) => row.told));
  const overall = stopped
    ? { told: "unknown" as const, title: `Stopped on purpose, since ${moment(stopped.at)}` }
    : overallOf(told, incidents);
  const title = titleOf(sources);
  return page({
    title,
    narrow: true,
    refresh: 60,
    script: "live.js",
    top: html`<strong>${title}</strong><nav aria-label="This page"><a href="status.rss">RSS feed</a></nav>`,
    body: html`
${hero(overall.told, { title: overall.title, text: `As of ${moment(now)}` })}
${ongoing(incidents)}
<section class="card"><h2>The last ${DAYS} days</h2>
${rows.length === 0 ? html`<p class="empty">Nothing is shown here yet.</p>` : html`<ul class="list">${rows.map(({ component, days, told: state }) => componentRow(component.name, stopped ? "stopped" : state, days))}</ul>`}
</section>
${maintenanceOf(sources, now)}
<section class="card"><h2>Past incidents</h2>${pastOf(incidents)}</section>`,
    foot: html`<div class="row"><span>Times are in UTC. A day is as good as the worst of what was measured on it.</span><span>Watched by Gonogo</span></div>`,
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

const TONES: Readonly<Record<ToldOrStopped, string>> = {
  up: "up",
  degraded: "some",
  down: "down",
  unknown: "none",
  stopped: "none",
};

function componentRow(name: string, state: ToldOrStopped, days: readonly ShownDay[]): Markup {
  const uptime = uptimeOf(days);
  return html`
<li><div class="row"><h3>${name}</h3><span class="chip ${TONES[state]}">${WORDS[state]}</span></div>
<svg class="days" viewBox="0 0 ${DAYS * 4 - 1} 16" preserveAspectRatio="none" role="img" aria-label="${name}, the last ${DAYS} days">
${days.map(({ at, uptime: share }, index) => html`<rect class="d-${classOf(share)}" x="${index * 4}" y="0" width="3" height="16" rx="1"><title>${dayOf(at)}: ${share === undefined ? "not watched" : percent(share)}</title></rect>`)}
</svg>
<div class="row small soft days-axis"><span>${DAYS} days ago</span><span>${uptime === undefined ? "not watched yet" : `${percent(uptime)} while watched`}</span><span>Today</span></div>
</li>`;
}

function dayOf(at: number): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" }).format(at);
}

function classOf(share: number | undefined): string {
  if (share === undefined) return "none";
  if (share >= GOOD_DAY) return "up";
  return share >= BAD_DAY ? "some" : "down";
}

function maintenanceOf({ launch }: ApiSources, now: number): Markup | "" {
  const planned = plannedMaintenance(launch.alerts.maintenance, now);
  if (planned.length === 0) return "";
  return html`<section class="card"><h2>Planned maintenance</h2><ul class="list">
${planned.map(({ name, from, until }) => html`<li><div class="row"><h3>${name}</h3>${from <= now ? html`<span class="chip some">now</span>` : ""}</div><span class="soft">${moment(from)} to ${moment(until)}</span></li>`)}
</ul></section>`;
}

/** Everything may answer again while people still work on what it was: all is well only when that is over, too. */
export function overallOf(
  told: Told,
  incidents: readonly Pick<PublicIncident, "state">[],
): { readonly told: Told; readonly title: string } {
  const isOver = incidents.every(({ state }) => state === "resolved");
  if (told !== "up" || isOver) return { told, title: OVERALL[told] };
  return { told: "degraded", title: "All systems answer; an incident is not over yet" };
}

/** What goes on stands where nobody can miss it. */
function ongoing(incidents: readonly PublicIncident[]): Markup | "" {
  const open = incidents.filter(({ state }) => state !== "resolved");
  if (open.length === 0) return "";
  return html`<section class="card alarm tone-down"><h2>Going on now</h2><ul class="list">${open.map(incidentRow)}</ul></section>`;
}

function pastOf(incidents: readonly PublicIncident[]): Markup {
  const past = incidents.filter(({ state }) => state === "resolved");
  if (past.length === 0) return html`<p class="empty">None in the last ${DAYS} days.</p>`;
  const byDay = Map.groupBy(past, ({ openedAt }) => dayOf(openedAt));
  return html`${[...byDay].map(([day, those]) => html`<div class="group"><h3>${day}</h3><ul class="list">${those.map(incidentRow)}</ul></div>`)}`;
}

const STATE_TONES = { investigating: "down", identified: "down", mitigated: "some", resolved: "up" } as const;

function incidentRow({ title, state, openedAt, resolvedAt }: PublicIncident): Markup {
  const lasted = resolvedAt === undefined ? "" : `, for ${formatDuration(resolvedAt - openedAt)}`;
  return html`<li><div class="row"><strong>${title}</strong><span class="chip ${STATE_TONES[state]}">${state}</span></div>
<span class="soft small">${moment(openedAt)}${resolvedAt === undefined ? "" : ` to ${moment(resolvedAt)}`}${lasted}</span></li>`;
}
