import { html } from "hono/html";
import type { ApiKey } from "../../model/api-key.ts";
import type { Deploy } from "../../model/deploy.ts";
import type { Stop } from "../../store/stop-store.ts";
import { type OverallState, overall, tally } from "../overall.ts";
import type { ApiSources } from "../sources.ts";
import { deployList } from "./dashboard-deploys.ts";
import { incidentCards } from "./dashboard-incidents.ts";
import { monitorList } from "./dashboard-monitors.ts";
import { promiseList } from "./dashboard-promises.ts";
import { figureTiles } from "./figure-tiles.ts";
import { ago, hero, MARK, type Markup, moment, page, percent } from "./layout.ts";
import { latencyChart, type Point, requestsChart, type TrafficSeen, trafficSeen } from "./traffic-chart.ts";

const REFRESH_SECONDS = 15;
const DEPLOYS = 8;
const LATELY_MS = 5 * 60_000;

/** For whoever has a key: what is wrong first, then how users fare, then everything, then what was deployed. */
export async function dashboard(sources: ApiSources, key: ApiKey): Promise<Markup> {
  const { launch, environment, store, clock } = sources;
  const deploys = await store.deploys.list(environment.name, DEPLOYS);
  const release = await sources.liveRelease();
  const now = clock.now();
  const seen = await trafficSeen(sources.measurements, now);
  const marks = deploys
    .toReversed()
    .flatMap((each) =>
      each.state === "done" ? [{ release: each.release, at: each.finishedAt ?? each.startedAt }] : [],
    );
  const stopped = await sources.stopped?.();
  const state = stopped ? "unknown" : overall(sources);
  const figures = sources.figures();
  return page({
    title: `${launch.name} · ${environment.name}`,
    refresh: REFRESH_SECONDS,
    script: "live.js",
    top: topLine(sources, { root: "", key }),
    body: html`
${hero(state, stopped ? stoppedHeading(stopped, now) : heading(sources, state))}
${await incidentCards(sources, key)}
${await channelCards(sources)}
<dl class="tiles">${tiles({ release, deploys, seen, now })}${figureTiles(sources)}</dl>
<div class="columns"><section class="card">${requestsChart(seen, marks)}</section>
<section class="card">${latencyChart(seen, marks, launch.promises?.latency.p95Ms)}</section></div>
<section class="card"><h2>Monitors${stopped ? ", as they were before the stop" : ""}</h2>${monitorList(sources)}</section>
<div class="columns">${promiseList(sources)}<section class="card"><h2>Deploys</h2>${deployList(deploys, now)}</section></div>`,
    foot: html`<div class="row"><span>The watcher asks ${figures.tasks} things, ${figures.lag.p99Ms} ms late at most for 99 in 100; ${figures.lost} answers lost.</span><span><a href="api/v1/openapi.json">API</a></span></div>`,
  });
}

export function topLine(
  { launch, environment }: Pick<ApiSources, "launch" | "environment">,
  { root, key }: { root: string; key: ApiKey },
): Markup {
  return html`<a class="brand" href="${root === "" ? "./" : root}">${MARK} ${launch.name}</a><span class="chip">${environment.name}</span>
<nav aria-label="Pages"><a href="${root}status">Status page</a><form class="inline" method="post" action="${root}logout"><button class="plain">Forget the key "${key.name}"</button></form></nav>`;
}

const TITLES: Readonly<Record<OverallState, string>> = {
  up: "Everything is up",
  degraded: "Something is wrong",
  down: "Users cannot use it",
  unknown: "Nothing is known yet",
};

function heading(sources: ApiSources, state: OverallState): { title: string; text: string } {
  const { up, down, noted, unknown } = tally(sources);
  const text = [
    `${up} up`,
    `${down} down`,
    ...(noted > 0 ? [`${noted} good to know`] : []),
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
  ].join(" · ");
  return { title: worstOf(sources) ?? TITLES[state], text };
}

function stoppedHeading({ at, by }: Stop, now: number): { title: string; text: Markup } {
  return {
    title: `Stopped on purpose, since ${moment(at)}`,
    text: html`by ${by}, ${ago(at, now)}. Until the next deploy nothing is asked.`,
  };
}

const NAMED = 3;

/** "db and web are down": the components, not the monitors, for those may be many. */
function worstOf({ monitors, board }: ApiSources): string | undefined {
  const down = monitors.filter(({ id }) => board.standings.get(id)?.reading.state === "down");
  const grave = down.filter(({ severity }) => severity === "P0" || severity === "P1");
  const names = [...new Set(grave.map(({ component }) => component))];
  if (names.length === 0 || names.length > NAMED) return undefined;
  const list = new Intl.ListFormat("en").format(names);
  return `${list} ${names.length === 1 ? "is" : "are"} ${grave.some(({ severity }) => severity === "P0") ? "down" : "disturbed"}`;
}

/** Through which nobody would be told: worth knowing before there is something to tell. */
async function channelCards({ channels }: ApiSources): Promise<Markup> {
  return html`${(await channels()).map(
    ({
      channel,
      kind,
      found,
      fix,
    }) => html`<section class="card alarm tone-some"><h2>Nobody is told through ${channel} (${kind})</h2>
<p>${found}</p><p class="soft">${fix}</p></section>`,
  )}`;
}

function tiles({
  release,
  deploys,
  seen,
  now,
}: {
  release: string | undefined;
  deploys: readonly Deploy[];
  seen: TrafficSeen;
  now: number;
}): Markup {
  const live = deploys.find((each) => each.release === release && each.state === "done");
  const lately = (points: readonly Point[]) => points.filter(({ at }) => at > now - LATELY_MS);
  const sum = (points: readonly Point[]) => lately(points).reduce((all, { value }) => all + value, 0);
  const [requests, failed] = [sum(seen.requests), sum(seen.failed)];
  const p95 = lately(seen.p95).at(-1)?.value;
  return html`<div class="tile"><dt>Live</dt><dd class="figure">${release ?? "nothing"}</dd><dd class="soft small">${live ? html`${ago(live.finishedAt ?? live.startedAt, now)} by ${live.by}` : ""}</dd></div>
${tile("Requests", `${Math.round(requests / 5)}`, "a minute, lately")}
${tile("Failed", requests === 0 ? "none" : percentOf(failed / requests), "of the last 5 minutes")}
${tile("95 % within", p95 === undefined ? "-" : `${Math.round(p95)} ms`, "lately")}`;
}

function tile(label: string, figure: string, about: string): Markup {
  return html`<div class="tile"><dt>${label}</dt><dd class="figure">${figure}</dd><dd class="soft small">${about}</dd></div>`;
}

/** Rounded up: what failed must not look like nothing. */
function percentOf(share: number): string {
  return share === 0 ? "0 %" : percent(Math.min(1, Math.ceil(share * 10_000) / 10_000));
}
