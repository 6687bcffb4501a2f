import type { Figure, FigureName } from "./figure.ts";
import { latencyName } from "./latency.ts";
import { isOfLighthouse, pageTimeName } from "./pages.ts";
import { type Quantity, quantitiesIn } from "./quantities.ts";
import { type Around, clauseAt, isAbout, speaksOf, TOPICS } from "./topics.ts";

/** Times, shares, sizes and counts of a line, each with what it is of; what cannot be told stays "at most 80 %". */
export function measuredIn(text: string, above: string): Figure[] {
  const told = new Set<string>();
  return quantitiesIn(text).flatMap((quantity) => {
    const before = text.slice(0, quantity.from);
    if (EXAMPLE.test(before) || RECENTLY.test(before)) return [];
    const around: Around = {
      clause: clauseAt(text, quantity.from),
      before: before.toLowerCase(),
      line: text.toLowerCase(),
      above: above.toLowerCase(),
    };
    const name = nameOf(quantity, around);
    // "1200 seconds (20 min)" says one thing twice.
    const key = `${name}=${quantity.amount}`;
    if (name === undefined || told.has(key)) return [];
    told.add(key);
    const value = KEPT.has(name) ? quantity.written.replace(MONTHS, monthsAsDays) : quantity.written;
    return [{ name, value, said: quantity.said }];
  });
}

/** "Kept 7d / 4w / 3m": nobody keeps anything for minutes. */
const KEPT: ReadonlySet<FigureName> = new Set(["backup-keep", "keep"]);
const MONTHS = /^(\d+)m$/;

function monthsAsDays(_: string, months: string): string {
  return `${Number(months) * 30}d`;
}

/** "Validated within the last 30 days" says since when, and not how long it may take. */
const RECENTLY =
  /(?<!\p{L})(?:last|past|previous|letzten?|vergangenen|derni(?:er|ère)s?|últim[oa]s|ultim[ie]|afgelopen|laatste|senaste|siste|sidste|ostatnich|posledních|последни[ехй]|останні[хй]?|son|过去|最近|過去|直近|지난|최근)\s*$/iu;

/** "e.g. 10MB" is not what it has to be. */
const EXAMPLE =
  /(?:\be\.\s?g\.|\be[jx]\.|\bfor example|\bsuch as|\bz\.\s?B\.|\bp\.\s?ej\.|\bp\.\s?ex\.|\bnp\.|例如|예:)[\s:,]*$/iu;

function nameOf(quantity: Quantity, around: Around): FigureName | undefined {
  switch (quantity.of) {
    case "time":
      return timeName(quantity, around);
    case "share":
      return shareName(quantity, around);
    case "size":
      if (TOPICS.disk.test(around.clause)) return "disk";
      if (speaksOf("body", around) && isLimit(quantity, around)) return "body-limit";
      if (TOPICS.memory.test(around.clause)) return "memory";
      if (quantity.bound === "most" && isOfScripts(around)) return "scripts";
      return quantity.bound === "most" || /limit|begrenz|l[íi]mite/u.test(around.clause)
        ? "at-most"
        : undefined;
    case "bits":
      return "key-bits";
    case "factor":
      return isAbout("load", around) ? "load-factor" : undefined;
    case "count":
      return undefined;
  }
}

/** "1MB upload works" is what somebody tries, "uploads of 1 MB at most" the limit. */
function isLimit({ bound }: Quantity, { clause, line }: Around): boolean {
  if (bound === "exactly" && TOPICS.trial.test(line)) return false;
  return !/\d\s?(?:ms|s|sec\w*|min\w*)\b[^,;]*\bfor\b/u.test(clause);
}

/** What takes longer is no answer to a request. */
const LONGEST_ANSWER_MS = 10_000;

/** Of all that a page has, and not of one file. */
function isOfScripts({ line }: Around): boolean {
  return (
    /bundle|javascript|\bjs\b/u.test(line) &&
    !/\b(?:css|main|vendor|entry|chunks?|each|per|file|image|raw|uncompressed|route)/u.test(line)
  );
}

export const DNS = /\bdns\b|\brecords?\b|\bzone\b|\bdomains?\b|cut-?over|propag/u;
export const RAISED =
  /rais|increas|back to|restor|erhöh|oder höher|or (?:higher|longer|more)|hoch|augment|aument|提高/u;

/** Records of DNS, caches and signed addresses have a TTL too. */
function isOtherTtl(line: string): boolean {
  return (
    /\bdns\b|\brecords?\b|\bcname|\bcach|\bcdn\b|\bredis\b|\burls?\b/u.test(line) &&
    !/\btokens?\b|\bjwt\b|\bsessions?\b|令牌/u.test(line)
  );
}

