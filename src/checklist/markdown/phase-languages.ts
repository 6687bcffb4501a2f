import { LETTER } from "../vocabulary/letters.ts";

/** How the languages of lists speak of the time around a launch; all of it in lower case. */

const LIVE = [
  "launch|deploy(?:ment|ing|ed|s)?|releases?|go-?\\s?live|going live|rollout|cutover",
  "livegang|veröffentlichung|inbetriebnahme|lancement|d[ée]ploie(?:ment|r)|mise en (?:ligne|prod(?:uction)?)",
  "lanzamiento|lanzar|despliegue|desplegar|puesta en (?:marcha|producci[óo]n)|lansering|driftsättning",
  "lancio|rilascio|messa (?:in (?:linea|produzione)|online)|pubblicazione|lan[çc]amento|implanta[çc][ãa]o",
  "publica[çc][ãa]o|entrada em produ[çc][ãa]o|lancering|ingebruikname|uitrol|idriftsættelse|produksjonssetting",
  `wdro[żz]eni${LETTER}+|uruchomieni${LETTER}+|publikacj${LETTER}+|nasazen${LETTER}+|spu[šs]t[ěe]n${LETTER}+`,
  `запуск${LETTER}*|депло${LETTER}+|релиз${LETTER}*|реліз${LETTER}*|разв[её]ртывани${LETTER}+|розгортанн${LETTER}+|выкат${LETTER}+`,
  "triển khai|ra mắt|phát hành|peluncuran|rilis|élesítés|indulás",
].join("|");
const LIVE_ASIAN =
  "部署|上线|上線|发布|發布|デプロイ|リリース|公開|ローンチ|本番(?:移行|稼働|切替)|배포|출시|런칭|릴리스|오픈";
const LIVE_TURKISH = "deploy(?:ment)?|canlıya (?:alma|geçiş)|yayına? alma|yayın|dağıtım|lansman";

/** What is asked for before or after something is live: an article, a "first". */
const ARTICLE =
  "(?:[\\s-]+(?:the|dem|der|le|la|el|del|de|il|lo|do|da|o|a|het|den|first|next|ersten|khi)|[\\s-]+(?:l|dell|all)(?=[’']))*";
const GAP = "[\\s’'-]*";

const BEFORE =
  "pre|pré|before|prior to|vor|avant|antes|prima|innan|före|før|inden|vóór|voor|przed|před|перед|до|пред|trước|sebelum";
const AFTER =
  "post|after|nach|apr[èe]s|despu[ée]s|efter|etter|dopo|depois|ap[óo]s|p[óo]s|na|po|после|пост|після|sau|setelah|pasca|sesudah";

export const AFTER_LIVE_WORDS = `(?<!${LETTER})(?:${AFTER})${ARTICLE}${GAP}(?:${LIVE})|(?:${LIVE_ASIAN})\\s*(?:后|後|후|이후)|(?<!${LETTER})(?:${LIVE_TURKISH})${LETTER}*\\s*(?:sonrası|sonra)`;
export const BEFORE_LIVE_WORDS = `(?<!${LETTER})(?:${BEFORE})${ARTICLE}${GAP}(?:${LIVE})|(?:${LIVE_ASIAN})\\s*(?:前|전|이전)|(?<!${LETTER})(?:${LIVE_TURKISH})${LETTER}*\\s*(?:öncesi|önce)`;
export const LIVE_WORDS = `(?:${LIVE})`;

const DAY = "day|tag|jour|d[ií]a|giorno|dag(?:en)?|dzień|den|день";
const OF = "of|der|des|vom|du|de|de la|de l|del|della|dell|do|da|van|van de|för|for";

