import { PHASES, type Phase } from "../../model/phase.ts";
import { rememberedBy } from "../vocabulary/remembered.ts";
import { byDistance } from "./phase-distance.ts";
import {
  AFTER_LIVE_WORDS,
  BEFORE_LIVE_WORDS,
  EVE,
  FIRST_WORDS,
  LAUNCH_DAY,
  LIVE_WORDS,
  numberedIn,
  RHYTHM_WORDS,
  SUCCESS,
} from "./phase-languages.ts";

/** What stands above a line. */
export interface PathStep {
  readonly text: string;
  /** "title": the document's only first heading. "parent": an entry of a list, or a sentence above one. */
  readonly kind: "title" | "heading" | "parent";
  /** Of a heading with a number: the one beside it, right before, is about the launch or the time after it. */
  readonly isAfterLaunch?: boolean;
  /** Of a heading with a box, which is a task as well: where it stands. */
  readonly taskLine?: number;
}

/** What is due when nothing above a line says more: before anything is deployed. */
export const UNTOLD: Phase = "staging";

/** The phase that the nearest of these names, the farthest standing first; undefined when none does. */
export function phaseOf(path: readonly PathStep[]): Phase | undefined {
  for (let index = path.length - 1; index >= 0; index--) {
    const step = path[index];
    const above = path.slice(0, index).map(wordsOf);
    const found = step && phaseIn({ step, above: above.join("\n") });
    if (found) return found;
  }
  return undefined;
}

/** What is longer is no heading, and would take the time of its square. */
const LONGEST = 500;

/** "Week 1": what it is counted from, the heading beside it may say. */
export function isNumbered(step: PathStep): boolean {
  const words = wordsOf(step);
  return (numberedIn(words, "month") ?? numberedIn(words, "week")) !== undefined;
}

/** Whether a heading that follows this one counts from the launch: "Week 1" after "T+24h". */
export function leadsAfterLaunch(step: PathStep): boolean {
  const phase = phaseOf([step]);
  return phase !== undefined && FROM_LAUNCH.has(phase);
}
/** A heading "Daily" says nothing of which week comes next. */
const FROM_LAUNCH: ReadonlySet<Phase> = new Set(
  PHASES.slice(PHASES.indexOf("launch")).filter((phase) => phase !== "daily" && phase !== "weekly"),
);

function wordsOf({ text }: PathStep): string {
  return text.slice(0, LONGEST).toLowerCase();
}

interface Standing {
  readonly step: PathStep;
  /** What stands above it, in lower case. */
  readonly above: string;
}

/** "Security" stands in most lists, and in some for each environment. */
const phaseIn = rememberedBy(
  ({ step, above }: Standing) => [step.kind, step.isAfterLaunch === true, wordsOf(step), above].join("\0"),
  readPhase,
);

function readPhase({ step, above }: Standing): Phase | undefined {
  const { kind } = step;
  const words = wordsOf(step);
  if (kind === "title") return isAfterwardsOnly(words) ? "launch+1h" : first(PLACES, words);
  if (kind === "parent") return byDistance(withoutDayInside(words)) ?? first(PLACES, words);
  const isAfterwards = AFTERWARDS.test(above);
  return (
    byDistance(words, { isAfterwards }) ??
    first(RHYTHMS, words) ??
    byOrdinal(words, above, step) ??
    byName(words, above)
  );
}

/** "Test J+21 payouts" is something to do, "J+7: payouts" says when. */
function withoutDayInside(words: string): string {
  const at = words.search(/(?<![a-z])[dj]\s*[-−–+]\s*\d/);
  return at > 0 && /\p{L}/u.test(words.slice(0, at)) ? words.slice(0, at) : words;
}

/** Whether words say something; most are patterns. */
type Says = Pick<RegExp, "test">;
type Rules = readonly (readonly [Says, Phase])[];

function first(rules: Rules, words: string): Phase | undefined {
  return rules.find(([says]) => says.test(words))?.[1];
}

const RHYTHMS: Rules = [
  [RHYTHM_WORDS.daily, "daily"],
  [RHYTHM_WORDS.weekly, "weekly"],
  // Nothing comes round more seldom here.
  [RHYTHM_WORDS.monthly, "monthly"],
  [/\bongoing\b|\blaufend/, "weekly"],
];

const AFTERWARDS =
  /post|after|success|monitor|following|review|kpi|nach\b|erfolg|apr[èe]s|succ[èe]s|despu[ée]s|[ée]xito|efter|部署后|上线后/;
const QUARTER = /\bquarter\s*#?\d|\bq[1-4]\b|\btrimest/;

