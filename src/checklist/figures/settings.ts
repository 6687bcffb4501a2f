import { LETTER } from "../vocabulary/letters.ts";
import type { Figure } from "./figure.ts";
import { qualitiesIn } from "./setting-qualities.ts";

/** Variables that a text names, each with the value it says they have. `code`: what stands in code spans. */
export function settingsIn(text: string, code: readonly string[]): Figure[] {
  if (code.length === 0 && !text.includes("_")) return [];
  const names = [...text.matchAll(VARIABLE)];
  const settings = withoutTwoMinds([
    ...names.flatMap(({ 0: said, 1: name = "", 2: joined, index }): Figure[] => {
      const variable: Figure = { name: "variable", value: name, said };
      const around = { before: text.slice(0, index), after: text.slice(index + said.length) };
      const value =
        joined === undefined ? spokenValue(name, around, code) : wholeValue(said, around.after, code);
      const isLeft = joined !== undefined && isHowItWas(around);
      return value === undefined || isLeft ? [variable] : [variable, ...askedValue(name, value, around)];
    }),
    ...code.flatMap((each) => {
      const [said, name, value] = ALONE.exec(each) ?? [];
      if (said === undefined || name === undefined || value === undefined) return [];
      const from = Math.max(0, text.indexOf(said));
      const around = { before: text.slice(0, from), after: text.slice(from + said.length) };
      return [{ name: "variable" as const, value: name, said: name }, ...askedValue(name, value, around)];
    }),
  ]);
  // Whose value is said needs to be like nothing else.
  const given = new Set(settings.flatMap(({ of = [] }) => of));
  const open = names.flatMap(({ 0: said, 1: name = "", index }) =>
    given.has(name) ? [] : [{ name, from: index, to: index + said.length }],
  );
  return [...settings, ...qualitiesIn(text, open)];
}

/** "Change A_B=1 to A_B=2", "A_B=1 (staging: A_B=2)": no variable has both. */
function withoutTwoMinds(figures: readonly Figure[]): Figure[] {
  const values = figures.filter(({ name }) => name === "value");
  return figures.filter(
    ({ name, of, value }) =>
      name !== "value" || values.every((other) => other.of !== of || other.value === value),
  );
}

