import { remembered } from "./remembered.ts";

/** A word as it stands in a text. */
export interface RawWord {
  /** In lower case, without accents. */
  readonly text: string;
  /** Where it begins in the text it was read from. */
  readonly at: number;
  /** "variable": the name of an environment variable. "path": a part of "/api/tasks". */
  readonly kind: "word" | "variable" | "path";
}

/** Letters of their own that people who lack them write without: Turkish, Polish, Vietnamese. */
const BARE: Readonly<Record<string, string>> = { ı: "i", ł: "l", đ: "d" };

/** Lower case and without the accents of Latin and Cyrillic letters; other scripts keep their marks. */
export function plain(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[ıłđ]/g, (letter) => BARE[letter] ?? letter)
    .normalize("NFC");
}

const WITHOUT_BLANKS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u;
const SCRIPT_BORDER =
  /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー])(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー])|(?<![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー])(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー])|(?<=[a-z0-9])(?=\p{Script=Hangul})/u;
const KOREAN_PARTICLE = /(?<=\p{Script=Hangul}{2})(?:을|를|이|가|은|는|의|에|와|과|로|도)$/u;

/** Chinese and Japanese: words stand side by side. */
export function isWithoutBlanks(text: string): boolean {
  return WITHOUT_BLANKS.test(text);
}

const WORD =
  /(?<migration>(?<![\p{L}\p{N}./])\d{3,}_[a-z][a-z0-9_]*\.(?:sql|rb|py|ts|js)(?![\p{L}\p{N}]))|(?<url>\bhttps?:\/\/[^\s<>()"'`，。）]+)|(?<host>(?<![\p{L}\p{N}@._/-])(?:[a-z0-9][a-z0-9-]*\.)+(?:com|org|net|de|fr|es|eu|br|uk|ch|at|it|nl|pl|cn|cloud|(?<=\.[a-z0-9-]+\.)(?:io|app|dev|me|ai|co|sh|info|online|site|store|tech|tr|ru|jp|kr|in|se|ca|au))(?![\p{L}\p{N}_-]))|(?<variable>\b[A-Z][A-Z0-9]*(?:_+[A-Z0-9]+)+\b(?!\.\p{L})|\b(?!DEBUG\b)[A-Z]{2,}(?==[^\s=>]))|(?<setting>\b[A-Z][A-Za-z0-9]*(?:__[A-Z][A-Za-z0-9]*)+|\b[A-Z][a-z]+[A-Za-z0-9]*:[A-Z][a-z]+[A-Za-z0-9]*)|(?<dotfile>(?<![\p{L}\p{N}./])\.[a-z][\w-]*(?:\.[a-z][\w-]*)*)|(?<path>(?<![\p{L}\p{N}.])(?:\/[\p{L}\p{N}_.{}:-]+)+)|(?<special>\b[nN]\+1\b|\b\d\.\d\b|\b\d+\+)|(?<word>[\p{L}\p{N}][\p{L}\p{N}\p{M}ー]*)/gu;

/** Names of files, hosts, paths, variables and settings have one of these in them, and so have "n+1" and "10+". */
const IN_NAMES = /[_./+=:]/;

/** The words of a text, apart at every mark. Of a path, its last part with the slash when `isKnown` knows that. */
export function rawWords(text: string, isKnown: (path: string) => boolean = () => true): RawWord[] {
  const words: RawWord[] = [];
  if (!IN_NAMES.test(text)) {
    // Every text passes here, and a loop costs half of what matchAll does.
    // A mark alone ("⚠️" ends in one) is no word.
    const mereWord = /[\p{L}\p{N}][\p{L}\p{N}\p{M}ー]*/gu;
    for (let match = mereWord.exec(text); match; match = mereWord.exec(text))
      addParts(words, match[0], match.index);
    return words;
  }
  for (const match of text.matchAll(WORD)) {
    const { migration, url, host, variable, setting, dotfile, path, special, word } = match.groups ?? {};
    const at = match.index;
    if (migration !== undefined) {
      words.push({ text: "migration-file", at, kind: "word" });
      continue;
    }
    if (url !== undefined) {
      const end = plain(/[^/](\/[^/?#]+)\/?$/.exec(url)?.[1] ?? "");
      words.push({ text: end !== "" && isKnown(end) ? end : "web-address", at, kind: "word" });
      continue;
    }
    if (host !== undefined) {
      words.push({ text: "domain", at, kind: "path" });
      continue;
    }
    if (dotfile !== undefined) {
      const [first = ""] = /^\.[^.]+/.exec(dotfile) ?? [];
      const known = [dotfile, first].map(plain).find(isKnown);
      for (const part of known === undefined ? partsOf(dotfile) : [known])
        words.push({ text: part, at, kind: "word" });
      continue;
    }
    // "App__BaseDomain" and "Jwt:PublicKey" are variables where .NET reads them.
    if (setting !== undefined) {
      const parts = setting.replaceAll(/(?<=[a-z0-9])(?=[A-Z])|:|__/g, "_");
      words.push({ text: plain(parts), at, kind: "variable" });
      continue;
    }
    if (variable !== undefined || special !== undefined) {
      words.push({ text: plain(match[0]), at, kind: variable === undefined ? "word" : "variable" });
    } else if (path !== undefined) {
      const end = plain(`/${path.split("/").at(-1) ?? ""}`);
      if (isKnown(end)) words.push({ text: end, at, kind: "word" });
      else
        for (const part of [isGot(text, at) ? "got-path" : "web-path", ...partsOf(end)])
          words.push({ text: part, at, kind: "path" });
    } else {
      addParts(words, word ?? "", at);
    }
  }
  return words;
}

/** "GET /api/tasks" is read, where "/etc/nginx" may be anything. */
function isGot(text: string, at: number): boolean {
  return /\bGET\s+`?$/.test(text.slice(Math.max(0, at - 8), at));
}

function addParts(words: RawWord[], word: string, at: number): void {
  if (/^[a-zA-Z]+$/.test(word)) {
    words.push({ text: word.toLowerCase(), at, kind: "word" });
    return;
  }
  for (const part of plain(word).split(SCRIPT_BORDER))
    words.push({ text: part.replace(KOREAN_PARTICLE, ""), at, kind: "word" });
}

function partsOf(text: string): string[] {
  return plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

const UNCHANGED = new Set([
  "https",
  "always",
  "less",
  "across",
  "process",
  "access",
  "address",
  "kubernetes",
  // Headers that are stripped are no matter of payment.
  "stripe",
  "rotation",
  "logs",
]);

/** A stem that is good enough to take "migrations" and "migrate" for one word; English only. */
export const stem = remembered(stemOf);

function stemOf(word: string): string {
  if (word.length < 4 || UNCHANGED.has(word) || !/^[a-z]+$/.test(word)) return word;
  let base = word;
  if (/ie[ds]$/.test(base) && base.length > 4) base = `${base.slice(0, -3)}y`;
  else if (/(?:ss|x|ch|sh)es$/.test(base)) base = base.slice(0, -2);
  else if (/[^su]s$/.test(base)) base = base.slice(0, -1);
  if (base.endsWith("ing") && base.length > 6) base = undouble(base.slice(0, -3));
  else if (base.endsWith("ed") && base.length > 5) base = undouble(base.slice(0, -2));
  if (base.length > 6) base = base.replace(/(?<=[st])ion$/, "");
  return base.length > 4 ? base.replace(/e$/, "") : base;
}

function undouble(base: string): string {
  return /([bdgmnprt])\1$/.test(base) ? base.slice(0, -1) : base;
}