/** "Day 7", "Week 1: Testing", "Month 1": counted from the launch, or towards it in a plan. */
function byOrdinal(words: string, above: string, { isAfterLaunch = false }: PathStep): Phase | undefined {
  const day = FIRST_WORDS.day.test(words) ? 1 : numberedIn(words, "day")?.number;
  if (day !== undefined && day <= 1) return "day-1";
  if (day !== undefined) return day <= 10 ? "day-7" : "day-30";
  if (FIRST_WORDS.month.test(words)) return "day-30";
  if (FIRST_WORDS.week.test(words)) return "day-7";
  const month = numberedIn(words, "month");
  const week = numberedIn(words, "week");
  // Counted like the headings beside it, unless it only speaks of a month: "Run the month 2 scripts".
  const isCounted = words.startsWith((month ?? week)?.said ?? " ");
  const isAfterwards = (isAfterLaunch && isCounted) || isAbout(AFTERWARDS, `${above}\n${words}`);
  if (isAfterwards && month) return month.number === 1 ? "day-30" : "monthly";
  if (isAfterwards && QUARTER.test(words)) return "monthly";
  if (!week) return undefined;
  const afterwards = week.number <= 1 ? "day-7" : "day-30";
  if (isAbout(AFTERWARDS, words)) return afterwards;
  const topic = byName(words.replace(week.said, " "), above);
  return topic ?? (isAfterwards ? afterwards : "staging");
}

function isAbout(afterwards: RegExp, words: string): boolean {
  return afterwards.test(words) || AFTER_LIVE.test(words);
}

const BEFORE_LIVE = new RegExp(`${BEFORE_LIVE_WORDS}|\\bprerequisites?\\b|\\bvoraussetzungen\\b`, "u");
const AFTER_LIVE = new RegExp(AFTER_LIVE_WORDS, "u");
const LIVE = new RegExp(LIVE_WORDS, "u");

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
  [EVE, "launch-24h"],
  [LAUNCH_DAY, "launch"],
  [SUCCESS, "day-30"],
  [followed(AFTER_LIVE, /improve|optional|optimi|growth|scal/), "day-30"],
  [/\bnice to have\b/, "day-30"],
  [/\bwhen (?:you|we) (?:grow|scale)\b|\bfuture (?:improvements|enhancements|work)\b/, "day-30"],
  [followed(AFTER_LIVE, /review|retro/), "day-7"],
  [followed(AFTER_LIVE, /monitor|überwach|surveill|seguimiento/), "launch+24h"],
  [AFTER_LIVE, "launch+1h"],
  // Alone in a heading they can only mean the launch.
  [/^\W*(?:after(?:wards)?|danach|nachher|apr[èe]s|despu[ée]s|depois|efteråt|dopo|daarna)\W*$/u, "launch+1h"],
  [/^\W*(?:before(?:hand)?|davor|vorher|avant|antes|innan|prima|vooraf)\W*$/u, "staging"],
  [/\b(?:roll-?\s?back|abort) (triggers?|criteria|conditions|steps)\b|回滚步骤/, "launch+1h"],
  [/\bwhen to (go|roll) back\b|\bif (the )?deploy\w* fails\b/, "launch+1h"],
  [BEFORE_LIVE, "staging"],
  ...PLACES,
  [followed(/\bbefore\b/, LIVE), "production"],
  [followed(LIVE, /readiness|checklist|criteria|plan|strateg|prepar|requirement|ready|gate/), "production"],
  [/\bfinal check|\bsign-?off\b|\bfreigabe\b|\babnahme\b/, "production"],
  ...LAUNCH,
];
/** What is done at some time, whoever says nothing of when. */
const TOPICS: Rules = [
  [/\bcode (quality|review)\b|\blocal development\b|\bunit tests?\b|代码质量/, "build"],
  [/\btest(s|ing)?\b|\bpruebas\b|\btestning\b|测试/, "staging"],
];

/** One after the other. As one pattern, the long lists of words would be compiled once more for each. */
function followed(one: RegExp, other: RegExp): Says {
  return {
    test(words) {
      const found = one.exec(words);
      return found !== null && other.test(words.slice(found.index + found[0].length));
    },
  };
}

function byName(words: string, above: string): Phase | undefined {
  const phase = first(NAMES, words);
  if (!AFTER_LIVE.test(above)) return phase ?? first(TOPICS, words);
  // "Application launch" below "Post-deployment verification" is the start of a program, "Testing" a test of what is live.
  return phase === "launch" ? undefined : phase;
}

/** "Post-deployment checklist"; "Pre- and post-deployment" is about both. */
function isAfterwardsOnly(words: string): boolean {
  return AFTER_LIVE.test(words) && !/\bpre\b|[&+/]|\s(?:and|und|et|y|e|och|en|i|и)\s/u.test(words);
}
