import type { AnyCheck } from "../src/model/check.ts";
import { parseDuration } from "../src/model/duration.ts";
import { PHASES } from "../src/model/phase.ts";

/** A folder below src/components or src/targets is a kind of that name, and is published; and nothing else is. */
export function folderMistakes(folders: readonly string[], published: readonly string[]): string[] {
  return [
    ...folders.filter((folder) => !published.includes(folder)).map((folder) => `${folder} is not exported`),
    ...published.filter((kind) => !folders.includes(kind)).map((kind) => `${kind} has no folder of its own`),
    ...doubles(published).map((kind) => `${kind} is exported twice`),
  ];
}

const ID = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+$/;
const FEWEST_ASKS = 3;

/** What a check lacks to be one: an empty list when it is whole. `tests` are the texts of the tests beside it. */
export function checkMistakes(check: AnyCheck, tests: readonly string[]): string[] {
  const asks = new Set(check.asks.map((each) => each.trim().toLowerCase()).filter((each) => each !== ""));
  const lasts = parseDuration(check.freshFor);
  const every = check.every === undefined ? undefined : parseDuration(check.every);
  const rules: readonly (readonly [holds: boolean, mistake: string])[] = [
    [ID.test(check.id), "its id is not words joined by dots and dashes"],
    [/^\S.*[^.\s]$/.test(check.title), "its title is empty or ends in a full stop"],
    [/^[A-Z"`*].*\.$/.test(check.consequence), "its consequence is not a sentence that ends in a full stop"],
    [["blocker", "warning", "info"].includes(check.severity), "its severity is none"],
    [PHASES.includes(check.phase), "its phase is none"],
    [asks.size >= FEWEST_ASKS, `it is asked in fewer than ${FEWEST_ASKS} ways`],
    [lasts !== undefined, "freshFor is no duration"],
    [check.every === undefined || every !== undefined, "every is no duration"],
    [(every ?? 0) <= (lasts ?? 0), "its evidence is stale before the monitor asks again"],
    [tests.some((text) => text.includes(check.id)), "no test beside it mentions its id"],
  ];
  return rules.filter(([holds]) => !holds).map(([, mistake]) => `${check.id}: ${mistake}`);
}

export function doubles(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

/** `test/check-ids.txt`: one id a line; "old.id -> new.id" for one that was renamed; "#" begins a comment. */
export function parseCheckIds(text: string): { ids: string[]; renames: Map<string, string> } {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  const renamed = lines
    .filter((line) => line.includes("->"))
    .map((line) => line.split("->").map((id) => id.trim()));
  return {
    ids: lines.filter((line) => !line.includes("->")),
    renames: new Map(renamed.map(([from = "", to = ""]) => [from, to])),
  };
}

/** An id that teams have in waivers, checklists and history may be renamed, never lost or used again. */
export function idMistakes(
  current: readonly string[],
  { ids, renames }: { ids: readonly string[]; renames: ReadonlyMap<string, string> },
): string[] {
  return [
    ...ids.filter((id) => !current.includes(id) && !renames.has(id)).map((id) => `${id} has vanished`),
    ...[...renames]
      .filter(([, to]) => !current.includes(to))
      .map(([from, to]) => `${from} became ${to}, which is no check`),
    ...[...renames.keys()]
      .filter((from) => current.includes(from))
      .map((from) => `${from} was renamed and is used again`),
    ...current.filter((id) => !ids.includes(id)).map((id) => `${id} is not in test/check-ids.txt`),
  ];
}
