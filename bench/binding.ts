import { readFileSync } from "node:fs";
import path from "node:path";
import { answerersOf } from "../src/checklist/answerers.ts";
import { nearestOf } from "../src/checklist/bind-checklist.ts";
import type { Answerer } from "../src/checklist/binder/answerer.ts";
import type { Bound } from "../src/checklist/binder/bind.ts";
import { createLineBinder } from "../src/checklist/binder/line-binder.ts";
import { withoutForeignDatabase } from "../src/checklist/other-databases.ts";
import { prepared } from "../test/fixtures/prepared.ts";
import { publishedKinds } from "../test/fixtures/published-kinds.ts";
import { timeLongList } from "./binding/long-list.ts";

export const title = "how many lines of real launch checklists are bound, and how many of those rightly";

/** Lists that speak of MySQL, MongoDB, DynamoDB or SQLite somewhere, and nowhere of Postgres. */
const WITHOUT_POSTGRES: readonly string[] = ["09", "27", "39", "45", "57", "69", "102", "mern"];
const SAMPLE = path.join(import.meta.dirname, "../test/checklists/sample.tsv");
const FRESH = path.join(import.meta.dirname, "../test/checklists/fresh.tsv");

export interface Labelled {
  readonly reference: string;
  readonly half: "tune" | "report";
  readonly path: readonly string[];
  readonly text: string;
  /** Ids that would be right. */
  readonly right: readonly string[];
  /** Ids that are no mistake beside a right one. */
  readonly harmless: readonly string[];
  /** A person is a right answer. */
  readonly person: boolean;
}

export function readSample(): Labelled[] {
  const rows = readFileSync(SAMPLE, "utf8").trim().split("\n");
  const lists = [...new Set(rows.map((row) => row.split(":")[0]))];
  return rows.map((row) => labelled(row, lists.indexOf(row.split(":")[0]) % 2 === 0 ? "tune" : "report"));
}

/** Written by hand; every other line was tuned on. */
function readFresh(): Labelled[] {
  const rows = readFileSync(FRESH, "utf8").trim().split("\n");
  return rows.map((row, at) => labelled(row, at % 2 === 0 ? "tune" : "report"));
}

function labelled(row: string, half: Labelled["half"]): Labelled {
  const [reference = "", above = "", text = "", label = ""] = row.split("\t");
  const ids = label.split(" ");
  return {
    reference,
    half,
    path: above.split(" > "),
    text,
    right: ids.filter((id) => !["person", "?"].includes(id) && !id.startsWith("~")),
    harmless: ids.filter((id) => id.startsWith("~")).map((id) => id.slice(1)),
    person: ids.includes("person") || ids.includes("?"),
  };
}

/** Every check of every published kind, as a declaration that has them all would offer them, and the drills. */
export function allAnswerers(): Answerer[] {
  return answerersOf(publishedKinds().values());
}

/** A line is bound as `gonogo import` binds it in its list. */
export function importBinder(answerers: readonly Answerer[]): (line: Labelled) => Bound {
  const learned = { prepared: prepared() };
  const bind = createLineBinder(answerers, learned);
  const bindElsewhere = createLineBinder(withoutForeignDatabase(answerers, "MySQL"), learned);
  return (line) =>
    WITHOUT_POSTGRES.includes(line.reference.split(":")[0] ?? "") ? bindElsewhere(line) : bind(line);
}

export interface Score {
  readonly answerable: number;
  readonly found: number;
  readonly bound: number;
  readonly right: number;
  readonly wrong: readonly { line: Labelled; ids: readonly string[] }[];
  readonly missed: readonly Labelled[];
  /** Of lines left to people: those that are shown with what is nearest, those of them that it answers, and those that nobody else would. */
  readonly near: { readonly shown: number; readonly right: number; readonly found: number };
  /** Lines of which something answers a part, and a person the rest; none of them counts as bound. */
  readonly inPart: { readonly bound: number; readonly right: number; readonly found: number };
}

export function score(
  lines: readonly Labelled[],
  bind: (line: Labelled) => Bound,
  existing: ReadonlySet<string>,
): Score {
  const wrong: { line: Labelled; ids: string[] }[] = [];
  const missed: Labelled[] = [];
  let [answerable, found, bound, right] = [0, 0, 0, 0];
  const near = { shown: 0, right: 0, found: 0 };
  const inPart = { bound: 0, right: 0, found: 0 };
  for (const line of lines) {
    const outcome = bind(line);
    const ids = outcome.chosen.map(({ answerer }) => answerer.id);
    const isAnswerable = !line.person && line.right.some((id) => existing.has(id));
    const isRight =
      ids.some((id) => line.right.includes(id)) &&
      ids.every((id) => [...line.right, ...line.harmless].includes(id));
    if (isAnswerable) answerable += 1;
    if (outcome.rest) {
      inPart.bound += 1;
      if (isRight) inPart.right += 1;
      if (isRight && isAnswerable) inPart.found += 1;
      continue;
    }
    if (isAnswerable && isRight) found += 1;
    if (isAnswerable && ids.length === 0) missed.push(line);
    if (ids.length === 0) {
      const nearest = nearestOf(outcome)?.answerer.id;
      if (nearest === undefined) continue;
      near.shown += 1;
      if (!line.right.includes(nearest)) continue;
      near.right += 1;
      if (isAnswerable) near.found += 1;
      continue;
    }
    bound += 1;
    if (isRight) right += 1;
    else wrong.push({ line, ids });
  }
  return { answerable, found, bound, right, wrong, missed, near, inPart };
}

export async function run(report: (line: string) => void): Promise<void> {
  const answerers = allAnswerers();
  const existing = new Set(answerers.map(({ id }) => id));
  const bind = importBinder(answerers);
  const tell = (name: string, lines: readonly Labelled[]): void => {
    const { answerable, found, bound, right, near, inPart } = score(lines, bind, existing);
    report(
      `${name}: ${lines.length} lines, ${bound} bound, ${right} rightly (${percent(right, bound)}); ` +
        `a machine can answer ${answerable}, found ${found} (${percent(found, answerable)})`,
    );
    report(
      `  in part ${inPart.bound}, ${inPart.right} rightly (${percent(inPart.right, inPart.bound)}); with these, ` +
        `found ${found + inPart.found} (${percent(found + inPart.found, answerable)})`,
    );
    report(
      `  shown as near ${near.shown}, ${near.right} rightly (${percent(near.right, near.shown)}); with all these, ` +
        `found ${found + inPart.found + near.found} (${percent(found + inPart.found + near.found, answerable)})`,
    );
  };
  const sample = readSample();
  for (const half of ["tune", "report"] as const) {
    tell(
      half,
      sample.filter((line) => line.half === half),
    );
  }
  const fresh = readFresh();
  tell(
    "fresh, tuned on",
    fresh.filter((_, at) => at % 2 === 0),
  );
  tell(
    "fresh, kept",
    fresh.filter((_, at) => at % 2 === 1),
  );
  await timeLongList(sample, report);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "of none" : `${((100 * part) / whole).toFixed(1)} %`;
}
