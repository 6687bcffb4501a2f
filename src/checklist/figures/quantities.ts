import { LETTER, LETTERS } from "../vocabulary/letters.ts";
import { type Bound, boundBetween } from "./bounds.ts";

/** A number with its unit, as it stands in a line. */
export interface Quantity {
  readonly of: "time" | "share" | "size" | "count" | "factor" | "bits";
  /** Milliseconds, percent, bytes, or how many. */
  readonly amount: number;
  /** As a declaration writes it: "500ms", "99.9%", "256KB". */
  readonly written: string;
  /** What the line says of it: no more than, no less than, or just that. */
  readonly bound: Bound;
  readonly said: string;
  readonly from: number;
  readonly to: number;
}

const TIMES: readonly (readonly [words: string, unit: string, ms: number])[] = [
  [
    "ms|msecs?|millis(?:econds?)?|millisekunden|millisecondes?|milisegundos?|毫秒|ミリ秒|мс|миллисекунд[аы]?",
    "ms",
    1,
  ],
  [
    "s|secs?|sek|seconds?|sekunden?|secondes?|segundos?|sekunder|secondi|seconden|sekund[ay]?|秒|초|saniye|сек|секунд[аыи]?|giây|detik",
    "s",
    1_000,
  ],
  [
    "m|mins?|minutes?|minuten?|minutos?|minuter|minuti|minut[ya]?|分钟|分間|分|분|dakika|мин|минут[аы]?|хв|хвилин[аи]?|phút|menit",
    "m",
    60_000,
  ],
  [
    "h|hrs?|std|hours?|stunden?|heures?|horas?|timmar|timer|or[ae]|uur|uren|godzin[ay]?|hodin[ay]?|小时|時間|시간|saat|часа?|часов|годин[аи]?|giờ|jam",
    "h",
    3_600_000,
  ],
  [
    "d|days?|tagen?|tage|jours?|j|d[ií]as?|dias?|dagar|dagen|dage|giorn[oi]|dni|dn[íů]|天|日間|日|일|gün|дней|дня|день|днів|дні|ngày|hari",
    "d",
    86_400_000,
  ],
  [
    `w|weeks?|wochen?|semaines?|semanas?|veckor|settiman[ae]|weken|tygodni${LETTER}*|týdn${LETTER}+|周|週間?|주|hafta|недел[ьяи]|тижн${LETTER}+|tuần|minggu`,
    "w",
    604_800_000,
  ],
  [
    `months?|monaten?|monate|mois|mes(?:es)?|månader|mesi|maanden|miesi[ęą]c${LETTER}*|měsíc${LETTER}*|个月|[かヶカ]月|개월|месяц${LETTER}*|місяц${LETTER}*|tháng|bulan`,
    "d",
    2_592_000_000,
  ],
  [
    "years?|jahren?|jahre|ans?|années?|años?|anos?|år|anni|jaar|年|년|лет|года?|років|рок[уи]|yıl|năm|tahun",
    "d",
    31_536_000_000,
  ],
];
const UNITS_OF_TIME = TIMES.map(([words]) => new RegExp(`^(?:${words})$`, "u"));
const SIZES: Readonly<Record<string, number>> = { KB: 1_024, MB: 1_048_576, GB: 1_073_741_824 };

