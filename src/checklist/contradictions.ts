import { parseDuration, spellDuration } from "../model/duration.ts";
import { findingFingerprint } from "../model/finding.ts";
import type { AnsweredBy, Contradiction, ItemRole } from "../model/item.ts";
import { parseSize } from "../model/size.ts";
import { usedShareOf } from "./alert-thresholds.ts";
import type { About, DeclaredFigure } from "./declared-figure.ts";
import type { Figure, FigureName } from "./figures/figure.ts";
import { type Percentile, percentilesSaid } from "./figures/latency.ts";
import { jobRhythmIn } from "./figures/rhythm.ts";
import { windowOf } from "./metric-window.ts";

/** A line as far as it can contradict the declaration. */
export interface SayingLine {
  readonly id: string;
  readonly text: string;
  readonly path: readonly string[];
  readonly role?: ItemRole;
  readonly answeredBy: AnsweredBy;
  readonly figures: readonly Figure[];
}

/** Lists speak of any host's ports, tables and paths: only these are the declaration's own to say. */
const WHAT: Partial<Record<FigureName, string>> = {
  availability: "availability",
  p50: "the median response time",
  p95: "the 95th percentile of response times",
  p99: "the 99th percentile of response times",
  errors: "the error rate",
  rollback: "the time a rollback takes",
  "token-lifetime": "how long a token lives",
  every: "how often it runs",
  cron: "when it runs",
  "backup-every": "how often a backup is made",
  "backup-keep": "how long backups are kept",
  rto: "how long a restore may take",
  rpo: "how much data may be lost",
  "errors-above": "the error rate that sends a release back, or from which people are alerted",
  "latency-above": "the response time that sends a release back, or from which people are alerted",
  "availability-below": "the availability that sends a release back",
  webhook: "where events are delivered",
  event: "the events that are relied on",
  health: "the health path",
  persistence: "how Redis keeps its data",
  "body-limit": "the largest request body",
  pool: "how many connections an instance opens",
  port: "the port",
  value: "the value",
  "at-least": "the share in use from which people are alerted",
  "at-most": "the share left from which people are alerted",
};

/** SSH, mail, DNS, a proxy in front, databases, queues: whoever names one of these means that service. */
const PORTS_OF_OTHERS = new Set(
  "22 25 53 80 110 143 443 465 587 993 995 1433 3306 5432 5672 6379 9092 9200 11211 27017".split(" "),
);

/** What each line says otherwise than the declaration, by the line's id. */
export function contradictionsOf(
  lines: readonly SayingLine[],
  declared: readonly DeclaredFigure[],
): Map<string, Contradiction[]> {
  const mildest = mildestMetrics(lines);
  const hasSeveralPorts = severalPorts(lines);
  const namesOwnHealth = lines.some(({ figures }) => figures.some((each) => isOwnHealth(each, declared)));
  const found = new Map<string, Contradiction[]>();
  for (const line of lines) {
    const against = [...line.figures, ...rhythmsOfJobs(line, declared)].flatMap((figure) => {
      if (figure.name === "port" && (hasSeveralPorts || PORTS_OF_OTHERS.has(figure.value))) return [];
      if (figure.name === "health" && namesOwnHealth) return [];
      if (OF_ALL.has(figure.name) && isOfOnePath(line)) return [];
      if (line.role === "metric" && (mildest.get(figure.name) ?? figure.value) !== figure.value) return [];
      const contradiction = contradict(figure, line, declared);
      return contradiction ? [contradiction] : [];
    });
    if (against.length > 0) found.set(line.id, against);
  }
  return found;
}

/** What is promised of all answers together. */
const OF_ALL: ReadonlySet<FigureName> = new Set(["p50", "p95", "p99", "errors"]);

function isOfOnePath({ figures }: SayingLine): boolean {
  return figures.filter(({ name, value }) => name === "path" && value !== "/").length === 1;
}

/** A list that names the declared path as well speaks of other programs where it names another. */
function isOwnHealth({ name, value }: Figure, declared: readonly DeclaredFigure[]): boolean {
  return name === "health" && declared.some((each) => each.name === name && isKept(value, each));
}

/** A list that says where several programs listen does not say which of them the declaration speaks of. */
function severalPorts(lines: readonly SayingLine[]): boolean {
  const ports = lines.flatMap(({ figures }) =>
    figures.flatMap(({ name, value }) => (name === "port" && !PORTS_OF_OTHERS.has(value) ? [value] : [])),
  );
  return new Set(ports).size > 1;
}

/**
 * "99.9 % in week 1, 99.95 % in month 1": a promise has to keep the mildest of a list's success metrics; the stricter
 * ones are aims beyond it, and no contradiction.
 */
function mildestMetrics(lines: readonly SayingLine[]): Map<FigureName, string> {
  const mildest = new Map<FigureName, string>();
  for (const { name, value } of lines.flatMap(({ role, figures }) => (role === "metric" ? figures : []))) {
    const known = mildest.get(name);
    if (known === undefined || isMilder(name, value, known)) mildest.set(name, value);
  }
  return mildest;
}

