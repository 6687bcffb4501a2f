import type { Figure } from "./figure.ts";
import { TOPICS } from "./topics.ts";

const RHYTHMS: readonly (readonly [words: RegExp, value: string])[] = [
  [/\bhourly\b|stündlich|toutes les heures|cada hora|每小时/u, "1h"],
  [
    /\bdaily\b|\bnightly\b|every (?:day|night)|täglich|quotidien|diari[oa]|diári[oa]|dagligen?|daglig|dagelijks|giornalier|ogni (?:giorno|notte)|codzienn|denn[ěí]|ежедневн|щоденн|günlük|每日|每天|毎日|日次|매일|일일|h[àằ]ng ngày|harian|setiap hari/u,
    "1d",
  ],
  [
    /\bweekly\b|every week|wöchentlich|hebdomadaire|semanal|wekelijks|settimanal|tygodniow|týdn|еженедельн|щотижн|haftalık|每周|毎週|週次|매주|h[àằ]ng tuần|mingguan/u,
    "7d",
  ],
  [
    /\bmonthly\b|every month|monatlich|mensuel|mensual|mensal|mensil|maandelijks|miesięczn|měsíčn|ежемесячн|щомісяч|aylık|每月|毎月|月次|매월|h[àằ]ng tháng|bulanan/u,
    "30d",
  ],
];

/** "daily" of backups: how often, without a number. */
export function rhythmsIn(text: string): Figure[] {
  const words = text.toLowerCase();
  if (!TOPICS.backup.test(words) || TOPICS.rehearsal.test(words)) return [];
  const found = RHYTHMS.flatMap(([pattern, value]) => {
    const said = pattern.exec(words)?.[0];
    return said === undefined ? [] : [{ name: "backup-every" as const, value, said }];
  });
  return found.slice(0, 1);
}
