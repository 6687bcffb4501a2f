import {
  AFTER_CONDITIONAL_SE,
  AFTER_REFLEXIVE_SI,
  AFTER_SEPARABLE_OM,
  BEFORE_DESCRIPTION,
  BEFORE_PLACES,
  BEING_SET,
  BEING_SHOWN,
  COMPANY,
  CONDITIONS,
  OWN_PAGES,
  PLACES,
  PRAISE,
  PRAISED,
  SURFACES,
  TELLINGS,
} from "../vocabulary/asides.ts";
import { LETTER, LETTERS } from "../vocabulary/letters.ts";

const IN_PARENTHESES = 0.15;
/** Of so many words in parentheses, each says less the more there are. */
const LONG_ASIDE = 4;
const CONDITIONAL = 0.25;
const LATER_SENTENCE = 0.35;
const AFTER_LEAD = 0.4;
const PURPOSE = 0.25;
const DESCRIPTION = 0.25;
const NAME_OF_PAGE = 0.15;
const RECORD_TEXT = 0.05;
/** A line's first words are no later sentence. */
const SHORTEST_SENTENCE = 25;

/** A part of a line that says less than the rest. */
interface Aside {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/** A way to write an aside: what it is known by, and whether that is all of it or begins or leads to it. */
interface AsideShape {
  /** What stands in every line that has one, and is sooner looked for. */
  readonly sign?: RegExp;
  readonly pattern: RegExp;
  readonly reach: "itself" | "to the end" | "what follows";
  readonly weight: number;
}

const SHAPES: readonly AsideShape[] = [
  // "DATABASE_URL - the production database": what follows a name describes it.
  {
    sign: /[_=]/,
    pattern: pattern(
      String.raw`^\W*(?:${LETTER}*\p{Ll}\s+){0,2}(?:[A-Z][A-Z0-9]*(?:_+[A-Z0-9]+)+|[A-Z]{2,}(?==)|[A-Z]\w*__\w+)[^${LETTERS}]*?` +
        String.raw`(?:\s(?:(?:is|are|was)\s)?(?:${any(BEING_SET)}))?` +
        String.raw`(?=\s*[-–—:=(（,，]|\s(?:${any(BEFORE_DESCRIPTION)})\s)`,
      "u",
    ),
    reach: "what follows",
    weight: DESCRIPTION,
  },
  // "For optimal performance" tells what it is good for, not what is asked.
  {
    sign: /\sfor\s/i,
    pattern: pattern(String.raw`\sfor\s(?:(?:${any(PRAISE)})\s|(?:${any(PRAISED)})\b)`),
    reach: "to the end",
    weight: PURPOSE,
  },
  // "In the Vercel dashboard", "in next.config.js" tell where to look.
  {
    pattern: pattern(
      String.raw`\s(?:${any(BEFORE_PLACES)})\s(?:(?:(?:the|your|our|a)\s)?(?:\p{Lu}[${LETTERS}.]+\s){0,3}(?:${any(SURFACES)})|` +
        String.raw`${any(PLACES)}|[\w./-]+\.(?:[cm]?[jt]s|json|ya?ml|toml|py|rb|php|conf))\b`,
    ),
    reach: "itself",
    weight: IN_PARENTHESES,
  },
  // "The pricing page loads": which of all pages it is, no check needs to know.
  {
    sign: /page|screen/i,
    pattern: pattern(
      String.raw`(?<=^|\s)(?:(?!(?:${any(OWN_PAGES)})\s)[${LETTERS}\p{N}'&/-]+\s){1,3}` +
        String.raw`(?=(?:pages?|screens?)\s(?:(?:is|are)\s)?(?:${any(BEING_SHOWN)})\b)`,
    ),
    reach: "itself",
    weight: NAME_OF_PAGE,
  },
  // "SPF: v=spf1 include:mail.example ~all" writes the record out.
  {
    pattern: /\sv=(?:spf1|dkim1|dmarc1)\b/iu,
    reach: "to the end",
    weight: RECORD_TEXT,
  },
  // "Rollback rehearsed with the team" tells who took part.
  {
    sign: /\swith\s/i,
    pattern: pattern(
      String.raw`\s(?:together\s)?with\s(?:the|our|all|every)\s(?:${LETTER}+[\s-])?(?:${any(COMPANY)})\b`,
    ),
    reach: "itself",
    weight: IN_PARENTHESES,
  },
  // "QA: all tests pass", "Redis: password set": who answers it, or what it is about, as a heading says it.
  {
    sign: /[:：]/,
    pattern: /^\W*\p{L}[\p{L}\p{N}.-]*[:：]\s(?=\S+\s\S)(?=\P{L}*\p{L}+\P{L}+\p{L}|[^a-z]*\p{Lo})/u,
    reach: "itself",
    weight: IN_PARENTHESES,
  },
  // "Migrations applied: npm run migrate" says it before the colon; "Security: no secrets in code" behind it.
  {
    sign: /[:：—–]/,
    pattern: /^(?!\p{Lu}+_)[^\s:：]+\s[^:：]{2,60}?(?:[:：]|\s[—–])\s/u,
    reach: "what follows",
    weight: AFTER_LEAD,
  },
];

const BRACKETS = /[(（[]([^()（）[\]]*)[)）\]]/g;
const FLAG = /\s--?(?!dry-run)[a-z][\w-]*(?:=\S+)?/gi;
const BRACKET_OR_FLAG = /[(（[]|\s-/;
const SENTENCE = /[.!?。]\s+(?=\p{Lu}|\p{Script=Han})|\s[—–]\s/u;
const CONDITION = pattern(
  String.raw`(?<!${LETTER})(?:${any(CONDITIONS)}|si(?!\s+(?:${any(AFTER_REFLEXIVE_SI)}))|se(?=\s+(?:${any(AFTER_CONDITIONAL_SE)}))|` +
    String.raw`om(?!\s+(?:${any(AFTER_SEPARABLE_OM)}|te(?!${LETTER}))))(?!${LETTER})`,
);
const TELLING = pattern(
  String.raw`^\W*(?:(?:an? )?(?:${any(TELLINGS)})[${LETTERS}]*(?:\s+${LETTER}+){0,2}|.*\bfails?)\s*$`,
);

/** How much a word says of a line, by where it stands: 1, or less in an aside, a condition, a later sentence. */
export function createProminence(text: string): (at: number) => number {
  const asides = [...shapedIn(text), ...bracketsIn(text), ...restsOf(text)];
  return (at) => {
    let least = 1;
    for (const { from, to, weight } of asides) if (from <= at && at < to && weight < least) least = weight;
    return least;
  };
}

function shapedIn(text: string): Aside[] {
  const found: Aside[] = [];
  for (const { sign, pattern, reach, weight } of SHAPES) {
    if (sign?.test(text) === false) continue;
    const shape = pattern.exec(text);
    if (!shape) continue;
    const end = shape.index + shape[0].length;
    if (reach === "itself") found.push({ from: shape.index, to: end, weight });
    else found.push({ from: reach === "to the end" ? shape.index : end, to: text.length, weight });
  }
  return found;
}

function bracketsIn(text: string): Aside[] {
  const found: Aside[] = [];
  if (!BRACKET_OR_FLAG.test(text)) return found;
  for (const { 0: whole, 1: words = "", index } of text.matchAll(BRACKETS)) {
    const most = CONDITION.test(words) ? CONDITIONAL : IN_PARENTHESES;
    const weight = most * Math.min(1, LONG_ASIDE / words.split(/\s+/).length);
    found.push({ from: index, to: index + whole.length, weight });
  }
  for (const { 0: flag, index } of text.matchAll(FLAG))
    found.push({ from: index, to: index + flag.length, weight: IN_PARENTHESES });
  return found;
}

/** What comes behind a condition, or behind the first sentence. */
function restsOf(text: string): Aside[] {
  const rests: Aside[] = [];
  const condition = CONDITION.exec(text);
  if (condition && condition.index > 0 && !TELLING.test(text.slice(0, condition.index)))
    rests.push({ from: condition.index, to: text.length, weight: CONDITIONAL });
  const sentence = SENTENCE.exec(text.slice(SHORTEST_SENTENCE));
  if (sentence)
    rests.push({ from: sentence.index + SHORTEST_SENTENCE, to: text.length, weight: LATER_SENTENCE });
  return rests;
}

/** A list of words as alternatives of a pattern. */
function any(words: string): string {
  return words.replaceAll(".", String.raw`\.`).replaceAll(" ", String.raw`\s?`);
}

function pattern(source: string, flags = "iu"): RegExp {
  return new RegExp(source, flags);
}