export const LAUNCH_DAY = new RegExp(
  [
    `(?<!${LETTER})(?:${DAY})\\s(?:(?:${OF})[\\s’']\\s?)(?:the )?(?:${LIVE})s?(?!${LETTER})`,
    `(?<!${LETTER})(?:(?:launch|release|deployment|go-?live|cutover|big)[ -](?:day|night|hour|tag)|t\\s?[-−–+]?\\s?0(?!\\d|[:.]\\d)|t zero|d-day|jour j|tag x|(?:jour|dag)\\s(?:du|de|de la|van de)\\smise en|dzień (?:wdrożenia|startu|premiery)|день (?:запуска|релиза|деплоя)|(?:lansman|yayın) günü|ngày (?:ra mắt|triển khai)|hari peluncuran)(?!${LETTER})`,
    "(?:发布|上线|部署)(?:日|当天)|(?:リリース|公開|ローンチ|デプロイ)(?:当日|日)|(?:배포|출시|오픈|런칭)\\s?(?:당일|일(?!정))",
  ].join("|"),
  "u",
);
/** The day before, in languages that have a word for it. */
export const EVE =
  /(?:リリース|公開|ローンチ|デプロイ|本番(?:移行|稼働|切替))の?前[日夜]|(?:배포|출시|오픈|런칭)\s?전날|(?:发布|上线|部署)前夕|(?<!\p{L})(?:veille|vortag|vorabend|v[íi]spera|véspera|vigilia|eve) (?:of|du|de|des|der|del|della|do|da|vom)(?!\p{L})|накануне/u;

export const SUCCESS =
  /\bsuccess (?:criteria|metrics|looks)|\bkpis?\b|\b(?:crit[èe]res|m[ée]triques|indicateurs) de succ[èe]s|\b(?:criterios|m[ée]tricas|indicadores) de [ée]xito|erfolgs(?:kriterien|metriken|kennzahlen)|(?:criteri|metriche) di successo|crit[ée]rios de sucesso|m[ée]tricas de sucesso|succescriteria|kryteria sukcesu|(?:критерии|метрики|показатели) успеха|критерії успіху|başarı (?:kriter|metrik)|成功(?:标准|指标|基準|指標)|성공 ?(?:기준|지표)|tiêu chí thành công|kriteria (?:ke)?(?:suksesan|berhasilan)/u;

const wordsOf = (words: string): string => `(?<!${LETTER})(?:${words})(?!${LETTER})`;
const any = (...patterns: string[]): RegExp => new RegExp(patterns.join("|"), "u");

export const RHYTHM_WORDS = {
  daily: any(
    wordsOf(
      `daily|every day|each day|once (?:a|per) day|chaque jour|tous les jours|cada d[ií]a|todos (?:los|os) d[ií]as|jede[nr] tag|varje dag|(?:elke|iedere) dag|hver dag|każdego dnia|každý den|кажд(?:ый|ого) (?:день|дня)|кож(?:ен|ного) (?:день|дня)|раз в день|dagligen?|daglig|dagelijks|quotidian[oa]|ogni giorno|codzienn${LETTER}+|denně|denní|her gün|günlük (?:kontrol|bakım|görev)${LETTER}*|h[àằ]ng ngày|mỗi ngày|harian|setiap hari`,
    ),
    `täglich|\\bquotidien|\\bdi[aá]ri[oa]s?(?!${LETTER})|\\bdiariament|giornalier|ежедневн|щоденн|щодня|每日|每天|毎日|日次|매일|일일`,
  ),
  weekly: any(
    wordsOf(
      `weekly|every week|each week|once (?:a|per) week|chaque semaine|toutes les semaines|cada semana|todas (?:las|as) semanas|jede woche|varje vecka|(?:elke|iedere) week|hver uge|hver uke|każdego tygodnia|co tydzień|každý týden|каждую неделю|кож(?:ен|ного) ти(?:ждень|жня)|раз в неделю|wekelijks|ukentlig|ugentlig|ogni settimana|${LETTER}*tygodniow${LETTER}+|týdn[ěí]|týdenní|her hafta|haftalık|h[àằ]ng tuần|mingguan|setiap minggu`,
    ),
    `wöchentlich|\\bhebdo(?:madaire|(?!${LETTER}))|\\bsemanal|\\bveckovis|settimanal|еженедельн|щотижн|每周|每週|毎週|週次|매주|주간`,
  ),
  monthly: any(
    wordsOf(
      `monthly|every month|each month|once (?:a|per) month|chaque (?:mois|trimestre)|tous les (?:mois|trimestres)|cada (?:m[eê]s|trimestre)|todos (?:los|os) meses|jede[nrs] (?:monat|quartal|jahr)|varje månad|(?:elke|iedere) maand|hver måned|każdego miesiąca|co miesiąc|každý měsíc|кажд(?:ый|ого) месяц${LETTER}?|кож(?:ен|ного) місяц${LETTER}?|раз в месяц|quarterly|maandelijks|månedlig|ogni mese|${LETTER}*miesięczn${LETTER}+|měsíčn${LETTER}+|her ay|aylık|h[àằ]ng tháng|bulanan|setiap bulan|kwartaal|annually|annual|yearly|every year`,
    ),
    "monatlich|vierteljährlich|jährlich|\\bmensuel|\\bmensual|\\bmensal|\\bmånadsvis|mensil|ежемесячн|ежеквартальн|щомісяч|每月|每季|每年|毎月|月次|매월|월간|분기별",
  ),
} as const;