/** "<VPS_IP>" and CHANGE_ME stand for something else. */
const VARIABLE =
  /(?<![\p{L}\p{N}_./-]|<(?=[A-Z\d_]+>))(?!(?:CHANGE|REPLACE|FILL|INSERT)_(?:ME|THIS|WITH|IN)|YOUR_|TODO_|PLACEHOLDER_)([A-Z][A-Z0-9]*(?:_+[A-Z0-9]+)+)(?![\p{L}\p{N}_]|\.[a-z])(?:=([^\s`'",;)]+))?/gu;

/** One word in capitals is a variable only where it is given a value in code. */
const ALONE = /^([A-Z][A-Z0-9]{3,})=(\S+)$/;

interface Around {
  readonly before: string;
  readonly after: string;
}

function askedValue(name: string, value: string, around: Around): Figure[] {
  const isExcepted =
    EXCEPT.test(around.before.slice(-60)) || NEVER.test(around.before) || EXCEPT_AFTER.test(around.after);
  // A secret that somebody wrote into the list is not written a second time, nor asked for.
  if (isTemplate(name, value) || isExcepted || IS_SECRET.test(name)) return [];
  return [{ name: "value", value, said: `${name}=${value}`, of: name }];
}

const IS_SECRET = /(?:SECRET|PASS|PASSWORD|PASSPHRASE|PWD|PRIVATE_KEY|API_KEY|TOKEN)$/;

/** "never `DEBUG=true`", "e.g. `LOG_FORMAT=json`": not what the value has to be. */
const EXCEPT = new RegExp(
  `(?:\\bnot?|\\bnever|\\bwithout|\\bremoved?|\\bunset|\\binstead of|\\brather than|\\bavoid|\\bno longer|\\bnicht|\\bkein\\w*|\\bsans|\\bpas|\\bsin|\\be\\.g\\.|\\bz\\. ?B\\.|\\bexamples?|\\bsuch as|\\blike|\\bdefaults?(?: to)?|\\bif|\\bwhen|\\bunless|\\bor|\\boder|\\bou|\\bchange(?:d)? from|(?<!${LETTER})(?:jeśli|gdy|falls|если|якщо|nếu|jika|eğer)|(?:如果|若|不|无|無|没有|沒有|禁止|避免)\\S{0,6})(?:\\s+\\S+){0,3}\\s*[:(\`"']*$`,
  "iu",
);

/** "Change LOG_LEVEL=debug to info": that is how it was. */
function isHowItWas({ before, after }: Around): boolean {
  return LEAVES.test(before.slice(-60)) && /^[`"']?\s+(?:to|with|by)\s/.test(after);
}
const LEAVES = /\b(?:chang|switch|updat|replac|mov|turn)\w*\s*[`"']?$/i;

/** "Never set in production: A_B, C_D=off": of every one that is named. */
const NEVER =
  /(?:^|[.;—–]\s*)(?:never|do not|don't|must not|not)\s+(?:be\s+)?(?:set|use|enable|deploy|ship|leave)\b[^.;]*$/iu;

const EXCEPT_AFTER = new RegExp(
  `^[\`"')]?(?:\\s*\\([^()]*\\))?[\\s(,]*(?:or|oder|ou|o|lub|или|або|atau|veya|hoặc|或)(?!${LETTER})|^[\`"')]?[\\s(,]*(?:if|unless|when(?:ever)?|once|falls|wenn|sofern|es sei denn|si|sauf si|se|als|om|jeśli|если|якщо|nếu|jika)\\s|^[\`"')]?\\s*(?:is|are|was|has been|must|should|may|be)?\\s*(?:not\\b|never\\b|removed\\b|unset\\b|absent\\b|disabled\\b|gone\\b|nicht\\b|\\(default|by default)|^[\`"')]?\\s*(?:[→⇒➔➜]|-+>|=>)|^[\`"')]?\\s+to\\s+[\`"']`,
  "iu",
);

/** "set to json", "is `json`", " = json"; a word of prose only at the end, and of what is no name of something else. */
function spokenValue(name: string, { before, after }: Around, code: readonly string[]): string | undefined {
  if (/^[`"']?\s*to\b/.test(after) && !SETS.test(before.slice(-60))) return undefined;
  const [, value, rest = ""] =
    /^[`"']?\s*(?:=|:|(?:is\s+)?(?:set\s+)?to\b|is\b(?:\s+set\s+to\b)?)\s*[`"']?([^\s`"',;()]+)[`"']?(.*)$/su.exec(
      after,
    ) ?? [];
  if (value === undefined || /^[,;]\S/.test(rest) || EXCEPT_AFTER.test(rest)) return undefined;
  if (code.includes(value) || code.includes(`${name}=${value}`) || code.includes(`${name}: ${value}`))
    return value;
  const word = value.replace(/[.!]$/, "");
  const ends = /^\s*(?:$|[,;.(]|(?:in|on|for) (?:prod|production|staging)\b)/i.test(rest);
  return ends && PLAIN_WORD.test(word) && !NAMES_SOMETHING.test(name) ? word : undefined;
}

/** "Add SENTRY_DSN to production" says where it goes, "set LOG_FORMAT to json" what it is. */
const SETS = /\b(?:set(?!\s+up\b)|sets|setting|switch(?:e[ds])?|change[ds]?|turn(?:ed|s)?)\b[^.;]*$/i;

/** "Is enabled", "is tuned" say how a variable is, and not in its own words. */
const PLAIN_WORD =
  /^(?!(?:appropriate|correct|right|real|unique|random|strong|secure|new|actual|proper|your|own|valid|live|empty|set|present|configured|defined|there|not|no|a|an|the|something|different|same|required|ok|ready|missing|optional|loaded|used|on|off|active|available|long|short|high|low|reasonable|sensible|safe|non-?empty|[a-z-]+ed)$)(?:[a-z][\w-]*|\d[\d.]*|True|False|TRUE|FALSE|INFO|WARN|WARNING|ERROR|DEBUG)$/;

/** "CORS_HOSTS=a.io,b.io": a list in code is one value; where else one ends cannot be told. */
function wholeValue(said: string, after: string, code: readonly string[]): string | undefined {
  const isList = /^[,;]\S/.test(after);
  const span = code.find((each) => each.startsWith(isList ? `${said}${after[0]}` : `${said} `));
  // In prose a full stop ends the sentence.
  const own = code.includes(said) || !/^(?:\s|$)/.test(after) ? said : said.replace(/[.:!]$/, "");
  const whole = span ?? (isList ? undefined : own);
  return whole === undefined || /\s/.test(whole) ? undefined : whole.replace(/^[^=]*=/, "");
}

/** "Set API_URL to production" means an address of production, not that word. */
const NAMES_SOMETHING =
  /(?:URL|URI|KEY|SECRET|TOKEN|PASS|PASSWORD|DSN|HOST|HOSTS|ID|SID|DOMAIN|ORIGIN|ORIGINS|ENDPOINT|NAME|USER|EMAIL|CREDENTIALS|BUCKET|CERT)$/;

/** A value that somebody has to put their own into. */
function isTemplate(name: string, value: string): boolean {
  return (
    /[[\]<>{}$|*…]|\.\.\.|x{3}|[-_]$|\/\/$/i.test(value) ||
    /(?:^|[^a-z])(?:your|my|some|tu|su|seu|sua|votre|vos|ton|mon|dein|ihr|mein|uw|jouw|din|twoja?|example|ejemplo|exemplo|exemple|beispiel|voorbeeld|primer|tudominio|midominio|seudominio|votredomaine|mondomaine|meinedomain|deinedomain|yourdomain|changeme|change[-_]me|placeholder|domain\.(?:com|tld)|host(?:name)?:|user(?:name)?:|pass(?:word)?@|path\/to|todo|tbd)(?![a-z])/i.test(
      value,
    ) ||
    /^(?:\d+-\d+|[a-z]+\/[a-z]+|true\/false|value|secret|password|token|key|string|number|random\S*|strong\S*|generated\S*|yes\/no)$/i.test(
      value,
    ) ||
    /^(?:YOUR|MY|EXAMPLE|VARIABLE)_/.test(name)
  );
}
