import { LETTER } from "../vocabulary/letters.ts";

const MANY = "minutes?|hours?|days?|weeks?|months?|stunden?|tage?n?|wochen?|monate?n?";
/** Units as they stand beside "one", and bare: "a week later", "through a week" of languages without an article. */
const ONE_UNIT =
  "minute|hour|day|week|month|stunde|tag|woche|monat|heure|jour|semaine|mois|hora|d[ií]a|semana|m[eê]s|ora|giorno|settimana|mese|timme|dag|vecka|månad|time|uge|uke|måned|uur|week|maand|godzin[aęy]|dzień|dniu|tygodniu|tydzień|miesiącu|hodin[ěu]|týdnu|týden|měsíci|час|день|сутки|неделю|месяц|годину|тиждень|місяць|saat|gün|hafta|ay|giờ|ngày|tuần|tháng|jam|hari|minggu|bulan";
const ONES = `an?|one|ein(?:e[rmn]?)?|une?|una|uno|uma?|en|ett|één|een|one|jedn${LETTER}+|одн${LETTER}+|bir|một|satu`;
const TWOS = "two|zwei|deux|dos|due|dois|duas|två|twee|dwa|dwie|dwóch|dvou|дв[аеі]|двух|iki|hai|dua";
const THREES = "three|drei|trois|tres|tre|tr[êe]s|tre|drie|trzy|trzech|třech|три|трех|трёх|üç|ba|tiga";
const PLURAL =
  "heures|jours|semaines|mois|horas|d[ií]as|semanas|meses|ore|giorni|settimane|mesi|timmar|dagar|veckor|månader|dage|uger|uker|dagen|weken|maanden|godziny|godzinach|dni|dniach|tygodnie|tygodniach|miesiące|miesiącach|dnech|týdnech|часа|дня|недели|месяца|дні|тижні|місяці";

/** "Once a week after launch" is a rhythm. */
const counted = (words: string, units: string): RegExp =>
  new RegExp(
    `(?<!${LETTER})(?<!(?:once|twice|times|mal|fois|vez|veces|vezes|volta|volte)\\s)(?:${words})\\s+(?=(?:${units})(?!${LETTER}))`,
    "gu",
  );
const ONE = counted(ONES, ONE_UNIT);
const TWO = counted(TWOS, `${MANY}|${PLURAL}|${ONE_UNIT}`);
const THREE = counted(THREES, `${MANY}|${PLURAL}|${ONE_UNIT}`);
/** Without an article: "через неделю", "за день до", "po tygodniu". */
const BARE = new RegExp(
  `(?<=(?<!${LETTER})(?:через|за|po|setelah|sau)\\s)(?=(?:${ONE_UNIT})(?!${LETTER}))`,
  "gu",
);
/** "(The) day before": the heading begins with it. */
const BARE_FIRST = new RegExp(
  `(?<=^\\P{L}*(?:(?:on|am|the|der|la|le|el|il|de)\\s+){0,2})(?=(?:${ONE_UNIT})\\s+(?:before|prior|after|vor|nach|danach|avant|apr[èe]s|antes|despu[ée]s|prima|dopo|depois|ap[óo]s|innan|efter|voor|na|før|etter)(?!${LETTER}))`,
  "u",
);
const ASIAN_UNIT = "(?=周|週|个月|個月|か月|ヶ月|天|小时|時間|星期)";

/** Counts of time with figures for words: "nach 1 woche" for "nach einer woche". Words are in lower case. */
export function withFigures(words: string): string {
  return words
    .replace(ONE, "1 ")
    .replace(TWO, "2 ")
    .replace(THREE, "3 ")
    .replace(BARE, "1 ")
    .replace(BARE_FIRST, "1 ")
    .replace(new RegExp(`一${ASIAN_UNIT}`, "g"), "1")
    .replace(new RegExp(`[两兩二]${ASIAN_UNIT}`, "g"), "2")
    .replace(/일주일/g, "1주")
    .replace(/한 ?달/g, "1개월");
}
