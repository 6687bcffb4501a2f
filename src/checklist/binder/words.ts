import { quantitiesIn } from "../figures/quantities.ts";
import { dictionary } from "../vocabulary/dictionary.ts";
import { type Meaning, meaningsOf } from "../vocabulary/meanings.ts";
import { remembered } from "../vocabulary/remembered.ts";
import { rawWords } from "../vocabulary/word-forms.ts";

export type Role = "content" | "filler" | "people" | "product";

/** What a word or phrase means, in whatever language it is written. */
export interface Sense {
  /** The same for all that mean the same: "rate-limit". */
  readonly meaning: string;
  readonly role: Role;
  /** It is said by a narrower word: "E2E tests" are tests. */
  readonly isImplied: boolean;
}

/** A word or phrase of a line. */
export interface Word extends Sense {
  /** As it stands in the line, for people. */
  readonly shown: string;
  /** How much it says of the line: less in parentheses, in conditions and after the first sentence. */
  readonly weight: number;
  /** It is a part of a name ("JWT_SECRET", "/api/tasks"), which need not be accounted for. */
  readonly isPart: boolean;
  /** Nothing knows it, in a line of another language than English. */
  readonly isStrange: boolean;
}

/** From a text to what its words mean. */
export type Readings = ReadonlyMap<string, readonly Sense[]>;

const NOT_LATIN = /[^\p{Script=Latin}\p{N}\p{P}\s]/u;

/** How many words of a line are read; what is further back is prose. */
const MOST_WORDS = 80;
/** They stand between words that make one phrase: "queries are optimized". */
const COPULAS = new Set("is are was were be been being has have had the".split(" "));
const IN_PARENTHESES = 0.15;
/** Of so many words in parentheses, each says less the more there are. */
const LONG_ASIDE = 4;
const CONDITIONAL = 0.25;
const LATER_SENTENCE = 0.35;
const AFTER_LEAD = 0.4;
/** "for optimal performance" tells what a line is good for, not what it asks. */
const PURPOSE = 0.25;
const PURPOSE_CLAUSE =
  /\sfor\s(?:(?:optimal|better|improved|faster|efficient|easier|maximum)\s|(?:performance|reliability|safety)\b)/iu;
/** "100", "100ms", "10 MB": a figure names nothing. */
const FIGURE = /^(?:v?\d+(?:\.\d+)*(?:ms|s|m|min|h|d|x|k|kb|mb|gb)?\+?|ms|kb|mb|gb)$/;
/** "Rollback rehearsed with the team" tells who took part. */
const COMPANY =
  /\s(?:together\s)?with\s(?:the|our|all|every)\s(?:\p{L}+[\s-])?(?:team|engineers?|developers?|on-?call|colleagues|staff)\b/iu;
