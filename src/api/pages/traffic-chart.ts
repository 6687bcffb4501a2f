import { html, raw } from "hono/html";
import type { MeasurementStore, Sum } from "../../store/measurements/measurement-store.ts";
import type { Markup } from "./layout.ts";

/** What users' requests came to, minute by minute, the oldest first. */
export interface TrafficSeen {
  readonly from: number;
  readonly until: number;
  readonly requests: readonly Point[];
  readonly failed: readonly Point[];
  readonly p95: readonly Point[];
}

export interface Point {
  readonly at: number;
  readonly value: number;
}

/** A release that began to answer users within the time shown. */
export interface ReleaseMark {
  readonly release: string;
  readonly at: number;
}

const HOURS = 3;
const SHOWN_MS = HOURS * 3_600_000;
const WIDTH = 600;
const HEIGHT = 100;

export async function trafficSeen(measurements: MeasurementStore, now: number): Promise<TrafficSeen> {
  const [from, until] = [now - SHOWN_MS, now + 1];
  const sums = (monitor: string) => measurements.sums({ monitor, step: "minute", from, until });
  const [requests, failed, p95] = [
    await sums("edge/requests"),
    await sums("edge/failed"),
    await sums("edge/latency.p95"),
  ];
  return { from, until, requests: totals(requests), failed: totals(failed), p95: means(p95) };
}

function totals(sums: readonly Sum[]): Point[] {
  return sums.map(({ at, total = 0 }) => ({ at, value: total }));
}

function means(sums: readonly Sum[]): Point[] {
  return sums.flatMap(({ at, mean }) => (mean === undefined ? [] : [{ at, value: mean }]));
}

export function requestsChart(seen: TrafficSeen, marks: readonly ReleaseMark[]): Markup {
  const most = Math.max(10, ...seen.requests.map(({ value }) => value));
  const place = placing(seen, most);
  const bad = seen.failed.some(({ value }) => value > 0) ? pathOf(seen.failed, place) : "";
  return chart({
    isEmpty: seen.requests.length === 0,
    label: "Requests a minute",
    body: html`${areaOf(seen.requests, place)}<path class="line" d="${pathOf(seen.requests, place)}"/>${bad === "" ? "" : html`<path class="bad" d="${bad}"/>`}`,
    most: `${new Intl.NumberFormat("en").format(Math.round(most))}${bad === "" ? "" : ", failed in red"}`,
    seen,
    marks,
  });
}

/** `limitMs`: what is promised. */
export function latencyChart(
  seen: TrafficSeen,
  marks: readonly ReleaseMark[],
  limitMs: number | undefined,
): Markup {
  const values = seen.p95.map(({ value }) => value);
  const most = Math.max(
    20,
    ...values,
    ...(limitMs !== undefined && Math.max(...values) > limitMs / 4 ? [limitMs] : []),
  );
  const place = placing(seen, most * 1.05);
  const y =
    limitMs === undefined || limitMs > most * 1.05 ? undefined : place({ at: seen.from, value: limitMs })[1];
  return chart({
    isEmpty: seen.p95.length === 0,
    label: "95 % of requests are answered within",
    body: html`${y === undefined ? "" : html`<line class="limit" x1="0" x2="${WIDTH}" y1="${y}" y2="${y}"/>`}<path class="line" d="${pathOf(seen.p95, place)}"/>`,
    most: `${Math.round(most)} ms${y === undefined ? "" : `, ${limitMs} ms promised`}`,
    seen,
    marks,
  });
}

function chart({
  isEmpty,
  label,
  body,
  most,
  seen,
  marks,
}: {
  isEmpty: boolean;
  label: string;
  body: Markup;
  most: string;
  seen: TrafficSeen;
  marks: readonly ReleaseMark[];
}): Markup {
  if (isEmpty)
    return html`<h2>${label}</h2><p class="empty">No requests were seen in the last ${HOURS} hours.</p>`;
  const shown = marks.filter(({ at }) => at >= seen.from && at <= seen.until);
  const x = (at: number) => round(((at - seen.from) / (seen.until - seen.from)) * WIDTH);
  return html`<div class="row"><h2>${label}</h2><span class="soft small num">up to ${most}</span></div>
<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${label}, the last ${HOURS} hours">
${shown.map(({ release, at }) => html`<line class="mark" x1="${x(at)}" x2="${x(at)}" y1="0" y2="${HEIGHT}"><title>${release} goes live</title></line>`)}${body}</svg>
<div class="axis"><span>${HOURS} h ago</span><span>${shown.map(({ release }) => release).join(", ")}${shown.length > 0 ? " went live" : ""}</span><span>now</span></div>`;
}

type Place = (point: Point) => readonly [x: number, y: number];

function placing({ from, until }: TrafficSeen, most: number): Place {
  return ({ at, value }) => [
    round(Math.max(0, ((at - from) / (until - from)) * WIDTH)),
    round(HEIGHT - (value / most) * (HEIGHT - 4) - 1),
  ];
}

/** Minutes in which nobody looked are a gap, not a line. */
const GAP_MS = 150_000;

/** As wide as a minute: a point that stands alone has no line to be seen by. */
const ALONE = `h${round((60_000 / SHOWN_MS) * WIDTH)}`;

function pathOf(points: readonly Point[], place: Place): string {
  const isApart = (one: Point | undefined, other: Point | undefined): boolean =>
    one === undefined || other === undefined || other.at - one.at > GAP_MS;
  return points
    .map((point, index) => {
      const isNew = isApart(points[index - 1], point);
      const isAlone = isNew && isApart(point, points[index + 1]);
      return `${isNew ? "M" : "L"}${place(point).join(" ")}${isAlone ? ALONE : ""}`;
    })
    .join("");
}

function areaOf(points: readonly Point[], place: Place): Markup | "" {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return "";
  const line = points.map((point) => place(point).join(" ")).join("L");
  return html`<path class="area" d="${raw(`M${place(first)[0]} ${HEIGHT}L${line}L${place(last)[0]} ${HEIGHT}Z`)}"/>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
