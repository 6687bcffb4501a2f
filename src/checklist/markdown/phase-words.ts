import type { Phase } from "../../model/phase.ts";
import { byDistance } from "./phase-distance.ts";

/** What stands above a line. */
export interface PathStep {
  readonly text: string;
  /** "title": the document's only first heading. "parent": an entry of a list, or a sentence above one. */
  readonly kind: "title" | "heading" | "parent";
}

/** What is due when nothing above a line says more: before anything is deployed. */
export const UNTOLD: Phase = "staging";

/** The phase that the nearest of these names, the farthest standing first; undefined when none does. */
export function phaseOf(path: readonly PathStep[]): Phase | undefined {
  for (let index = path.length - 1; index >= 0; index--) {
    const step = path[index];
    const above = path.slice(0, index).map(({ text }) => text.toLowerCase());
    const found = step && phaseIn(step, above.join("\n"));
    if (found) return found;
  }
  return undefined;
}

function phaseIn({ text, kind }: PathStep, above: string): Phase | undefined {
  const words = text.toLowerCase();
  if (kind === "title") return first(PLACES, words);
  if (kind === "parent") return byDistance(words) ?? first(PLACES, words);
  const isAfterwards = AFTERWARDS.test(above);
  return (
    byDistance(words, { isAfterwards }) ??
    first(RHYTHMS, words) ??
    byOrdinal(words, above) ??
    byName(words, above)
  );
}

type Rules = readonly (readonly [RegExp, Phase])[];

function first(rules: Rules, words: string): Phase | undefined {
  return rules.find(([pattern]) => pattern.test(words))?.[1];
}

const RHYTHMS: Rules = [
  [/\bdaily\b|\bevery day\b|\btäglich|\bquotidien|\bdiari[oa]s?\b|\bdagligen?\b|每日|每天/, "daily"],
  [/\bweekly\b|\bevery week\b|\bwöchentlich|\bhebdomadaire|\bsemanal|\bveckovis|每周/, "weekly"],
  [
    /\bmonthly\b|\bevery month\b|\bquarterly\b|\bmonatlich|\bmensuel|\bmensual|\bmånadsvis|每月|每季/,
    "monthly",
  ],
  [/\bongoing\b|\blaufend/, "weekly"],
];

const AFTERWARDS =
  /post|after|success|monitor|following|review|kpi|nach\b|erfolg|apr[èe]s|succ[èe]s|despu[ée]s|[ée]xito|efter|部署后|上线后/;
const DAY = /(?<![a-z])(?:day|tag|jour|d[ií]a|dag)\s*#?(\d{1,3})(?!\d|\s*[-–]\s*\d)/;
const FIRST_DAY = /\bfirst day\b|\berster tag\b|\bpremier jour\b|\bprimer d[ií]a\b|\bförsta dagen\b/;
const WEEK = /(?<![a-z])(?:week|woche|semaine|semana|vecka)\s*#?(\d{1,2})\b/;
const FIRST_WEEK =
  /\bfirst week\b|\berste woche\b|\bpremi[èe]re semaine\b|\bprimera semana\b|\bförsta veckan\b|首周|第一周/;
const FIRST_MONTH = /\bfirst month\b|\berste[nr]? monat\b|\bpremier mois\b|\bprimer mes\b|\bförsta månaden\b/;
const MONTH = /(?<![a-z])(?:month|monat|mois|mes|månad)\s*#?(\d{1,2})\b/;
const QUARTER = /\bquarter\s*#?\d|\bq[1-4]\b|\btrimest/;

/** "Day 7", "Week 1: Testing", "Month 1": counted from the launch, or towards it in a plan. */
function byOrdinal(words: string, above: string): Phase | undefined {
  const day = FIRST_DAY.test(words) ? 1 : Number(DAY.exec(words)?.[1]);
  if (day <= 1) return "day-1";
  if (day > 1) return day <= 10 ? "day-7" : "day-30";
  if (FIRST_MONTH.test(words)) return "day-30";
  if (FIRST_WEEK.test(words)) return "day-7";
  const isAfterwards = AFTERWARDS.test(`${above}\n${words}`);
  const month = MONTH.exec(words);
  if (isAfterwards && month) return month[1] === "1" ? "day-30" : "monthly";
  if (isAfterwards && QUARTER.test(words)) return "monthly";
  const week = WEEK.exec(words);
  if (!week) return undefined;
  const afterwards = Number(week[1]) <= 1 ? "day-7" : "day-30";
  if (AFTERWARDS.test(words)) return afterwards;
  const topic = byName(words.replace(week[0], " "), above);
  return topic ?? (isAfterwards ? afterwards : "staging");
}