/** "DATABASE_URL - the production database": what follows a name describes it. */
const DESCRIPTION = 0.25;
const DESCRIBED =
  /^\W*(?:\p{L}*\p{Ll}\s+){0,2}(?:[A-Z][A-Z0-9]*(?:_+[A-Z0-9]+)+|[A-Z]{2,}(?==)|[A-Z]\w*__\w+)[^\p{L}]*?(?:\s(?:(?:is|are|was)\s)?(?:set|added|configured|defined|present|available|stored|provided|loaded|exported|updated))?(?=\s*[-–—:=(（,，]|\s(?:for|with|from|to|in|as|via|pour|avec|dans|für|mit|auf|para|con|com|em|per|voor|med|för|для)\s)/u;
/** "The pricing page loads": which of all pages it is, no check needs to know, but for those that have one of their own. */
const NAME_OF_PAGE = 0.15;
const NAMED_PAGE =
  /(?<=^|\s)(?:(?!(?:home|main|landing|front|index|error|404|500|found|status|maintenance|privacy|terms|policy|legal|imprint|cookies?|sub)\s)[\p{L}\p{N}'&/-]+\s){1,3}(?=(?:pages?|screens?)\s(?:(?:is|are)\s)?(?:loads?|loading|opens?|opening|renders?|rendering|displays?|accessible|reachable|responds?|works?|working|live|online)\b)/iu;
/** "SPF: v=spf1 include:mail.example ~all" writes the record out. */
const RECORD_TEXT = 0.05;
const RECORD = /\sv=(?:spf1|dkim1|dmarc1)\b.*$/isu;
/** "In the Vercel dashboard", "in next.config.js" tell where to look. */
const PLACE =
  /\s(?:in|on|at|by|via|from|with|using|sur|dans|auf|en|em)\s(?:(?:(?:the|your|our|a)\s)?(?:\p{Lu}[\p{L}.]+\s){0,3}(?:dashboard|console|panel|settings|portal|editor|registrar|load balancer|reverse proxy|ingress)|vercel|netlify|render|railway|heroku|fly\.io|hetzner|digitalocean|gcp|google cloud|aws|aws lambda|azure(?:\s(?:app service|portal|configuration))?|cloudflare(?:\s(?:pages|workers))?|kubernetes|k8s|cloudflare|cloudfront|route ?53|namecheap|godaddy|nginx|caddy|traefik|apache|openssl|curl|postman|[\w./-]+\.(?:[cm]?[jt]s|json|ya?ml|toml|py|rb|php|conf))\b/iu;

/** The words of a line, in order. */
export function readWords(text: string): Word[] {
  const weightAt = createWeights(text);
  const { english } = dictionary();
  const meanings = meaningsIn(text);
  const translated = meanings.filter(({ isTranslated }) => isTranslated);
  // One word of another language stands in many an English line.
  const isForeign = translated.length > 1 || translated.some(({ shown }) => NOT_LATIN.test(shown));
  return meanings.flatMap(({ meaning, shown, at, isPart = false, isTranslated = false }): Word[] => {
    const weight = weightAt(at);
    const isStrange = isForeign && !isTranslated && !english.has(meaning);
    return sensesOf(meaning).map(({ meaning, role, isImplied }) => ({
      meaning,
      role,
      isImplied,
      shown,
      weight,
      isPart,
      isStrange,
    }));
  });
}

/** What the words of a text mean, in order, wherever in it they stand. */
export function readSenses(text: string): Sense[] {
  return meaningsIn(text).flatMap(({ meaning }) => sensesOf(meaning));
}

function meaningsIn(text: string): Meaning[] {
  const raw = rawWords(text.slice(0, 4000), (path) => dictionary().synonyms.has(path))
    .filter(({ text }) => !COPULAS.has(text))
    .slice(0, MOST_WORDS);
  return [...meaningsOf(raw), ...limitsIn(text)];
}

/** A meaning and those it is a kind of; none where it only holds a sentence together. */
const sensesOf = remembered((meaning: string): readonly Sense[] => {
  const { functionWords, broader } = dictionary();
  if (functionWords.has(meaning)) return [];
  const implied = broader.get(meaning) ?? [];
  return [
    { meaning, role: roleOf(meaning), isImplied: false },
    ...implied.map((each) => ({ meaning: each, role: roleOf(each), isImplied: true })),
  ];
});

const MONEY = /[$€£¥]\s?\d|\d\s?(?:€|£|usd\b|eur\b|dollars?\b)/iu;

/** "< 500 ms" and "more than 80 %" ask for something to be measured, "99.9 %" for a promise, "$50,000" for people. */
function limitsIn(text: string): Meaning[] {
  if (!/\d/.test(text)) return [];
  const money = MONEY.exec(text);
  const found: Meaning[] = money ? [{ meaning: "money", shown: money[0], at: money.index }] : [];
  return [...found, ...measuresIn(text)];
}

function measuresIn(text: string): Meaning[] {
  return quantitiesIn(text).flatMap(({ of, amount, bound, said, from }): Meaning[] => {
    if (of === "share" && amount > 95 && amount < 100) return [{ meaning: "nines", shown: said, at: from }];
    if (bound === "exactly" || (of !== "time" && of !== "share")) return [];
    return [{ meaning: of === "time" ? "time-limit" : "share-limit", shown: said, at: from }];
  });
}

function roleOf(meaning: string): Role {
  const { fillers, people, products } = dictionary();
  if (fillers.has(meaning) || FIGURE.test(meaning) || /^[a-z]$/.test(meaning)) return "filler";
  if (people.has(meaning)) return "people";
  return products.has(meaning) ? "product" : "content";
}

/** "Se necessário" is a condition, "se carga" is not, nor are "si carica" and "startas om automatiskt". */
const CONDITION =
  /(?<!\p{L})(?:if|when|wenn|falls|sofern|si(?!\s+(?:caric|apr|r?i?avvi|connett|colleg|visualizz|aggiorn|rinnov|ved|può|posson|chiud|attiv|ferm|ripristin|autentic|registr))|se(?=\s+(?:necess|aplicáv|applicab|houver|for|usar|usado|usi|exist|esist|tiver|disponí|disponib|presente|previst|possí|possib|quiser|precis|não|non|vuoi|il|la|o|a|si|você|estiver))|om(?!\s+(?:automat|efter|vid|till|te(?!\p{L})))|als|jeśli|если|若|如果|optional|unless|eg|e\.g\.|z\.b\.|p\. ?ex\.|por ejemplo|such as)(?!\p{L})/iu;

/** "Alert when the disk is full" asks about the disk, not about alerts. */
const TELLING =
  /^\W*(?:(?:an? )?(?:alert|alarm|notif|page|warn|tell|call)[\p{L}]*(?:\s+\p{L}+){0,2}|.*\bfails?)\s*$/iu;

/** "Migrations applied: npm run migrate" says it before the colon; "Security: no secrets in code" behind it. */
const LEAD = /^(?!\p{Lu}+_)[^\s:：]+\s[^:：]{2,60}?(?:[:：]|\s[—–])\s/u;

/** "QA: all tests pass", "Redis: password set": who answers it, or what it is about, as a heading says it. */
const TOPIC = /^\W*\p{L}[\p{L}\p{N}.-]*[:：]\s(?=\S+\s\S)(?=\P{L}*\p{L}+\P{L}+\p{L}|[^a-z]*\p{Lo})/u;

function createWeights(text: string): (at: number) => number {
  const spans: { from: number; to: number; weight: number }[] = [];
  const name = DESCRIBED.exec(text);
  if (name) spans.push({ from: name[0].length, to: text.length, weight: DESCRIPTION });
  for (const match of text.matchAll(/[(（[]([^()（）[\]]*)[)）\]]/g)) {
    const aside = match[1] ?? "";
    const most = CONDITION.test(aside) ? CONDITIONAL : IN_PARENTHESES;
    const weight = most * Math.min(1, LONG_ASIDE / aside.split(/\s+/).length);
    spans.push({ from: match.index, to: match.index + match[0].length, weight });
  }
  for (const flag of text.matchAll(/\s--?(?!dry-run)[a-z][\w-]*(?:=\S+)?/gi))
    spans.push({ from: flag.index, to: flag.index + flag[0].length, weight: IN_PARENTHESES });
  const condition = CONDITION.exec(text);
  if (condition && condition.index > 0 && !TELLING.test(text.slice(0, condition.index)))
    spans.push({ from: condition.index, to: text.length, weight: CONDITIONAL });
  const purpose = PURPOSE_CLAUSE.exec(text);
  if (purpose) spans.push({ from: purpose.index, to: text.length, weight: PURPOSE });
  const place = PLACE.exec(text);
  if (place) spans.push({ from: place.index, to: place.index + place[0].length, weight: IN_PARENTHESES });
  const page = NAMED_PAGE.exec(text);
  if (page) spans.push({ from: page.index, to: page.index + page[0].length, weight: NAME_OF_PAGE });
  const record = RECORD.exec(text);
  if (record) spans.push({ from: record.index, to: text.length, weight: RECORD_TEXT });
  const company = COMPANY.exec(text);
  if (company)
    spans.push({ from: company.index, to: company.index + company[0].length, weight: IN_PARENTHESES });
  const sentence = /[.!?。]\s+(?=\p{Lu}|\p{Script=Han})|\s[—–]\s/u.exec(text.slice(25));
  if (sentence) spans.push({ from: sentence.index + 25, to: text.length, weight: LATER_SENTENCE });
  const topic = TOPIC.exec(text);
  if (topic) spans.push({ from: 0, to: topic[0].length, weight: IN_PARENTHESES });
  const lead = LEAD.exec(text);
  if (lead) spans.push({ from: lead[0].length, to: text.length, weight: AFTER_LEAD });
  if (spans.length === 0) return () => 1;
  return (at) =>
    Math.min(1, ...spans.filter(({ from, to }) => from <= at && at < to).map(({ weight }) => weight));
}
