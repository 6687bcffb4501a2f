import { CREDENTIAL_BEGINNINGS } from "../../model/credential-beginning.ts";
import { LETTER } from "../vocabulary/letters.ts";
import type { Figure } from "./figure.ts";
import { QUALITY_PATTERNS } from "./setting-patterns.ts";

/** A variable's name where a text says it. */
export interface NamedAt {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

interface Said {
  /** As a comment has it: "strong", "32-characters". */
  readonly word: string;
  readonly said: string;
  readonly from: number;
  readonly to: number;
}

/** "The app refuses to start if JWT_SECRET is short": what happens then is asked for, not how the value is. */
const ABOUT_SOMETHING_ELSE =
  /\b(?:if|when|unless|refus\w*|reject\w*|fail(?:s|ed|ure)?|throws?|abort\w*|crash\w*|warn\w*|alert\w*|logs?|falls?|wenn|falls|verweigert|refuse|rechaza|recusa|lehnt)\b/iu;

/** Between names that are spoken of as one: "A_KEY, B_KEY and C_KEY". */
const JOINED = /^[\s,/&+`|、]*(?:and|und|et|y|e|и|и|і|和|och)?[\s,/&+`|、]*$/u;

/** What a text wants the values of variables to be like, each with the variable it says it of. */
export function qualitiesIn(text: string, variables: readonly NamedAt[]): Figure[] {
  if (variables.length === 0 || ABOUT_SOMETHING_ELSE.test(text)) return [];
  const said = [...withoutTwoLengths(patterned(text)), ...beginnings(text)];
  return [
    ...said.flatMap((quality) =>
      meantBy(quality, text, variables)
        .filter((name) => suits(quality.word, name))
        .map((of): Figure => ({ name: "quality", value: quality.word, said: quality.said, of })),
    ),
    ...differences(text, variables),
    ...unsetIn(text, variables),
  ];
}

/** "32 characters (256 bits)": what the two of them come to is not the same, and characters are counted. */
function withoutTwoLengths(qualities: readonly Said[]): readonly Said[] {
  const hasCharacters = qualities.some(({ word }) => word.endsWith("-characters"));
  return hasCharacters ? qualities.filter(({ word }) => !/-(?:bits|bytes)$/.test(word)) : qualities;
}

const WHERE = /^\s*(?:$|[.,;()]|(?:in|on|for|from) prod)/i;
const IS_UNSET =
  /^[`"']?\s+(?:(?:is|are|must be|should be|stays?|has been)\s+)?(not (?:set|defined|present)|unset|removed|absent|(?:left )?(?:empty|blank|unset))(.*)$/isu;
const UNSETS = /(?:^|[.;:,]\s*)(?:unset|remove)\s+[`"']?$/i;

/** "DEBUG_TOKEN is not set", "remove DEBUG_TOKEN": of the name itself, and of nothing that belongs to it. */
function unsetIn(text: string, variables: readonly NamedAt[]): Figure[] {
  return variables.flatMap(({ name, from, to }): Figure[] => {
    const [, said, rest] = IS_UNSET.exec(text.slice(to)) ?? [];
    if (said !== undefined && WHERE.test(rest ?? ""))
      return [{ name: "quality", value: "unset", said, of: name }];
    const isUnset = UNSETS.test(text.slice(0, from)) && WHERE.test(text.slice(to).replace(/^[`"']/, ""));
    return isUnset ? [{ name: "quality", value: "unset", said: name, of: name }] : [];
  });
}

function patterned(text: string): Said[] {
  const words = lowerCase(text);
  return QUALITY_PATTERNS.flatMap(({ pattern, wordOf }) => {
    const match = pattern.exec(words);
    const word = match ? wordOf(match) : undefined;
    if (!match || word === undefined) return [];
    const to = match.index + match[0].length;
    return [{ word, said: text.slice(match.index, to).trim(), from: match.index, to }];
  });
}

/** Character for character; of all letters only this one would become two. */
function lowerCase(text: string): string {
  return text.replaceAll("İ", "i").toLowerCase();
}

const SCHEME_OR_PREFIX = new RegExp(
  `(?<![\\w-])(${CREDENTIAL_BEGINNINGS.map((each) => each.replace(/[.+]/g, "\\$&")).join("|")})(?![A-Za-z0-9]{4})`,
  "g",
);
const NOT =
  /\b(?:not|never|no|nicht|kein\w*|pas|non|não|sin|instead of|statt|не|nie)\s+(?:an?\s+)?[`"'(]*$/iu;
const STARTS = /(?:start|begin|préfix|prefix|commenc|beginn|empiez|comienz|começ|inizi|начина|开头|で始ま)/iu;

/** "sk_live_...", "starts with whsec_"; a text that speaks of two asks for neither. An address is whole, and a value. */
function beginnings(text: string): Said[] {
  const found = [...text.matchAll(SCHEME_OR_PREFIX)].filter(
    ({ 0: said, index }) =>
      !NOT.test(text.slice(0, index)) &&
      (!said.endsWith("://") ||
        (STARTS.test(text) && /^[\s`"').,]|^$/.test(text.slice(index + said.length)))),
  );
  const [first] = found;
  if (!first || new Set(found.map(([said]) => said)).size > 1) return [];
  const [said] = first;
  return [{ word: `${said}*`, said, from: first.index, to: first.index + said.length }];
}

const DIFFERENT = new RegExp(
  `(?<!${LETTER})(?:different|differs?|distinct|not (?:be )?(?:the same|equal|identical)|unterschiedlich${LETTER}*|verschieden${LETTER}*|unterscheide${LETTER}*|diff[ée]rent(?:e?s|e)?|diferentes?|distint[oa]s?|divers[oaie]|anders|verschillend|отлича${LETTER}*|різн${LETTER}*|разн${LETTER}*)(?!${LETTER})|不同|異なる|다른`,
  "u",
);
/** Between it and the variable that another is not to be like. */
const FROM = /^\s*(?:from|to|than|as|von|vom|als|zu|de|del|da|do|dan|от)?\s*(?:the\s+)?[`"'(]*$/iu;

/** "A_SECRET differs from B_SECRET", "A_SECRET and B_SECRET are not the same". */
function differences(text: string, variables: readonly NamedAt[]): Figure[] {
  const match = DIFFERENT.exec(lowerCase(text));
  if (!match) return [];
  const end = match.index + match[0].length;
  const [one, ...joined] = variables.filter(({ to }) => to <= match.index).toReversed();
  const next = variables.find(({ from }) => from >= end);
  const isNamedNext = next !== undefined && FROM.test(text.slice(end, next.from));
  const [other] = isNamedNext ? [next] : chain(one ? [one, ...joined] : [], text);
  if (!one || !other || !SECRET_NAME.test(one.name) || !SECRET_NAME.test(other.name)) return [];
  return [
    { name: "quality", value: `unlike-${other.name}`, said: text.slice(match.index, end), of: one.name },
  ];
}

/** Right before a name it is of that one and those joined to it, else of those that stand before. */
function meantBy({ from, to }: Said, text: string, variables: readonly NamedAt[]): string[] {
  const next = variables.findIndex((each) => each.from >= to);
  const last = variables.findLastIndex((each) => each.to <= from);
  const isFront =
    next >= 0 && (last < 0 || /^[^,;.:()—–]{0,14}$/u.test(text.slice(to, variables[next]?.from)));
  if (isFront)
    return [variables[next], ...chain(variables.slice(next), text)].flatMap((each) => each?.name ?? []);
  const before = variables.slice(0, last + 1).toReversed();
  return [before[0], ...chain(before, text)].flatMap((each) => each?.name ?? []);
}

/** Those that follow the first one without a word of their own. */
function chain(variables: readonly NamedAt[], text: string): NamedAt[] {
  const joined: NamedAt[] = [];
  for (let at = 1; at < variables.length; at++) {
    const [one, other] = [variables[at - 1], variables[at]];
    if (!one || !other) break;
    const [first, second] = one.from < other.from ? [one, other] : [other, one];
    if (!JOINED.test(text.slice(first.to, second.from))) break;
    joined.push(other);
  }
  return joined;
}

/** What a name ends in is what its value is: PASSWORD_MIN_LENGTH is a number. */
const SECRET_NAME =
  /(?:SECRET|KEY|SALT|PEPPER|TOKEN|PASS|PASSWORD|PASSPHRASE|PWD)(?:_(?:BASE|B64|HEX|PROD|PRODUCTION|LIVE|STAGING|V?\d+))?$/;
const ADDRESS_NAME = /(?:URL|URI|DSN|HOST|HOSTS|ORIGINS?|DOMAINS?|ENDPOINT|BASE|CORS\w*)$/;
/** Those of a test mode look like those of the live one. */
const SAYS_NO_MODE = /WEBHOOK|ENDPOINT_SECRET|SIGNING/;

/** Whether a value by this name may be like that: a URL has no strength of its own, but the password in it has. */
function suits(word: string, name: string): boolean {
  if (word === "strong") return SECRET_NAME.test(name) || /(?:DATABASE|REDIS|DB)_UR[LI]$/.test(name);
  if (/-(?:characters|bits|bytes)$/.test(word)) return SECRET_NAME.test(name);
  if (word === "production")
    return !SAYS_NO_MODE.test(name) && (SECRET_NAME.test(name) || ADDRESS_NAME.test(name));
  // Which of a pair a beginning is of, its letters say.
  if (/^sk_/.test(word)) return !/PUBLIC|PUBLISHABLE/.test(name);
  if (/^pk_/.test(word)) return !/SECRET|PRIVATE/.test(name);
  if (word === "no-wildcard") return /ORIGIN|HOST|CORS|DOMAIN/.test(name);
  return true;
}
