import type { BackupProblem, RedisContents, RedisPart } from "../../model/backup.ts";
import type { RedisSession } from "../../model/doors.ts";
import { lookAt, unchanged } from "./look.ts";

/** Keys of each database, and the values that stood still while the backup was made. */
export async function compareRedis(
  { component }: RedisPart,
  contents: RedisContents,
  session: RedisSession,
): Promise<{ readonly keys: number; readonly problems: readonly BackupProblem[] }> {
  const { lasting } = await lookAt(session);
  const differs = (what: string): BackupProblem => ({ kind: "keys differ", what: `${component}: ${what}` });
  const counts = contents.databases.flatMap(({ db, lasting: [least, most] }) => {
    const found = lasting.get(db) ?? 0;
    if (found >= least && found <= most) return [];
    const expected = least === most ? String(least) : `${least} to ${most}`;
    return [differs(`database ${db} had ${expected} keys that stay, and the copy has ${found}`)];
  });
  const same = new Set((await unchanged(session, contents.samples)).map(({ db, key }) => `${db} ${key}`));
  const other = contents.samples.filter(({ db, key }) => !same.has(`${db} ${key}`));
  const named = other.slice(0, 3).map(({ key }) => JSON.stringify(key));
  return {
    keys: [...lasting.values()].reduce((sum, count) => sum + count, 0),
    problems:
      other.length === 0
        ? counts
        : [
            ...counts,
            differs(
              `${other.length} of ${contents.samples.length} values are not what they were, such as ${named.join(", ")}`,
            ),
          ],
  };
}