const LIVE =
  "(?:launch|deploy(?:ment|ing|ed|s)?|release|go-?\\s?live|going live|rollout|cutover|livegang|lancement|d[ée]ploiement|mise en (?:ligne|production)|lanzamiento|despliegue|lansering|driftsättning)";
const BEFORE_LIVE = new RegExp(
  `(?:\\bpre|\\bbefore(?: the)?(?: first)?|\\bvor(?: dem)?|\\bavant(?: l[ea'])?|\\bantes(?: del?)?|\\binnan|\\bföre|\\bprior to)[- ’']*${LIVE}|\\bprerequisites?\\b|\\bvoraussetzungen\\b|部署前|上线前|发布前`,
);
const AFTER =
  "(?:\\bpost|\\bafter(?: the)?|\\bnach(?: dem)?|\\bapr[èe]s(?: l[ea'])?|\\bdespu[ée]s(?: del?)?|\\befter)[- ’']*";
const AFTER_LIVE = new RegExp(`${AFTER}${LIVE}|部署后|上线后|发布后`);

const PLACES: Rules = [
  [/\bstaging\b|\bpre-?prod(uction)?\b|预发布|预生产/, "staging"],
  [/\bproduction\b|\bprod\b|\bproduktion|\bproducci[óo]n\b|\bprodu[çc][ãa]o\b|生产/, "production"],
];
const LAUNCH: Rules = [
  [/\b(launch|go-?live|going live|cutover|livegang|lancement|lanzamiento|lansering)\b/, "launch"],
  [/\bbefore it is announced\b|\bmise en ligne\b|上线$|正式发布/, "launch"],
];
/** The narrow ones stand before the wide. */
const NAMES: Rules = [
  [/\b(launch|release|deployment|go-?live|cutover|big) (day|night|hour)\b/, "launch"],
  [/\bt-?0\b|\bt zero\b|\bd-day\b|\bjour (j|du launch)\b|\btag x\b|发布日|上线日/, "launch"],
  [
    /\bsuccess (criteria|metrics|looks)|\bkpis?\b|\bcrit[èe]res de succ[èe]s|\bcriterios de [ée]xito/,
    "day-30",
  ],
  [new RegExp(`${AFTER}${LIVE}.*(improve|optional|optimi|growth|scal)|\\bnice to have\\b`), "day-30"],
  [/\bwhen (?:you|we) (?:grow|scale)\b|\bfuture (?:improvements|enhancements|work)\b/, "day-30"],
  [new RegExp(`${AFTER}${LIVE}.*(review|retro)`), "day-7"],
  [new RegExp(`${AFTER}${LIVE}.*(monitor|überwach|surveill|seguimiento)`), "launch+24h"],
  [AFTER_LIVE, "launch+1h"],
  // Alone in a heading they can only mean the launch.
  [/^\W*(?:after(?:wards)?|danach|nachher|apr[èe]s|despu[ée]s|depois|efteråt)\W*$/u, "launch+1h"],
  [/^\W*(?:before(?:hand)?|davor|vorher|avant|antes|innan)\W*$/u, "staging"],
  [/\broll-?\s?back (triggers?|criteria|conditions|steps)\b|回滚步骤/, "launch+1h"],
  [/\bwhen to (go|roll) back\b|\bif (the )?deploy\w* fails\b/, "launch+1h"],
  [BEFORE_LIVE, "staging"],
  ...PLACES,
  [new RegExp(`\\bbefore\\b.*${LIVE}`), "production"],
  [
    new RegExp(`${LIVE}.*(readiness|checklist|criteria|plan|strateg|prepar|requirement|ready|gate)`),
    "production",
  ],
  [/\bfinal check|\bsign-?off\b|\bfreigabe\b|\babnahme\b/, "production"],
  ...LAUNCH,
  [/\bcode (quality|review)\b|\blocal development\b|\bunit tests?\b|代码质量/, "build"],
  [/\btest(s|ing)?\b|\bpruebas\b|\btestning\b|测试/, "staging"],
];

function byName(words: string, above: string): Phase | undefined {
  const phase = first(NAMES, words);
  // "Application launch" below "Post-deployment verification" is the start of a program.
  return phase === "launch" && AFTER_LIVE.test(above) ? undefined : phase;
}
