import type { Figure } from "./figure.ts";
import { TOPICS } from "./topics.ts";

const MINUTELY: readonly [words: RegExp, value: string] = [
  /\bevery minute\b|minütlich|jede minute|(?:toutes les|chaque) minutes?|cada minuto|ogni minuto|iedere minuut|ежеминутно|каждую минуту|her dakika|每分钟|毎分|매분/u,
  "1m",
];
/** "Bi-weekly" is another rhythm. */
const RHYTHMS: readonly (readonly [words: RegExp, value: string])[] = [
  [
    /\bhourly\b|\bevery hour\b|stündlich|jede stunde|toutes les heures|chaque heure|cada hora|ogni ora|ieder uur|ежечасн|каждый час|щогодин|saatlik|her saat|每小时|毎時|매시간/u,
    "1h",
  ],
  [
    /\bdaily\b|\bnightly\b|every (?:day|night)|täglich|nächtlich|jede(?: nacht|n tag)|quotidien|chaque (?:jour|nuit)|tous les jours|diari[oa]|diári[oa]|cada (?:d[ií]a|noche|noite)|dagligen?|daglig|dagelijks|giornalier|ogni (?:giorno|notte)|codzienn|denn[ěí]|ежедневн|еженощн|кажд(?:ый день|ую ночь)|щоденн|günlük|her g(?:ün|ece)|每日|每天|每晚|毎日|毎晩|日次|매일|일일|h[àằ]ng ngày|harian|setiap hari/u,
    "1d",
  ],
  [
    /(?<!bi-?)weekly\b|every week|wöchentlich|jede woche|hebdomadaire|chaque semaine|semanal|cada semana|wekelijks|settimanal|tygodniow|týdn|еженедельн|щотижн|haftalık|每周|毎週|週次|매주|h[àằ]ng tuần|mingguan/u,
    "7d",
  ],
  [
    /(?<!bi-?)monthly\b|every month|monatlich|jeden monat|mensuel|mensual|mensal|mensil|cada m[eê]s|maandelijks|miesięczn|měsíčn|ежемесячн|щомісяч|aylık|每月|毎月|月次|매월|h[àằ]ng tháng|bulanan/u,
    "30d",
  ],
];

/** "daily" of backups: how often, without a number. */
export function rhythmsIn(text: string): Figure[] {
  const words = text.toLowerCase();
  if (!TOPICS.backup.test(words) || TOPICS.rehearsal.test(words)) return [];
  const rhythms = said(words, RHYTHMS);
  if (rhythms.length > 1 && IN_PART.test(words)) return [];
  return rhythms
    .filter((each) => !OFTENER.test(words.slice(0, words.indexOf(each.said))))
    .slice(0, 1)
    .map((each) => ({ name: "backup-every", ...each }));
}

/** "Full nightly, incremental hourly": each kind has its own, and a declared schedule is of either. */
const IN_PART =
  /increment|inkrement|incr[ée]ment|differen[tz]|diff[ée]ren|\bwal\b|инкремент|дифференц|增量|差分|増分/u;

/** "Twice daily", "zweimal täglich" */
const OFTENER =
  /(?:\b(?:twice|thrice|times|zweimal|mal|fois|veces|vezes|volte)|\d\s?[x×]|раза?)\s*(?:\p{L}{1,3}\s+)?$/u;
/** "Twice a day", "every other day", "only if": another rhythm, or none. */
const OTHERWISE =
  /\b(?:twice|thrice|times|other|second|except|manual\w*|unless|zweimal|mal|fois|veces|vezes|volte)\b|\d\s?[x×]|раза?\b|两次|二回|2回/u;
/** What people look at so often, or are told, is not what runs so often. */
const LOOKED_AT =
  /\b(?:logs?|review\w*|results?|output|dashboards?|metrics|summar\w+)\b|protokoll|журнал|логи/u;

const RUNS =
  /\b(?:runs?|running|ran|jobs?|cron\w*|schedul\w*|tasks?|trigger\w*|ex[eé]cut\w*|ejecut\w*|tourne|roda|tarefa|tarea)\b|läuft|laufen|ausgeführt|tâche|запуск|задач|выполн|görev|çalış|実行|ジョブ|运行|执行|任务|실행|작업/u;
/** "Nightly: cleanup" */
const FEWEST_WORDS = 3;

/**
 * "Nightly", "every minute" of a line that names a job: how often it runs, without a number. None where a line says two
 * of them, and none of what is done to a job rather than by it.
 */
export function jobRhythmIn(text: string): Figure | undefined {
  const words = text.toLowerCase();
  if (!RUNS.test(words) && text.split(" ").length > FEWEST_WORDS) return undefined;
  const [only, second] = said(words, [MINUTELY, ...RHYTHMS]);
  if (!only || second || OTHERWISE.test(words) || LOOKED_AT.test(words)) return undefined;
  return { name: "every", ...only };
}

function said(words: string, rhythms: typeof RHYTHMS): Pick<Figure, "value" | "said">[] {
  return rhythms.flatMap(([pattern, value]) => {
    const found = pattern.exec(words)?.[0];
    return found === undefined ? [] : [{ value, said: found }];
  });
}
