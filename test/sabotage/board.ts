import type { CheckRecord } from "../../src/cli/output/contracts/check.ts";
import type { State, Turns } from "./sabotage.ts";

/**
 * Keys of limits expire while nobody asks: with none left there is nothing to judge. How busy the machine is, nobody's
 * sabotage decides; what the application logged while it was broken stays in its log.
 */
const COMES_AND_GOES = /\/(?:redis\.key\.ttl|host\.(?:cpu|memory)\.headroom|log\.error-free)$/;

/** Answers by "component/check" that are not as they were. */
export function turnedAnswers(before: CheckRecord, after: CheckRecord): Turns {
  const states = ({ answers }: CheckRecord) =>
    new Map(
      answers
        .map(({ component, check, state }) => [`${component}/${check}`, state] as const)
        .filter(([id]) => !COMES_AND_GOES.test(id)),
    );
  return changes(states(before), states(after));
}

/** Lines of the board by id that are not as they were. */
export function turnedLines(before: CheckRecord, after: CheckRecord): string[] {
  const states = ({ items }: CheckRecord) =>
    new Map(items.filter(({ id }) => !COMES_AND_GOES.test(id)).map(({ id, state }) => [id, state]));
  return Object.keys(changes(states(before), states(after)));
}

/**
 * The lines these answers must turn, read off the checklist's own text: each due line whose comment names the check,
 * and the line that the board gives a check of which the checklist does not speak.
 */
export function linesOf(turns: Turns, healthy: CheckRecord, checklist: string): string[] {
  const text = checklist.split("\n");
  const checks = new Set(Object.keys(turns).map((key) => key.slice(key.indexOf("/") + 1)));
  const due = healthy.items.filter(({ state }) => state !== "not due");
  const turned = due.filter(({ id, line }) => {
    if (line === null) return id in turns;
    const named = /<!-- gonogo: (.*?) -->/.exec(text[line - 1] ?? "")?.[1]?.split(", ") ?? [];
    return named.some((each) => (each.includes("/") ? each in turns : checks.has(each)));
  });
  return turned.map(({ id }) => id).sort();
}

/** The part of a board that another one shows too: a deploy waits for no drill and for no look back. */
export function sharedPart(board: CheckRecord, other: CheckRecord): CheckRecord {
  const items = new Set(other.items.map(({ id }) => id));
  const answers = new Set(other.answers.map(({ component, check }) => `${component}/${check}`));
  return {
    ...board,
    items: board.items.filter(({ id }) => items.has(id)),
    answers: board.answers.filter(({ component, check }) => answers.has(`${component}/${check}`)),
  };
}

/** With the first deploy everything is migrated, and only it is followed by schedules that begin. */
const FIRST = /\/(postgres\.migration\.safe|cron\.registered)$/;

/** The part of a deploy's board that the next deploy's shows too. */
export function withoutFirst(board: CheckRecord): CheckRecord {
  return {
    ...board,
    items: board.items.filter(({ id }) => !FIRST.test(id)),
    answers: board.answers.filter(({ component, check }) => !FIRST.test(`${component}/${check}`)),
  };
}

function changes(before: ReadonlyMap<string, State>, after: ReadonlyMap<string, State>): Turns {
  const ids = [...new Set([...before.keys(), ...after.keys()])].sort();
  const changed = ids.flatMap((id) => {
    const [was, is] = [before.get(id) ?? "unanswered", after.get(id) ?? "unanswered"];
    // What is answered well now is nobody's sabotage.
    return was === is || is === "go" ? [] : [[id, is] as const];
  });
  return Object.fromEntries(changed);
}