export const FIRST_WORDS = {
  day: any(
    wordsOf(
      "first day|erster tag|premier jour|primer d[ií]a|första dagen|primo giorno|primeiro dia|eerste dag|pierwszy dzień|первый день|первые сутки|ilk gün|ngày đầu(?: tiên)?|hari pertama",
    ),
    "首日|第一天|初日|첫날",
  ),
  week: any(
    wordsOf(
      `first week|erste woche|premi[èe]re semaine|primera semana|första veckan|prima settimana|primeira semana|eerste week|pierwszy tydzień|перв(?:ая|ую|ой) недел${LETTER}|ilk hafta|tuần đầu(?: tiên)?|minggu pertama`,
    ),
    "首周|第一周|初週|最初の1?週間?|첫 ?1?주",
  ),
  month: any(
    wordsOf(
      "first month|erste[nr]? monat|premier mois|primer mes|första månaden|primo mese|primeiro m[êe]s|eerste maand|pierwszy miesiąc|первый месяц|ilk ay|tháng đầu(?: tiên)?|bulan pertama",
    ),
    "首月|第一个月|初月|첫 ?(?:달|1?개월)",
  ),
} as const;

const NUMBERED = {
  day: any(
    `(?<!${LETTER})(?:day|tag|jour|d[ií]a|dag|giorno|dzień|den|день|ngày|hari(?: ke-?)?)\\s*#?(\\d{1,3})(?!\\d|\\s*[-–]\\s*\\d)`,
    "第?(?<!\\d)(\\d{1,3})(?:日目|일차|-й день|\\. gün)|第(\\d{1,3})(?:天|日)",
  ),
  week: any(
    `(?<!${LETTER})(?:week|woche|semaine|semana|vecka|settimana|uge|uke|tydzień|týden|неделя|тиждень|tuần|minggu(?: ke-?)?)\\s*#?(\\d{1,2})(?!\\d)`,
    "第?(?<!\\d)(\\d{1,2})(?:週目|주차|-я неделя|\\. hafta)|第(\\d{1,2})[周週]",
  ),
  month: any(
    `(?<!${LETTER})(?:month|monat|mois|mes|m[êe]s|månad|mese|maand|miesiąc|měsíc|месяц|tháng|bulan(?: ke-?)?)\\s*#?(\\d{1,2})(?!\\d)`,
    "第?(?<!\\d)(\\d{1,2})(?:[かヶカ]月目|개월차|-й месяц|\\. ay)|第(\\d{1,2})个?月",
  ),
} as const;

/** "week 2", "2週目", "2. hafta": which, and the words that say it. */
export function numberedIn(
  words: string,
  unit: keyof typeof NUMBERED,
): { readonly number: number; readonly said: string } | undefined {
  const match = NUMBERED[unit].exec(words);
  const number = match?.slice(1).find((group) => group !== undefined);
  return match ? { number: Number(number), said: match[0] } : undefined;
}
