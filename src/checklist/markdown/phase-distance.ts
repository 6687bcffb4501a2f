import type { Phase } from "../../model/phase.ts";
import { LETTER, LETTERS } from "../vocabulary/letters.ts";
import { withFigures } from "./phase-numbers.ts";

/** Units of time in the languages lists are written in, in hours. */
const UNITS: readonly (readonly [words: string, hours: number])[] = [
  [
    "minutes?|mins?|m|minuten?|minutos?|minuti|minut[ya]?|минут[аы]?|хвилин[аи]?|dakika|phút|menit|分钟|分|분",
    1 / 60,
  ],
  [
    `hours?|hrs?|h|stunden?|std|heures?|horas?|timmar|tim|ore|uren|uur|timer|godzin${LETTER}*|hodin[ayěu]?|час(?:а|ов)?|годин[аиу]?|saat|giờ|jam|小时|時間|시간`,
    1,
  ],
  [
    `days?|d|tagen?|tage|tag|jours?|j|d[ií]as?|dagar|dag|giorn[oi]|dagen|dage|dni${LETTER}*|dzień|dn[íůyě]|дн(?:я|ей|ів|і)|день|сут(?:ки|ок)|gün|ngày|hari|天|日間?|일`,
    24,
  ],
  [
    `weeks?|wks?|w|wochen?|semaines?|semanas?|veckor|settiman[ae]|weken|tygodni${LETTER}*|tydzień|týdn[ůyue]|týden|недел[ьюи]|тиж(?:день|ні|нів)|uger?|uker?|vecka|week|hafta|tuần|minggu|周|週間?|주`,
    168,
  ],
  [
    `months?|monate?n?|mois|mes(?:es)?|m[êe]s|mes[ei]|månad(?:er)?|måneder?|maand(?:en)?|miesi[ąę]c${LETTER}*|měsíc${LETTER}*|месяц${LETTER}*|місяц${LETTER}*|ay|tháng|bulan|个月|個月|[かヶカ]月|개월`,
    720,
  ],
];
const UNIT = `(${UNITS.map(([words]) => words).join("|")})(?!\\p{Script=Latin}|\\p{Script=Cyrillic})`;

const T_MINUS = new RegExp(`(?<![a-z])t\\s*([-−–+])\\s*(\\d{1,3})\\s*${UNIT}`, "u");
const D_PLUS = /(?<![a-z])[dj]\s*([-−–+])\s*(\d{1,3})(?!\d)/;
/** "Before" and the deed together say it in front of the figure: "上线前24小时". */
const LIVE_BEFORE = "(?:部署|上线|发布|デプロイ|リリース|公開|배포|출시)\\s*(?:前|전)";
const BEFORE = new RegExp(
  `(\\d{1,3})\\s*${UNIT}\\s*(?:before|prior|antes|avant|vorher|vor(?!${LETTER})|previas?|innan|prima|vooraf|voor(?!${LETTER})|før|inden|przed|před|до(?!${LETTER})|перед|önce|trước|sebelum|前|전)|${LIVE_BEFORE}\\s*(\\d{1,3})\\s*${UNIT}`,
  "u",
);
const FIRST = new RegExp(
  `(?:first|initial|ersten?|premi[èe]re?s?|primer[ao]?s?|första|prim[ei]|primeir[ao]s|eerste|første|pierwsz${LETTER}+|první${LETTER}*|перв${LETTER}+|перш${LETTER}+|ilk|最初の|첫|前)\\s*(\\d{1,3})[\\s-]*${UNIT}|(\\d{1,3})\\s*${UNIT}\\s*(?:đầu|pertama)`,
  "u",
);
const AFTER = new RegExp(
  `(\\d{1,3})\\s*${UNIT}\\s*(?:after|later|nach|danach|apr[èe]s|despu[ée]s|efter|etter|dopo|depois|ap[óo]s|na(?!${LETTER})|po(?!${LETTER})|после|після|sonra|sau|setelah|后|後|후)`,
  "u",
);
/** At the beginning of what is said: "Session ends after 30 minutes" is about something else. */
const AFTER_FIRST = new RegExp(
  `(?:^|[^${LETTERS}\\p{N}\\s])\\s*(?:after|nach|apr[èe]s|despu[ée]s de|tras|efter|etter|dopo|depois de|ap[óo]s|na|po|после|через|після|sau|setelah)\\s+(\\d{1,3})\\s*${UNIT}`,
  "u",
);
const WITHIN = new RegExp(
  `(?:within|innerhalb von|dans les|inom|entro|dentro de|em até|binnen|w ciągu|в течение|протягом|dalam)\\s*(\\d{1,3})\\s*${UNIT}|(\\d{1,3})\\s*${UNIT}\\s*(?:以内|이내|içinde)`,
  "u",
);
const FIRST_HOUR = /\b(first|initial) hour\b|\berste stunde\b|\bpremi[èe]re heure\b|\bprimera hora\b/;

/**
 * The phase of a distance from the launch: "T-24 hours", "first 30 minutes", "24h antes", "J+7"; undefined when the
 * words (in lower case) name none. "One week later" counts too. "Within 24 hours" is a distance only below a heading about the time afterwards.
 */
export function byDistance(said: string, { isAfterwards = false } = {}): Phase | undefined {
  const words = withFigures(said);
  if (!/\d/.test(words)) return FIRST_HOUR.test(words) ? "launch+1h" : undefined;
  const t = T_MINUS.exec(words);
  if (t) return atHours(signOf(t[1]) * hours(t[2], t[3]));
  const d = D_PLUS.exec(words);
  if (d) return atHours(signOf(d[1]) * hours(d[2], "d"));
  const before = BEFORE.exec(words);
  if (before) return atHours(-hoursIn(before));
  const first = FIRST.exec(words);
  if (first) return atHours(hoursIn(first));
  const after = AFTER.exec(words) ?? AFTER_FIRST.exec(words) ?? (isAfterwards ? WITHIN.exec(words) : null);
  if (after) return atHours(hoursIn(after));
  return FIRST_HOUR.test(words) ? "launch+1h" : undefined;
}

function signOf(mark: string | undefined): number {
  return mark === "+" ? 1 : -1;
}

/** Of a pattern that says a count and its unit in one of two orders of words. */
function hoursIn([, count, unit, otherCount, otherUnit]: RegExpExecArray): number {
  return hours(count ?? otherCount, unit ?? otherUnit);
}

function hours(count: string | undefined, unit = "h"): number {
  const found = UNITS.find(([words]) => new RegExp(`^(${words})$`, "u").test(unit));
  return Number(count) * (found?.[1] ?? 1);
}

/** Hours from the launch; negative before it. */
function atHours(distance: number): Phase {
  if (distance < -48) return "production";
  if (distance <= -12) return "launch-24h";
  if (distance <= -2) return "launch-6h";
  if (distance <= 0) return "launch";
  if (distance <= 2) return "launch+1h";
  if (distance <= 48) return "launch+24h";
  return distance <= 240 ? "day-7" : "day-30";
}