function timeName({ bound, amount, said }: Quantity, around: Around): FigureName | undefined {
  if (/\bttl\b/u.test(around.clause) && DNS.test(`${around.line} ${around.above}`))
    return bound === "least" || RAISED.test(around.line) ? undefined : "ttl";
  if (/\bhsts\b|strict-transport/u.test(around.clause)) return bound === "most" ? undefined : "max-age";
  if (speaksOf("downtime", around)) return bound === "least" ? "over" : undefined;
  if (speaksOf("rto", around)) return speaksOf("rpo", around) ? recoveryName(around) : "rto";
  if (speaksOf("rpo", around)) return "rpo";
  if (speaksOf("rollback", around)) return "rollback";
  if (speaksOf("certificate", around) && speaksOf("life", around)) {
    // "Let's Encrypt expires in 90 days" says how long one lives, not how much of it has to be left.
    return bound === "exactly" ? undefined : "expires-within";
  }
  if (speaksOf("backup", around)) {
    if (TOPICS.keep.test(around.clause)) return "backup-keep";
    const isMade = EVERY_FIRST.test(around.before) && !TOPICS.rehearsal.test(around.line);
    return isMade ? "backup-every" : undefined;
  }
  if (speaksOf("token", around) && speaksOf("life", around)) {
    const isOfTokens = isAbout("holder", around);
    return isOtherTtl(around.line) || !isOfTokens ? undefined : "token-lifetime";
  }
  if (isAbout("keep", around)) return isAbout("backup", around) ? "backup-keep" : "keep";
  const ofPage = pageTimeName({ bound }, around);
  if (ofPage) return ofPage;
  if (bound === "exactly" && EVERY_FIRST.test(around.before) && !SO_MANY_IN.test(around.before))
    return "every";
  // "Performance: < 500 ms" means answers; a heading "Performance" may mean anything.
  const isLatency = isAbout("latency", around) || TOPICS.performance.test(around.line);
  if (isLatency && amount <= LONGEST_ANSWER_MS && !SLOW_NETWORK.test(around.line)) {
    return isThreshold(bound, around) ? "latency-above" : latencyName({ said }, around);
  }
  return bound === "most" ? "within" : undefined;
}

/** What takes so long there is no promise about all requests, most of which come by other ways. */
const SLOW_NETWORK = /\b[2-4]g\b|slow (?:networks?|connections?)/u;

const RECOVERY = /(\brto\b|recovery time)|\brpo\b|recovery point/gu;

/** "RPO 15 min / RTO 4 h" names each before its figure, "4 h RTO, 15 min RPO" behind it, "RTO/RPO: 4 h/15 min" in turn. */
function recoveryName({ before, line }: Around): FigureName {
  const names = [...line.matchAll(RECOVERY)].map(({ index, 1: isTime }) => ({ at: index, isTime }));
  const [first] = names;
  const last = names.at(-1);
  if (!first || !last) return "rto";
  const areAllBefore = last.at < before.length && !/\d/.test(line.slice(first.at, last.at));
  const isBehind = /\d/.test(line.slice(0, first.at)) || first.at > before.length;
  const own = areAllBefore
    ? names[Math.min(names.length - 1, before.slice(last.at).match(/\d[\d.,]*/g)?.length ?? 0)]
    : isBehind
      ? names.find(({ at }) => at > before.length)
      : names.findLast(({ at }) => at < before.length);
  return (own ?? last).isTime === undefined ? "rpo" : "rto";
}

/** "10 per 10 s" says how many. */
const SO_MANY_IN = /\d\s*(?:times|x|×|mal|fois|veces|vezes)?\s*(?:per|every|pro|je|alle|par|por|cada|a)\s*$/u;

/** Right before the figure: "daily, 30 days" is not every 30 days. */
const EVERY_FIRST = new RegExp(`(?:${TOPICS.every.source})[^\\d,;，、；。]{0,16}$`, "u");

/** "Errors above 5 %" is when to act, "errors below 1 %" what is promised; "Alarm: errors 5 %" is no promise either. */
function isThreshold(bound: Quantity["bound"], { line, above }: Around): boolean {
  return bound === "least" || (bound === "exactly" && TOPICS.alert.test(`${line} ${above}`));
}

/** Of tests: nobody wants just so much of it. */
const COVERAGE =
  /\bcoverage\b|testabdeckung|couverture (?:de|des) (?:tests?|code)|cobertura (?:de|dos) (?:tests?|pruebas|código|testes)|покрыти[ея] (?:тест|код)|覆盖率|カバレッジ|커버리지/u;
const SO_FAR = /\b(?:current\w*|now|actuel\w*|actual\w*|aktuell|atual\w*|from)\b|текущ|目前|当前/u;

function shareName({ bound, amount }: Quantity, around: Around): FigureName | undefined {
  if (speaksOf("errors", around) && amount < 50)
    return isThreshold(bound, around) ? "errors-above" : "errors";
  if (speaksOf("availability", around) && amount > 50) {
    return bound === "most" ? "availability-below" : "availability";
  }
  if (bound === "exactly" && COVERAGE.test(around.clause) && !SO_FAR.test(around.line)) return "at-least";
  if (bound === "exactly" || isOfLighthouse(around.line)) return undefined;
  return bound === "most" ? "at-most" : "at-least";
}
