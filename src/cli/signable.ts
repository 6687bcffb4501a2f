import { nearest } from "../config/mistakes.ts";
import { UserError } from "../model/errors.ts";
import type { AnsweredBy, Item } from "../model/item.ts";

/** The line with that id or number ("41", "LAUNCH.md:41"). Throws UserError where nobody can sign it, with who answers it. */
export function signable(items: readonly Item[], asked: string): Item {
  const line = /^(?:.*:)?(\d+)$/.exec(asked)?.[1];
  const ofLine = items.filter((each) => String(each.line) === line);
  const item = items.find(({ id }) => id === asked) ?? ofLine.find(isPersons) ?? ofLine[0];
  if (!item) throw notThere(items, asked);
  if (item.answeredBy.by !== "person") {
    const rest = items.find(({ restOf }) => restOf === item.id);
    throw new UserError(`"${item.text}" is not a person's to sign: ${answeredBy(item.answeredBy)}`, {
      fix: rest
        ? `what that leaves open is: gonogo sign ${rest.id}`
        : "write sign-off into the comment behind the line, and a person answers it",
    });
  }
  if (item.obstacle !== undefined) {
    throw new UserError(`there is nothing to sign: ${item.obstacle}`, {
      fix: "write it, then sign; where the document stands elsewhere, say so in the line's comment: (file=...)",
    });
  }
  return item;
}

function answeredBy(by: Exclude<AnsweredBy, { by: "person" }>): string {
  switch (by.by) {
    case "checks":
      return `${by.checks.map(({ check }) => check).join(", ")} answers it`;
    case "drill":
      return `gonogo drill ${by.drill.replace(/^drill\./, "")} answers it`;
    case "nobody":
      return by.why === undefined ? "nobody has said yet who answers it" : `nobody has to: ${by.why}`;
  }
}

function isPersons({ answeredBy: { by } }: Item): boolean {
  return by === "person";
}

const MOST_NAMED = 20;

function notThere(items: readonly Item[], asked: string): UserError {
  const people = items.filter(isPersons);
  const shown = ({ id, line }: Item): string => (line === undefined ? id : `${id} (line ${line})`);
  const word = asked.toLowerCase();
  // A number is a line's, and near to no id.
  const near = /^\d*$/.test(word)
    ? undefined
    : (nearest(
        word,
        people.map(({ id }) => id),
      ) ?? people.find(({ id }) => id.includes(word))?.id);
  const first = people.find(({ id }) => id === near);
  const several = people.slice(0, MOST_NAMED).map(shown).join(", ");
  const rest = people.length > MOST_NAMED ? ` and ${people.length - MOST_NAMED} more` : "";
  return new UserError(`no line "${asked}" waits for a person`, {
    fix: first
      ? `did you mean ${shown(first)}?`
      : `one of: ${several === "" ? "none; the checklist has no such line" : several}${rest}`,
  });
}
