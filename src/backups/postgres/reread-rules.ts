import type { SqlSession } from "../../model/doors.ts";
import { type Rule, readRules } from "./rules.ts";

// A server does not tell a rule as it was told it: "x between a and b and y" comes back as "(x >= a and x <= b) and y",
// and, told so, as "x >= a and x <= b and y". A dump and its restore is such a telling. So where the words of a copy's
// rule are others, the copy is told the words that were backed up, and what it makes of them is compared.

const NOT_VALID = / NOT VALID$/;
const ANOTHER = '"gonogo reread"';

/**
 * Names of those of the rules that come out as the copy's own when the copy is told them anew; nothing stays of it.
 * `differing` is by name, as it was backed up. The session may write.
 */
export async function rereadAlike(
  session: SqlSession,
  differing: ReadonlyMap<string, string>,
): Promise<ReadonlySet<string>> {
  const own = new Map((await readRules(session)).map((rule) => [rule.name, rule]));
  const alike = new Set<string>();
  for (const [name, told] of differing) {
    const rule = own.get(name);
    const again = rule && anew(rule, told);
    if (!rule || !again) continue;
    await session.query("begin");
    try {
      await session.query(again.tell);
      const heard = (await readRules(session)).find((each) => each.name === again.name)?.definition;
      if (heard?.replace(NOT_VALID, "") === again.means(rule.definition)) alike.add(name);
    } catch {
      // Words that the copy does not understand are no rule of its own.
    } finally {
      await session.query("rollback");
    }
  }
  return alike;
}

interface Anew {
  readonly tell: string;
  /** What it is then called. */
  readonly name: string;
  means(definition: string): string;
}

function anew({ name, kind, relation, own, definition }: Rule, told: string): Anew | undefined {
  const asIs = (text: string): string => text;
  switch (kind) {
    case "constraint": {
      if (told.startsWith("EXCLUDE ")) {
        const put = `add constraint ${own} ${told}`;
        return { tell: `alter table ${relation} drop constraint ${own}, ${put}`, name, means: asIs };
      }
      if (!told.startsWith("CHECK ") || NOT_VALID.test(told) !== NOT_VALID.test(definition)) return undefined;
      // Beside its own, which may be inherited; its rows are not looked at again.
      const words = `${told.replace(NOT_VALID, "")} not valid`;
      return {
        tell: `alter table ${relation} add constraint ${ANOTHER} ${words}`,
        name: `constraint ${relation}.${ANOTHER}`,
        means: (text) => text.replace(NOT_VALID, ""),
      };
    }
    case "index":
      return { tell: `alter index ${relation} rename to ${ANOTHER}; ${told}`, name, means: asIs };
    case "trigger":
      return { tell: `drop trigger ${own} on ${relation}; ${told}`, name, means: asIs };
    case "policy":
      return {
        tell: `drop policy ${own} on ${relation}; create policy ${own} on ${relation} ${told}`,
        name,
        means: asIs,
      };
    default:
      return undefined;
  }
}
