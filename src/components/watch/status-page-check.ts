import { defineCheck } from "../../model/check.ts";
import { formatDuration } from "../../model/duration.ts";
import { fail, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { type StatusPageSeen, statusPageSeen } from "./status-page-facts.ts";

/** The page rounds to the minute, is kept for ten seconds, and by what stands before it for thirty. */
const OLDEST_MS = 180_000;
const FRESH_MS = 120_000;
const GOOD = "Operational";
const NOT_KNOWN = "Not known right now";

export const statusPageAnswers = defineCheck({
  id: "status.page.answers",
  title: "The public status page answers and tells the present state",
  consequence: "In an outage everybody writes to support, and the page says that all is well, or nothing.",
  severity: "warning",
  phase: "production",
  freshFor: "1h",
  every: "5m",
  gates: "none",
  asks: ways(`
    status page live | public status page | status page configured | status page set up
    status page available | status page accessible | status page online | status page published
    status page shows current status | status page reachable | status page working
    public status page available
    Statusseite eingerichtet | página de estado | page de statut | página de status | durum sayfası
    status page operational | status page updated in real time | status page up to date
    status page ready | status page set to public | status page shows the state of all services
    status page URL published
  `),
  source: "https://sre.google/sre-book/managing-incidents/",
  needs: { seen: statusPageSeen },
  run({ seen }, { environment }) {
    const { url, status, error, overall, ageMs, rows, feedStatus, isHere } = seen;
    const shown = seen.watch.statusPage?.shown ?? [];
    const measured = { rows: rows.length, shown: shown.length };
    const trouble = (summary: string, expected: string, found: string, fix: string) =>
      fail(summary, { expected, found, fix, measured });
    const serve = `gonogo serve --env ${environment.name}, kept up by systemd, and whatever stands before it passing ${url} on`;
    if (status === undefined)
      return trouble("the status page does not answer", `200 for ${url}`, error ?? "nothing", serve);
    if (status !== 200)
      return trouble(
        "the status page is not open to everybody",
        `200 for ${url} without a key`,
        `${status}`,
        serve,
      );
    if (overall === undefined || ageMs === undefined)
      return trouble(
        "something else answers in its place",
        "the status page of gonogo serve",
        "another page",
        serve,
      );
    if (Math.abs(ageMs) > OLDEST_MS)
      return trouble(
        "the status page is out of date",
        "the state of the last three minutes",
        `the state of ${formatDuration(Math.abs(ageMs))} ago`,
        `let no cache before ${url} keep it for longer than it says (Cache-Control: max-age=30)`,
      );
    const missing = shown
      .filter(({ name }) => !rows.some((row) => row.name === name))
      .map(({ name }) => name);
    if (rows.length === 0 || missing.length > 0)
      return trouble(
        "the status page leaves something out",
        shown.map(({ name }) => name).join(", ") || "at least one component",
        rows.map(({ name }) => name).join(", ") || "no component",
        "gonogo serve has to be started anew after `statusPage` was changed",
      );
    const silent = rows.filter(({ state }) => state === NOT_KNOWN).map(({ name }) => name);
    if (silent.length > 0)
      return trouble(
        "the status page does not know the state",
        "a state of each component",
        `${silent.join(", ")}: ${NOT_KNOWN}`,
        "gonogo serve shows what it asks; each component behind a name needs a monitor that answers",
      );
    const untrue = hidden(seen);
    if (untrue.length > 0)
      return trouble(
        "the status page says that all is well while something is down",
        `${untrue.join(", ")}: not ${GOOD}`,
        `${untrue.join(", ")}: ${GOOD}`,
        `compare ${url} with the dashboard of the same watcher: it may be that of another environment`,
      );
    if (isHere && environment.stage === "production")
      return trouble(
        "nobody but this machine reaches the status page",
        "an address that users reach",
        url,
        `environments: { ${environment.name}: { watchUrl: "https://status.example.com" } }, passed on to gonogo serve`,
      );
    if (feedStatus !== 200)
      return trouble(
        "the feed of the status page does not answer",
        "200 for status.rss",
        `${feedStatus ?? "nothing"}`,
        serve,
      );
    return pass(
      `${url}: ${overall}, with ${quantity(rows.length, "component")}${isHere ? "; reached from this machine only" : ""}`,
      measured,
    );
  },
});

/** Names that look well on the page while what stands behind them was just found down. */
function hidden({ rows, watch: { latest, at, statusPage } }: StatusPageSeen): string[] {
  const isDown = (component: string): boolean =>
    latest.some(
      (each) => each.monitor === `${component}/up` && each.state === "down" && at - each.at <= FRESH_MS,
    );
  return (statusPage?.shown ?? [])
    .filter(({ of }) => of.some(isDown))
    .map(({ name }) => name)
    .filter((name) => rows.some((row) => row.name === name && row.state === GOOD));
}
