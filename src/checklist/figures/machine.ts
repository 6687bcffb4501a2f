import type { Figure } from "./figure.ts";

const SECRET_FILE = /\.env|\.pem\b|secrets?\b|credential|private keys?|key files?|environment files?|密钥/iu;
const ALLOWANCE = /chmod|permission|permiss|rechte|droits|\bmode\b|权限|パーミッション/iu;
const MODE = /(?<![\d.])0?([46][04]0)(?!\d)/u;

const CLOSED =
  /\bnot (?:be )?(?:publicly |directly )?(?:exposed|reachable|open|accessible|public|published)|(?:only|nur) (?:(?:accessible|reachable|open|erreichbar) )?(?:from|via|on|auf|von) (?:localhost|127|inside|internal|the private)|bloquead[oa]|fechad[oa]|\bblocked\b|\bclosed\b|nicht (?:öffentlich|von außen|offen|erreichbar)|không expose|未暴露|不可从外部|закрыт/iu;
/** What every such line says, and is sooner looked for. */
const NEAR_A_PORT = /not |only|nur |nicht|block|bloq|fecha|closed|không|未|不|закры/iu;
const EXCEPT = /except|besides|unless|other than|all but|außer|sauf|excepto|salvo|除/iu;
const PORT = /(?<![\d.:/v_-])(\d{3,5})(?![\d.%_-]|\s*(?:ms|s|sec|min|days?|errors?|requests?)\b)/gu;
/** Whoever closes these means for somebody. */
const OF_THE_WEB: ReadonlySet<string> = new Set(["443"]);

/** What a line asks of a machine: how its files are kept, which ports nobody reaches. */
export function machineFiguresIn(text: string): Figure[] {
  if (!/\d{3}/.test(text)) return [];
  const mode = SECRET_FILE.test(text) && ALLOWANCE.test(text) ? MODE.exec(text) : null;
  const isClosed = NEAR_A_PORT.test(text) && CLOSED.test(text) && !EXCEPT.test(text);
  return [
    ...(mode?.[1] === undefined ? [] : [{ name: "mode" as const, value: mode[1], said: mode[0] }]),
    ...(isClosed ? [...text.matchAll(PORT)].flatMap(([said, port = ""]) => closedPort(said, port)) : []),
  ];
}

function closedPort(said: string, port: string): Figure[] {
  return Number(port) > 65_535 || OF_THE_WEB.has(port) ? [] : [{ name: "closed-port", value: port, said }];
}