/** Less availability, or more of anything else. */
export function isMilder(name: FigureName, value: string, than: string): boolean {
  const [one, other] = [amountOf(value) ?? 0, amountOf(than) ?? 0];
  return name === "availability" ? one < other : one > other;
}

function contradict(
  { name, value, said, of }: Figure,
  line: SayingLine,
  declared: readonly DeclaredFigure[],
): Contradiction | undefined {
  const { id, figures } = line;
  const what = WHAT[name];
  if (what === undefined) return undefined;
  const isOfAlert = name === "at-least" || name === "at-most";
  if (isOfAlert && usedShareOf(name, value) === undefined) return undefined;
  // A firewall's list of ports is not the application's own.
  if (name === "port" && figures.filter((each) => each.name === "port").length > 1) return undefined;
  const meant = meantBy(
    line,
    declared.filter(
      (each) => each.name === name && (of === undefined || each.about?.words?.test(of) === true),
    ),
  );
  const asked = name === "latency-above" ? percentilesSaid(line.text.toLowerCase()) : [];
  if (meant.length === 0 || meant.some((each) => isKept(value, each) && isOfAsked(each, asked)))
    return undefined;
  const own = meant.filter(({ isBeside }) => !isBeside);
  const told = own.length > 0 ? own : meant;
  const isOther = told.some((each) => !isOfAsked(each, asked));
  const declares = [
    ...new Set(
      told.map((each) => (isOther && each.percentile ? `${each.percentile} ` : "") + shown(each.value)),
    ),
  ].join(", ");
  return {
    name,
    says: isOther ? `${asked.join(", ")} ${said}` : said,
    declares,
    where: [...new Set(told.map(({ where }) => where))].join(", "),
    what,
    // Whoever accepts this difference has not accepted the next one.
    fingerprint: findingFingerprint("checklist", id, `${name} ${value} ${declares}`),
  };
}

/**
 * What of the declaration a line is about: what it names before what answers it, and a metric of a week is held against
 * the promise of a week, if there is one.
 */
function meantBy(line: SayingLine, declared: readonly DeclaredFigure[]): readonly DeclaredFigure[] {
  const about = declared.filter((each) => !each.about || isAbout(line, each.about));
  const named = about.filter((each) => each.about?.words?.test(wordsOf(line)));
  const meant = named.length > 0 ? named : about;
  const window = windowOf(line);
  const ofWindow = meant.filter((each) => each.window !== undefined && each.window === window);
  return ofWindow.length > 0 ? ofWindow : meant.filter((each) => each.window === undefined);
}

/** "cleanup runs nightly": only who knows which jobs are declared knows that this speaks of one. */
function rhythmsOfJobs({ text, figures }: SayingLine, declared: readonly DeclaredFigure[]): Figure[] {
  if (figures.some(({ name }) => name === "every" || name === "cron")) return [];
  const isNamed = declared.some(({ name, about }) => name === "every" && about?.words?.test(text));
  return isNamed ? [jobRhythmIn(text)].filter((each) => each !== undefined) : [];
}

function wordsOf({ text, path }: SayingLine): string {
  return [...path.slice(-2), text].join("\n");
}

function isAbout(line: SayingLine, about: About): boolean {
  const { role, answeredBy } = line;
  const words = wordsOf(line);
  if (about.not?.test(words) || (about.role !== undefined && about.role !== role)) return false;
  if (about.words === undefined && about.checks === undefined) return true;
  const isBound =
    answeredBy.by === "checks" && answeredBy.checks.some(({ check }) => about.checks?.test(check));
  return isBound || about.words?.test(words) === true;
}

function isKept(asked: string, { keeps, value }: DeclaredFigure): boolean {
  if (keeps === "anything") return true;
  const [line, declaration] = [amountOf(asked), amountOf(value)];
  if (line === undefined || declaration === undefined) return plain(asked) === plain(value);
  if (keeps === "no less") return declaration >= line;
  return keeps === "no more" ? declaration <= line : declaration === line;
}

/** Whoever is alerted of the slowest hundredth at 3 s has been told of the slowest twentieth; a release goes back for one. */
function isOfAsked({ percentile, keeps }: DeclaredFigure, asked: readonly Percentile[]): boolean {
  if (percentile === undefined || asked.length === 0) return true;
  return asked.some((each) => (keeps === "no more" ? percentile >= each : percentile === each));
}

function amountOf(text: string): number | undefined {
  const share = /^(\d+(?:\.\d+)?)%$/.exec(text)?.[1];
  if (/^\d+$/.test(text)) return Number(text);
  return share === undefined ? (parseDuration(text) ?? parseSize(text)) : Number(share);
}

/** A slash at the end of a path hardly ever is what two people disagree about. */
function plain(text: string): string {
  return text.toLowerCase().replace(/(?<=.)\/$/, "");
}

/** As somebody would write it: "1s" for "1000ms". */
function shown(value: string): string {
  const ms = value.endsWith("ms") ? parseDuration(value) : undefined;
  return ms ? spellDuration(ms) : value;
}
