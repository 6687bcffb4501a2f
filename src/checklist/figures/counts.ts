import type { Figure } from "./figure.ts";

const MOST =
  "max(?:imum|imal|imo|\\.)?|máx(?:imo|\\.)?|at most|up to|no more than|limited to|höchstens|bis zu|au plus|como máximo|не более|最多";
const CONNECTIONS =
  "(?:(?:db|database) )?(?:connections?|verbindungen|connexions|conexiones|conexões|соединений|连接)";
const PER =
  "(?:pro|per|je|par|por|/|each|на)\\s*(?:instan[zc]\\p{L}*|process\\p{L}*|prozess|servers?|nodes?|pods?|worker|экземпляр)";
const POOL = /\bpool|pool\b|connections?\b|verbindung|connexion|conexi[óo]n|conexões|соединен|пул|连接池/iu;

const PER_INSTANCE = new RegExp(
  `(?:${MOST})\\s*(?:of\\s+|von\\s+)?(\\d{1,4})\\s*(?:${CONNECTIONS}\\s*)?${PER}`,
  "iu",
);
const OF_POOL = new RegExp(
  `(?:${MOST})\\s*(?:of\\s+)?(\\d{1,4})(?:\\s*${CONNECTIONS})?(?=\\s*(?:[.,;)]|$|(?:in(?: the)?|im|en el|dans le|no) (?:\\p{L}+[ -])?pool))`,
  "iu",
);

/** "Connection pool size: 20", "DB pool of 15": a size is as much as there is. "Connection pool 3" may be the third. */
const SIZE_OF_POOL =
  /(?<!\p{L})(?:(?:connection|db|database|postgres(?:ql)?|pg)[ -]?pool|(?<!\p{L}[ -])pool[ -]?(?:size|limit)|(?:connection|db|database|postgres(?:ql)?|pg|max(?:imum)?)[ -]?pool[ -]?(?:size|limit))(?:\s*[:=(]\s*|\s+(?:is|of|set to|limited to)\s+|(?<=size|limit)\s+)(\d{1,4})(?=\s*(?:[,;)]|\.(?!\d)|$|connections?\b|(?:per|each|pro)\b))/iu;

const PASSWORD = /passw(?:o|ö)rt|password|passphrase|contraseñ|mots? de passe|senhas?\b/iu;
const LENGTH =
  /(?:length|länge|longueur|longitud|comprimento|at least|(?<!\p{L})min(?:imum|imo|destens|\.)?|mindestens|au moins|al menos|pelo menos|>=|≥)\D{0,24}?(\d{1,2})(?!\d|\s*(?:%|attempt|tries|minute|hour|day|failed|upper|special|digit|number|round|cost|time))|(\d{1,2})\+?[\s-]*(?:char|zeichen|caract)/iu;

/** "bcrypt, cost ≥ 12" */
const COST_BEFORE =
  /(?:cost(?: factor)?|coût|cost[eo]|custo|kosten(?:faktor)?|factor|rounds?|runden)[\s:=(]*$/iu;

/** "Minimum password length 12", "passwords of 10+ characters" */
function leastPassword(text: string): Figure | undefined {
  const found = PASSWORD.test(text) ? LENGTH.exec(text) : null;
  const match = found && COST_BEFORE.test(text.slice(0, found.index)) ? null : found;
  const count = match?.[1] ?? match?.[2];
  return match && count !== undefined ? { name: "at-least", value: count, said: match[0].trim() } : undefined;
}

/** "max. 5 pro Instanz": connections where the line or what stands above it speaks of them, else just a limit. */
export function countsIn(text: string, above: string): Figure[] {
  const length = leastPassword(text);
  if (length) return [length];
  const isPool = POOL.test(text) || POOL.test(above);
  const match = PER_INSTANCE.exec(text) ?? (isPool ? (OF_POOL.exec(text) ?? SIZE_OF_POOL.exec(text)) : null);
  const [said, count] = match ?? [];
  if (said === undefined || count === undefined) return [];
  return [{ name: isPool ? "pool" : "at-most", value: count, said: said.trim() }];
}
