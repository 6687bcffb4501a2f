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
const LIMITS = /rate|limit|throttl|drossel|límite|429|限|レート|频率|頻率|제한/iu;
/** "100/min", without a word of what. */
const BARE_RATE =
  /(?<![\d.,/:-])(\d{1,3}(?:,\d{3})|\d{1,5})\s?\/\s?(\d{1,2})?\s?(minutes?|min|seconds?|secs?|s|hours?|hr|h)(?![\p{L}\d/])/iu;
/** "1分間に100リクエスト", "每分钟 60 次", "분당 100회": the time comes first. */
const TIME_FIRST =
  /(?:每|(?<!\d)(?=\d{0,2}\s?(?:分間?|秒間?|時間)(?:に|あたり|につき)|(?:분|초|시간)당))\s?(\d{1,2})?\s?(分钟|分鐘|小时|小時|分間?|秒鐘?|秒钟?|秒間|時間|분|초|시간)(?:に|あたり|につき|당|最多|不超过|限|最大|\s)*(\d{1,5})\s?(?:次|个?请求|リクエスト|回|회|건|요청)/u;

const AT_ONCE =
  /(?<![\d.,–-]|\d\s)(\d{1,3}(?:,\d{3})+|\d{1,6}k?)\+?\s*(?:concurrent|simultaneous|parallel|gleichzeitige|usuarios (?:concurrentes|simultáneos)|utilisateurs simultanés)(?:\s+(?:active\s+)?(?:users?|visitors?|sessions?|connections?|people|nutzer|benutzer))?(?![\p{L}])/iu;
const AT_ONCE_ASIAN =
  /(?<![\d.,–-])(\d{1,3}(?:,\d{3})+|\d{1,6})\s?(?:个|名の?|人の?|명의?)?\s?(?:并发|同時|동시)|(?:并发(?:用户)?数?|同時(?:接続|アクセス|ユーザー)数?|동시 ?(?:접속자?|사용자) ?수?)[\s:：]*(\d{1,3}(?:,\d{3})+|\d{1,6})(?!\d)/u;
/** Of a load test, users are all there at once. */
const OF_A_TEST =
  /(?:load|stress|last)[- ]?test\p{L}*\s+(?:\p{L}+\s+){0,2}(?:with|mit|for|at|to|up to|avec|con|com|für)\s+(\d{1,3}(?:,\d{3})+|\d{1,6}k?)\+?\s+(?:virtual |simulated )?(?:users?|vus|nutzern?|benutzern?|usuarios|usuários|utilisateurs)(?!\p{L})/iu;
const A_SECOND =
  /(?<![\d.,–-])(\d{1,3}(?:,\d{3})+|\d{1,6})\+?\s*(?:rps\b|(?:requests?|reqs?)\s*(?:\/\s*s(?:ec)?\b|per second))/iu;
/** "If more than 1000 are expected" is when to try it, not with how many. */
const WHEN = /\b(?:if|when|unless|falls|wenn|si|se)\b/iu;
const LOAD =
  /\bload\b|last(?:test)?\b|stress|capacity|scal|handle|tested|sustain|throughput|durchsatz|carga|charge|负载|压测|压力|并发|負荷|同時|부하|동시|users?\b/iu;

const MESSAGES = /mail|\bsms\b|messages?\b|短信|邮件|メール/iu;

/** Requests that are sent, and not what is let through. */
const OF_LOAD = /負荷|テスト|压测|测试|并发|부하|処理|处理|支持|처리|\bload/iu;

const CORES =
  /(?<![\d.])(\d{1,3})\+?[\s-]*(?:v?cpus?\b|(?:v?cpu[\s-]*)?(?:cores?\b|kerne\b|cœurs\b|núcleos\b|核))/iu;

/** Most lines have no number, or one that stands for itself: they need no closer look. */
const COUNTS_SOMETHING = /\d\+?[\s-]*[\p{L}/]|[数수][\s:：]*\d/u;

/** "5 attempts per 15 minutes", "100 requests/min", "4 CPU cores". */
export function limitsIn(text: string, above: string): Figure[] {
  if (!COUNTS_SOMETHING.test(text)) return [];
  const isSignIn = SIGN_IN.test(text) && !OTHER_LIMIT.test(text);
  const isLoad = LOAD.test(text) && !LIMITS.test(text) && !WHEN.test(text);
  return [
    ...(isSignIn ? counted("attempts", ATTEMPTS.exec(text)) : []),
    ...rates(text, LIMITS.test(`${text} ${above}`)),
    ...(isLoad
      ? [
          ...counted("users", AT_ONCE.exec(text) ?? OF_A_TEST.exec(text) ?? AT_ONCE_ASIAN.exec(text)),
          ...counted("requests-per-second", A_SECOND.exec(text)),
        ]
      : []),
    ...counted("cores", CORES.exec(text)),
  ];
}

const SECOND = /^(?:s(?!t)|秒|초)/i;

function counted(name: FigureName, match: RegExpExecArray | null): Figure[] {
  const count = match?.[1] ?? match?.[2];
  return match && count !== undefined ? [{ name, value: wholeNumber(count), said: match[0].trim() }] : [];
}

/** "1,000", "2k". */
function wholeNumber(digits: string): string {
  const plain = digits.replaceAll(",", "");
  return /k$/i.test(plain) ? String(Number.parseInt(plain, 10) * 1_000) : plain;
}

/** Sign-ins and messages are no requests, where no word says so. */
function rates(text: string, isLimit: boolean): Figure[] {
  const isBare = !(SIGN_IN.test(text) || OTHER_LIMIT.test(text) || MESSAGES.test(text));
  const spoken = isLimit ? (RATE.exec(text) ?? (isBare ? BARE_RATE.exec(text) : null)) : null;
  if (spoken) return perMinute(spoken[0], spoken[1], spoken[2], spoken[3]);
  const first = isBare ? TIME_FIRST.exec(text) : null;
  const isMeant = isLimit || (/リクエスト|请求|요청/u.test(first?.[0] ?? "") && !OF_LOAD.test(text));
  return first && isMeant ? perMinute(first[0], first[3], first[1], first[2]) : [];
}

function perMinute(said: string, count = "", times = "1", unit = ""): Figure[] {
  const minutes = Number(times) * (SECOND.test(unit) ? 1 / 60 : /^(?:m|分|분)/i.test(unit) ? 1 : 60);
  const rate = Number(count.replace(",", "")) / minutes;
  return [{ name: "requests-per-minute", value: String(Math.round(rate * 100) / 100), said: said.trim() }];
}
