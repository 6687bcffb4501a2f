import type { Figure, FigureName } from "./figure.ts";

const SIGN_IN =
  /log-?in|sign-?in|brute|password|passwor|anmeld|connexion|inicio de sesi|登录|ログイン|로그인/iu;
/** What is limited beside the sign-in, by numbers of its own. */
const OTHER_LIMIT =
  /magic|reset|forgot|\botp\b|2fa|mfa|captcha|\bcode\b|sign-?up|register|재설정|注册|重置/iu;
const ATTEMPTS =
  /(?<![\d.])(\d{1,3})\s*(?:(?:failed|wrong|invalid|login|log-in|sign-in|password|fehlgeschlagene)\s+){0,2}(?:attempts?|tries|logins?\b|versuche?n?|tentatives?|tentativas|intentos|次|回|회)/iu;

const RATE =
  /(?<![\d.,])(\d{1,3}(?:,\d{3})|\d{1,5})\s*(?:api\s+)?(?:requests?|reqs?|anfragen|requêtes|peticiones|solicitudes|requisições|次请求)\s*(?:\/|per\b|pro\b|par\b|por\b|a\b)\s*(\d{1,2})?\s*(minutes?|minuten|minutos?|min|m|seconds?|secs?|sekunden?|segundos?|s|hours?|heures?|horas?|stunden?|h)(?![\p{L}])/iu;
const LIMITS = /rate|limit|throttl|drossel|límite|429|限/iu;

const AT_ONCE =
  /(?<![\d.,–-]|\d\s)(\d{1,3}(?:,\d{3})+|\d{1,6})\+?\s*(?:concurrent|simultaneous|parallel|gleichzeitige|usuarios (?:concurrentes|simultáneos)|utilisateurs simultanés)(?:\s+(?:active\s+)?(?:users?|visitors?|sessions?|connections?|people|nutzer|benutzer))?(?![\p{L}])/iu;
const A_SECOND =
  /(?<![\d.,–-])(\d{1,3}(?:,\d{3})+|\d{1,6})\+?\s*(?:rps\b|(?:requests?|reqs?)\s*(?:\/\s*s(?:ec)?\b|per second))/iu;
/** "If more than 1000 are expected" is when to try it, not with how many. */
const WHEN = /\b(?:if|when|unless|falls|wenn|si|se)\b/iu;
const LOAD = /\bload\b|last(?:test)?\b|stress|capacity|scal|handle|tested|carga|charge|并发|users?\b/iu;

const CORES =
  /(?<![\d.])(\d{1,3})\+?[\s-]*(?:v?cpus?\b|(?:v?cpu[\s-]*)?(?:cores?\b|kerne\b|cœurs\b|núcleos\b|核))/iu;

/** Most lines have no number, or one that stands for itself: they need no closer look. */
const COUNTS_SOMETHING = /\d\+?[\s-]*[\p{L}/]/u;

/** "5 attempts per 15 minutes", "100 requests/min", "4 CPU cores". */
export function limitsIn(text: string, above: string): Figure[] {
  if (!COUNTS_SOMETHING.test(text)) return [];
  const isSignIn = SIGN_IN.test(text) && !OTHER_LIMIT.test(text);
  const isLoad = LOAD.test(text) && !LIMITS.test(text) && !WHEN.test(text);
  const rate = LIMITS.test(`${text} ${above}`) ? RATE.exec(text) : null;
  return [
    ...(isSignIn ? counted("attempts", ATTEMPTS.exec(text)) : []),
    ...(rate ? perMinute(rate) : []),
    ...(isLoad
      ? [...counted("users", AT_ONCE.exec(text)), ...counted("requests-per-second", A_SECOND.exec(text))]
      : []),
    ...counted("cores", CORES.exec(text)),
  ];
}

function counted(name: FigureName, match: RegExpExecArray | null): Figure[] {
  return match?.[1] === undefined
    ? []
    : [{ name, value: match[1].replaceAll(",", ""), said: match[0].trim() }];
}

function perMinute([said, count = "", times = "1", unit = ""]: RegExpExecArray): Figure[] {
  const minutes =
    Number(times) * (/^s/i.test(unit) && !/^st/i.test(unit) ? 1 / 60 : /^m/i.test(unit) ? 1 : 60);
  const rate = Number(count.replace(",", "")) / minutes;
  return [{ name: "requests-per-minute", value: String(Math.round(rate * 100) / 100), said: said.trim() }];
}