const NUMBER = "\\d{1,3}(?:[,.\u00a0\u202f']\\d{3})+(?:[.]\\d+)?|\\d+(?:[.,]\\d+)?";
const SIGN = "[<>≤≥≦≧]\\s*=?|&lt;|&gt;";
const UNIT = `%|％|percent|prozent|pour ?cent|por ciento|${TIMES.map(([words]) => words).join("|")}|[kmg]i?b|bits?|x`;
/** "30 more days" is as long as thirty days. */
const MORE = "(?:\\s(?:more|further|additional|full|weitere|más|mais)(?=\\s))?";
const QUANTITY = new RegExp(
  [
    `(?:(${SIGN})\\s*)?(?<![\\p{Script=Latin}\\p{N}_.\\-/:#])(${NUMBER})(\\+)?${MORE}[\\s\u00a0\u202f-]?(${UNIT})(?![\\p{Script=Latin}\\p{N}_])`,
    `(${SIGN})\\s*(${NUMBER})(?![${LETTERS}\\p{N}.%])`,
    // "%99,9", as Turkish has it; "/%20" is a blank in an address.
    `(?:(${SIGN})\\s*)?(?<![${LETTERS}\\p{N}_.=?&%/\\\\-])%(\\d{1,3}(?:[.,]\\d+)?)(?![${LETTERS}\\p{N}_%/])`,
  ].join("|"),
  "giu",
);

/** Most lines have no figure, or one like "OAuth 2.0": they need no look at every unit there is. */
const MAY_BE_ONE = /%\d|\d\+?[\s\u00a0\u202f-]?[%％\p{L}]|[<>≤≥≦≧]|&[lg]t;/iu;

/** "Every request 401s", "the 1990s". */
const NO_SECONDS = /^(?:4(?:0[1-9]|1[0-8]|2[2-9])|50[1-5]|(?:19|20)\d0)s$/;

/** Every quantity of a line, in order; a number without unit only behind a sign ("> 100"). */
export function quantitiesIn(text: string): Quantity[] {
  if (!MAY_BE_ONE.test(text)) return [];
  return [...text.matchAll(QUANTITY)].flatMap((match) => {
    const sign = match[1] ?? match[5] ?? match[7];
    if (NO_SECONDS.test(match[0].trim())) return [];
    const read = amountOf(match[2] ?? match[6] ?? match[8] ?? "", match[8] === undefined ? match[4] : "%");
    if (!read) return [];
    const end = match.index + match[0].length;
    const bound = boundOf(sign, match[3] === "+") ?? boundBetween(text, match.index, end);
    return [{ ...read, bound, said: match[0].trim(), from: match.index, to: end }];
  });
}

function boundOf(sign: string | undefined, isOpen: boolean): Bound | undefined {
  if (sign !== undefined) return /[<≤≦]|&lt;/.test(sign) ? "most" : "least";
  return isOpen ? "least" : undefined;
}

function amountOf(
  digits: string,
  unit: string | undefined,
): Pick<Quantity, "of" | "amount" | "written"> | undefined {
  const number = numberOf(digits);
  if (!Number.isFinite(number)) return undefined;
  if (unit === undefined) return { of: "count", amount: number, written: String(number) };
  const word = unit.toLowerCase();
  if (/^(?:%|％|percent|prozent|pour ?cent|por ciento)$/.test(word)) {
    return { of: "share", amount: number, written: `${number}%` };
  }
  if (word === "x") return { of: "factor", amount: number, written: `${number}x` };
  if (/^bits?$/.test(word)) return { of: "bits", amount: number, written: String(number) };
  const size = /^([kmg])i?b$/.exec(word)?.[1];
  if (size !== undefined) {
    const name = `${size.toUpperCase()}B`;
    return { of: "size", amount: number * (SIZES[name] ?? 1), written: `${number}${name}` };
  }
  const time = TIMES.find((_, at) => UNITS_OF_TIME[at]?.test(word));
  if (!time) return undefined;
  const [, short, ms] = time;
  const days = ms / 86_400_000;
  const written = days > 7 ? `${number * days}d` : `${number}${short}`;
  return { of: "time", amount: number * ms, written };
}

/** "1,200" is a thousand and more, "99,9" a little less than a hundred. */
function numberOf(digits: string): number {
  const grouped =
    /^\d{1,3}(?:[,.\u00a0\u202f']\d{3})+(?:\.\d+)?$/.test(digits) && !/^\d+\.\d{3}$/.test(digits);
  return Number(grouped ? digits.replace(/[,\u00a0\u202f']|\.(?=\d{3})/g, "") : digits.replace(",", "."));
}
