import { LETTER, LETTERS } from "../vocabulary/letters.ts";

/** How lines say what a variable's value has to be like, in the languages they are written in. */
interface QualityPattern {
  /** Of a text in lower case: to be compiled for both cases takes a pattern of many letters more than twice as long. */
  readonly pattern: RegExp;
  /** As a comment has it; undefined: it is not said after all. */
  readonly wordOf: (match: RegExpExecArray) => string | undefined;
}

const STRONG = new RegExp(
  `(?<![${LETTERS}\\p{N}_-])(?:strong|un-?guessable|high[- ]entropy|(?:long,? )?(?:(?:and|crypto(?:graphically)?)[ -])?(?:secure[ -])?random|cryptographically (?:secure|strong)|secure(?:ly)? generated|openssl rand|starke[snmr]?|zufällig${LETTER}*|kryptographisch sicher|fort(?:e|es|s)?|robuste|al[ée]atoires?|fuertes?|aleat[oó]ri[oa]s?|robust[ao]|casuali?|sterke?|сильн${LETTER}*|над[её]жн${LETTER}*|случайн${LETTER}*|складн${LETTER}*|надійн${LETTER}*|випадков${LETTER}*|siln${LETTER}*|losow${LETTER}*|güçlü|rastgele|mạnh|ngẫu nhiên|kuat|acak)(?![${LETTERS}_-])|强(?:密码|随机)|随机|強力|ランダム|강력|무작위|랜덤`,
  "u",
);

const CHARACTERS = `char(?:acter)?s?|zeichen|caract[èe]res?|caracteres|caratteri|tekens|tecken|символ${LETTER}*|знак${LETTER}*|znak${LETTER}*|karakter${LETTER}*|个?字符|文字|ký tự|hex(?:adecimal)?(?: digits)?`;
const LENGTH = new RegExp(
  `(max(?:imum|imal)?\\.?|at most|up to|höchstens)?[\\s:]*(?<![\\p{Script=Latin}\\p{N}_.-])(\\d{1,4})(?:\\s*[–-]\\s*\\d{1,4})?\\s*\\+?[\\s-]*(?:(?:random|hex|visible|ascii|случайн${LETTER}*|zufällige)\\s+)*(?:${CHARACTERS})(?![\\p{Script=Latin}\\p{N}])`,
  "u",
);
const BITS = new RegExp(
  `(?<![\\p{Script=Latin}\\p{N}_.-])(\\d{1,4})\\+?[\\s-]*(?:random |случайных )?(bits?|bytes?|бит|байт${LETTER}*|字节)(?![\\p{Script=Latin}\\p{N}])`,
  "u",
);

const THINGS =
  "(?:urls?|domains?|hosts?|hostname|databases?|db|keys?|credentials?|endpoints?|api|origins?|site|servers?|backend|frontend|dashboard|postgres\\w*|address|values?|tokens?)";
const PRODUCTION = new RegExp(
  [
    `\\bpoint(?:s|ing)?(?: to| at)? (?:the |your |our )?(?:real |actual )?(?:prod(?:uction)?|live)\\b`,
    `\\b(?:is|are|to|with|uses?|using|matches|=|—|–|-|:|\\() ?(?:the |your |our |an? )?(?:actual |real )?(?:prod(?:uction)?|live)[ -](?:\\w+[ -])?${THINGS}\\b`,
    `\\blive[- ](?:mode|(?:(?:secret|publishable|api)[ -])?keys?)\\b`,
    `\\b(?:real|actual) (?:\\w+ )?domain\\b`,
    `\\b(?:not|no) (?:a |an |the )?(?:test|sandbox)[ -](?:mode|keys?|credentials?)\\b`,
    `\\b(?:not|no|never) (?:contain |point(?:ing)? (?:to|at) )?localhost\\b`,
    `\\blive-modus\\b|\\b(?:produktions|live-?)(?:domain|datenbank|url|schlüssel|key)`,
    `\\b(?:domaine|base(?: de données)?|url|clés?) (?:réelle? |live )?de prod(?:uction)?\\b`,
    `\\b(?:dom[ií]nio|base de datos|banco(?: de dados)?|url|clave|chave|database) (?:real|de producción|de produção|di produzione)`,
    `本番(?:用|環境の|環境用)?の?(?:ドメイン|url|api|データベース|db|キー|エンドポイント)`,
    `生产(?:环境)?(?:的)?(?:域名|数据库|密钥|地址|api)`,
    `указыва${LETTER}+ на (?:production|прод|боев)${LETTER}*|реальн${LETTER}+ (?:\\S+ )?домен`,
  ].join("|"),
  "u",
);

const WILDCARD =
  /(?:\b(?:not|no|never|without|instead of|rather than|nicht|kein\w*|statt|sans|pas(?: de)?|sin|sem|senza|без|замість|вместо)|≠|!=|不(?:是|能|要|使用)?)\s*(?:a |an |the |use |set to )?(?:[`"']?\*[`"']?(?![\w*])|wildcards?\b)/u;

export const QUALITY_PATTERNS: readonly QualityPattern[] = [
  { pattern: STRONG, wordOf: () => "strong" },
  { pattern: LENGTH, wordOf: ([, most, count]) => lengthOf(most, count) },
  { pattern: BITS, wordOf: ([, count, unit]) => bitsOf(Number(count), unit) },
  { pattern: PRODUCTION, wordOf: () => "production" },
  { pattern: WILDCARD, wordOf: () => "no-wildcard" },
];

/** Nobody asks for less of a secret, nor has more of one. */
const LENGTHS = { least: 8, most: 512 } as const;

function lengthOf(most: string | undefined, count: string | undefined): string | undefined {
  const length = Number(count);
  const isAsked = most === undefined && length >= LENGTHS.least && length <= LENGTHS.most;
  return isAsked ? `${length}-characters` : undefined;
}

/** "32 bytes" are written as 64 hexadecimal digits as often as they are 32 characters. */
function bitsOf(count: number, unit: string | undefined): string | undefined {
  const isBits = /^(?:bits?|бит)$/iu.test(unit ?? "");
  const bits = isBits ? count : count * 8;
  return bits >= 64 && bits <= 1_024 ? `${count}-${isBits ? "bits" : "bytes"}` : undefined;
}
