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
  `(?:${MOST})\\s*(?:of\\s+)?(\\d{1,4})(?:\\s*${CONNECTIONS})?(?=\\s*(?:[.,;)]|$))`,
  "iu",
);

/** "max. 5 pro Instanz": connections where the line or what stands above it speaks of them, else just a limit. */
export function countsIn(text: string, above: string): Figure[] {
  const isPool = POOL.test(text) || POOL.test(above);
  const match = PER_INSTANCE.exec(text) ?? (isPool ? OF_POOL.exec(text) : null);
  const [said, count] = match ?? [];
  if (said === undefined || count === undefined) return [];
  return [{ name: isPool ? "pool" : "at-most", value: count, said: said.trim() }];
}
