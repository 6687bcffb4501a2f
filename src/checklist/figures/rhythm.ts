import type { Figure } from "./figure.ts";
import { TOPICS } from "./topics.ts";

const RHYTHMS: readonly (readonly [words: RegExp, value: string])[] = [
  [/\bhourly\b|stündlich|toutes les heures|cada hora|每小时/u, "1h"],
  [/\bdaily\b|\bnightly\b|every (?:day|night)|täglich|quotidien|diari[oa]|dagligen?|每日|每天/u, "1d"],
  [/\bweekly\b|every week|wöchentlich|hebdomadaire|semanal|每周/u, "7d"],
  [/\bmonthly\b|every month|monatlich|mensuel|mensual|每月/u, "30d"],
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
