import { LETTER, LETTERS } from "../vocabulary/letters.ts";
import type { Figure } from "./figure.ts";
import { clauseAt } from "./topics.ts";

const SECRET_FILE = /\.env|\.pem\b|secrets?\b|credential|private keys?|key files?|environment files?|密钥/iu;
const ALLOWANCE =
  /chmod|permission|permiss|permisos?|permessi|rechte|droits|права|uprawnieni|\bizin|quyền|\bmode\b|权限|パーミッション|권한/iu;
const MODE = /(?<![\d.])0?([46][04]0)(?!\d)/u;

const CLOSED =
  /\bnot (?:be )?(?:publicly |directly )?(?:exposed|reachable|open|accessible|public|published)|(?:only|nur) (?:(?:accessible|reachable|open|erreichbar) )?(?:from|via|on|auf|von) (?:localhost|127|inside|internal|the private)|bloquead[oa]|fechad[oa]|\bblocked\b|\bclosed\b|nicht (?:öffentlich|von außen|offen|erreichbar)|không expose|未暴露|不可从外部|закрыт/iu;
/** What every such line says, and is sooner looked for. */
const NEAR_A_PORT = /not |only|nur |nicht|block|bloq|fecha|closed|không|未|不|закры/iu;
const EXCEPT = /except|besides|unless|other than|all but|außer|sauf|excepto|salvo|除/iu;
const WORD = `(?:(?<!${LETTER})(?:ports?|puertos?|portas?|porte|poort(?:en)?)(?!${LETTER})|порт${LETTER}*|端口|ポート|포트|cổng)`;
const NUMBER =
  "(?<![\\d./v_#-])\\d{2,5}(?![A-Za-z\\d%_-]|\\.\\d|\\s*(?:ms|s|sec|min|days?|errors?|requests?)\\b)";
/** "port (6379", ":6379", "5432/tcp", "5432 (Postgres)" */
const ITEM = `(?:${WORD}[\\s:=(（\`*"']{0,4}|(?<![${LETTERS}\\d])(?:localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0)?:|(?<!:))${NUMBER}(?:\\/(?:tcp|udp)\\b)?(?:\\s?\\([^()]{0,30}\\))?`;
const BETWEEN = "\\s{0,2}(?:[,，、;/&+和]|(?:and|und|et|y|e|och|en|or|oder|ou|и|или|та|và)(?=\\s))\\s{0,2}";
const NUMBERS = new RegExp(`${ITEM}(?:${BETWEEN}${ITEM})*(?:\\s?番?${WORD})?`, "giu");
/** Numbers of anything else are tickets, years, people. */
const SAYS_PORT = new RegExp(`${WORD}|:\\d`, "iu");
const CLOSED_NEXT = new RegExp(
  `^[\\s)\`*–—|:,-]*(?:(?:is|are|sind|est[áã]o?|son) )?(?:${CLOSED.source})`,
  "iu",
);
const CLOSED_BEFORE = new RegExp(`^[\\s\`*]*(?:${CLOSED.source})[\\s\`*]*[:–—-][\\s\`*]*$`, "iu");
/** Whoever closes these means for somebody. */
const OF_THE_WEB: ReadonlySet<string> = new Set(["443"]);

/** What a line asks of a machine: how its files are kept, which ports nobody reaches. */
export function machineFiguresIn(text: string): Figure[] {
  if (!/\d{3}/.test(text)) return [];
  const mode = SECRET_FILE.test(text) && ALLOWANCE.test(text) ? MODE.exec(text) : null;
  const canBeClosed = NEAR_A_PORT.test(text) && CLOSED.test(text) && !EXCEPT.test(text);
  return [
    ...(mode?.[1] === undefined ? [] : [{ name: "mode" as const, value: mode[1], said: mode[0] }]),
    ...(canBeClosed ? [...text.matchAll(NUMBERS)].flatMap((numbers) => closedPorts(numbers, text)) : []),
  ];
}

/** Ports of the clause that says they are closed: "not accessible (port 5432), API on port 3000" closes one. */
function closedPorts({ 0: said, index }: RegExpExecArray, text: string): Figure[] {
  const ports = said.replace(/(?<=\d\s?)\([^()]*\)/g, "").match(/(?<!\d)\d{3,5}(?!\d)/g) ?? [];
  const end = index + said.length;
  const rest = text.slice(end);
  const isClosed = SAYS_PORT.test(said)
    ? CLOSED_NEXT.test(rest) || [index, end].some((at) => CLOSED.test(clauseAt(text, at)))
    : ports.length > 1 && isAllOfTheLine(text.slice(0, index), rest);
  if (!isClosed) return [];
  return ports
    .filter((port) => Number(port) <= 65_535 && !OF_THE_WEB.has(port))
    .map((port) => ({ name: "closed-port", value: port, said: port }));
}

/** "3000, 5432, 6379 - closed", "Closed: 3000, 5432" */
function isAllOfTheLine(before: string, after: string): boolean {
  const isNothing = (words: string): boolean => /^[\s`*.]*$/.test(words);
  return isNothing(before)
    ? CLOSED_NEXT.test(after) && !/\d/.test(after)
    : isNothing(after) && CLOSED_BEFORE.test(before);
}
