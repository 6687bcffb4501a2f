import type { Figure, FigureName } from "./figure.ts";

/** What a line names rather than counts: how passwords are hashed, what DMARC asks for, which version is there. */
export function qualitiesIn(text: string, above: string): Figure[] {
  return [...passwordHash(text, above), ...dmarcPolicy(text, above), ...hstsReach(text), ...versions(text)];
}

/** "e.g. bcrypt", "not bcrypt", "from bcrypt to": none of it is what has to be there. */
const NOT_SAID =
  /\b(?:e\.g|such as|like|for example|z\. ?B|p\. ?ej|par ex|not?|never|without|instead|from|before|until|after|later|eventually|if|when|consider|optional\w*|nicht|statt|kein\w*|sans|pas|avant|sin|antes|prima|sem|old|legacy|client[_ ]secrets?|tokens?|pins?|api[_ ]keys?)\b|例如|不|比如/iu;

const PASSWORDS = /passw(?:o|ö)r|passphrase|contraseñ|mots? de passe|senha|парол|密码|비밀번호|パスワード/iu;
const HASHES: readonly (readonly [value: string, words: RegExp])[] = [
  ["argon2id", /argon2(?!i\b|d\b)/iu],
  ["scrypt", /(?<!b)scrypt/iu],
  ["bcrypt", /bcrypt/iu],
  ["pbkdf2", /pbkdf2/iu],
];
const COST =
  /(?:\bcost(?: factor)?|\brounds|work factor|\bcoût|\bcost[eo]|\bcusto|kosten(?:faktor)?|成本|コスト|라운드)[\s:=(]*(?:of at least|of|is|at least|>=?|≥|mindestens|min\.?|au moins|al menos|pelo menos)?[\s:=]*(1\d|2\d|[4-9])(?!\d)|(?<![\d.,])(1\d|2\d|[4-9])\+?\s*(?:salt[- ]?)?(?:rounds|runden|rondas|라운드)/iu;

function passwordHash(text: string, above: string): Figure[] {
  if (!/argon2|crypt|pbkdf2/iu.test(text)) return [];
  if (NOT_SAID.test(text)) return [];
  const [only, ...others] = HASHES.filter(([, words]) => words.test(text));
  if (!only || others.length > 0) return [];
  const cost = only[0] === "bcrypt" ? COST.exec(text) : null;
  // Whoever says what bcrypt costs need not say of what.
  if (!cost && !PASSWORDS.test(text) && !PASSWORDS.test(above)) return [];
  const count = cost?.[1] ?? cost?.[2];
  return [
    { name: "hash", value: only[0], said: only[0] },
    ...(cost && count !== undefined ? [named("hash-cost", count, cost[0])] : []),
  ];
}

/** One of both; "quarantine or reject" asks for no more than the check does. */
function dmarcPolicy(text: string, above: string): Figure[] {
  if (!/quarantine|reject/iu.test(text) || !/dmarc/iu.test(`${text} ${above}`) || NOT_SAID.test(text))
    return [];
  const policies = [
    ...new Set([...text.matchAll(/\b(quarantine|reject)\b/giu)].map(([policy]) => policy.toLowerCase())),
  ];
  const [only] = policies;
  return only !== undefined && policies.length === 1 ? [named("dmarc", only, only)] : [];
}

const HSTS = /\bhsts\b|strict-transport-security/iu;
const AGE =
  /max-?age\s*(?:=|:|≥|>=?|of|is|at least|mindestens|au moins)?\s*"?(\d{1,9})(?![\d\p{L}]|[\s-]*(?:s|sec\p{L}*|min\p{L}*|hours?|days?|weeks?|months?|years?|tage?|jahre?|jours?|ans?|mois|d[ií]as?|años?)(?!\p{L}))/iu;
const REACHES =
  /(?:max-age\s*=\s*\d+\s*[;,]\s*|\b(?:with|incl\w*\.?|and|mit|und|avec|et|con|y|com)\s+|[(+&]\s*)(includeSubDomains|preload)\b(?:\s*(?:[;,+&]|and|und|et|y)\s*(preload)\b)?/iu;

/** The header as it is written, or "HSTS with includeSubDomains". */
function hstsReach(text: string): Figure[] {
  if (!HSTS.test(text) || NOT_SAID.test(text)) return [];
  const age = AGE.exec(text);
  const reach = REACHES.exec(text);
  const widest = reach?.[2] ?? reach?.[1];
  return [
    ...(age?.[1] === undefined ? [] : [named("max-age", age[1], age[0])]),
    ...(widest === undefined ? [] : [named("hsts", widest.toLowerCase(), widest)]),
  ];
}

const BETWEEN = "\\s*(?:versions?|版本|バージョン)?\\s*(?:>\\s*=?|≥|&gt;=?)?\\s*v?";
const NUMBER =
  "(\\d{1,2}(?:\\.\\d{1,3}){0,2})(?![\\d])(?!\\.\\d)(?!\\s*(?:%|x\\b|ms\\b|s\\b|min|gb|mb|kb|workers?|processes|instances|containers?|images?|servers?|packages?|tests?|errors?))";
/** Programs whose version a machine tells; a server's ("PostgreSQL 15") is not that of its client. */
const PROGRAMS: readonly (readonly [program: string, pattern: RegExp])[] = (
  [
    ["node", "node(?:\\.?js)?"],
    ["php", "php"],
    ["python", "python"],
    ["ruby", "ruby"],
    ["docker", "docker(?: engine)?"],
    ["nginx", "nginx(?=\\D*\\d+\\.)"],
    ["ffmpeg", "ffmpeg"],
    ["npm", "npm"],
    ["pnpm", "pnpm"],
    ["composer", "composer"],
  ] as const
).map(([program, words]) => [program, new RegExp(`(?<![\\w./@-])${words}${BETWEEN}${NUMBER}`, "giu")]);
const NAMES_ONE = /node|php|python|ruby|docker|nginx|ffmpeg|npm|composer/iu;
/** "Node 16 is gone", "upgrade from PHP 7": no version that has to be there. */
const NO_LEAST =
  /\b(?:from|not?|never|without|instead|old(?:er)?|below|under|max(?:imum)?|up to|deprecated|removed?|gone|eol|end[- ]of[- ]life|before|until|or|oder|ou|nicht|sans|sin)\b|<|≤|以下|不|或/iu;

function versions(text: string): Figure[] {
  if (!NAMES_ONE.test(text) || !/\d/.test(text) || NO_LEAST.test(text.replace(OR_NEWER, "+"))) return [];
  return PROGRAMS.flatMap(([program, pattern]) => {
    const [only, second] = [...text.matchAll(pattern)];
    return only?.[1] !== undefined && !second ? [named("version", `${program}@${only[1]}`, only[0])] : [];
  });
}

const OR_NEWER =
  /\b(?:or|oder|ou|o)\s+(?:higher|newer|later|above|more|greater|höher|neuer|supérieure?|plus|superior|mais|más)\b/giu;

function named(name: FigureName, value: string, said: string): Figure {
  return { name, value, said: said.trim() };
}
