import type { Answerer } from "./binder/answerer.ts";
import { IMPLIED_COMPONENTS } from "./proposals/implied-components.ts";

/** What keeps an application's data in place of Postgres. */
const OTHERS: readonly string[] = ["mysql", "mongodb", "sqlite", "dynamodb", "firestore", "mssql"];

/**
 * Of a list that speaks of MySQL or MongoDB and never of Postgres, nobody's but Postgres' checks are left out: "indexes
 * created" is then asked of another database, which they say nothing about.
 */
export function withoutForeignDatabase(answerers: readonly Answerer[], list: string): Answerer[] {
  const isNamed = (kind: string): boolean =>
    IMPLIED_COMPONENTS.some((each) => each.kind === kind && each.words.test(list));
  if (isNamed("postgres") || !OTHERS.some(isNamed)) return [...answerers];
  return answerers.filter(({ kinds }) => kinds.length === 0 || kinds.some((kind) => kind !== "postgres"));
}
