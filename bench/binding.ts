import { readFileSync } from "node:fs";
import path from "node:path";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { answerersOf } from "../src/checklist/answerers.ts";
import type { Answerer } from "../src/checklist/ask-index.ts";
import { type Bound, createBinder } from "../src/checklist/bind.ts";
import { bindCompound } from "../src/checklist/compound.ts";
import { importChecklist } from "../src/checklist/import-checklist.ts";
import { withoutForeignDatabase } from "../src/checklist/other-databases.ts";
import { publishedKinds } from "../test/fixtures/published-kinds.ts";

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
  const bind = createBinder(answerers);
  const bindElsewhere = createBinder(withoutForeignDatabase(answerers, "MySQL"));
  return (line) =>
    bindCompound(line, WITHOUT_POSTGRES.includes(line.reference.split(":")[0] ?? "") ? bindElsewhere : bind);
}

export interface Score {
  readonly answerable: number;
  readonly found: number;
  readonly bound: number;
  readonly right: number;
  readonly wrong: readonly { line: Labelled; ids: readonly string[] }[];
  readonly missed: readonly Labelled[];
}

export function score(
  lines: readonly Labelled[],
  bind: (line: Labelled) => Pick<Bound, "chosen">,
  existing: ReadonlySet<string>,
): Score {
  const wrong: { line: Labelled; ids: string[] }[] = [];
  const missed: Labelled[] = [];
  let [answerable, found, bound, right] = [0, 0, 0, 0];
  for (const line of lines) {
    const ids = bind(line).chosen.map(({ answerer }) => answerer.id);
    const isAnswerable = !line.person && line.right.some((id) => existing.has(id));
    const isRight =
      ids.some((id) => line.right.includes(id)) &&
      ids.every((id) => [...line.right, ...line.harmless].includes(id));
    if (isAnswerable) answerable += 1;
    if (isAnswerable && isRight) found += 1;
    if (isAnswerable && ids.length === 0) missed.push(line);
    if (ids.length === 0) continue;
    bound += 1;
    if (isRight) right += 1;
    else wrong.push({ line, ids });
  }
  return { answerable, found, bound, right, wrong, missed };
}

export async function run(report: (line: string) => void): Promise<void> {
  const answerers = allAnswerers();
  const existing = new Set(answerers.map(({ id }) => id));
  const bind = importBinder(answerers);
  const tell = (name: string, lines: readonly Labelled[]): void => {
    const { answerable, found, bound, right } = score(lines, bind, existing);
    report(
      `${name}: ${lines.length} lines, ${bound} bound, ${right} rightly (${percent(right, bound)}); ` +
        `a machine can answer ${answerable}, found ${found} (${percent(found, answerable)})`,
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
  timeLongList(report);
}

/** A list of this many lines, made of the sample's own, each in words of its own. */
const LONG_LIST = 10_000;

function longList(): string {
  const sample = readSample();
  const parts: string[] = ["# Launch"];
  let above: string | undefined;
  for (let line = 0; line < LONG_LIST; line++) {
    const { text, path: steps } = sample[line % sample.length] as Labelled;
    if (steps.at(-1) !== above) parts.push("", `## ${steps.at(-1)}`, "");
    above = steps.at(-1);
    parts.push(`- [ ] ${text} ${line}`);
  }
  return `${parts.join("\n")}\n`;
}

/** Elapsed time says how busy the machine was, too; the processor's own does not. */
function timed(work: () => void): { readonly ms: number; readonly cpu: number } {
  const [from, before] = [performance.now(), process.cpuUsage()];
  work();
  const { user, system } = process.cpuUsage(before);
  return { ms: performance.now() - from, cpu: (user + system) / 1000 };
}

function timeLongList(report: (line: string) => void): void {
  const text = longList();
  const kinds = publishedKinds();
  for (const [name, work] of [
    ["imported", () => void importChecklist({ text, kinds, launch: undefined, repair: false })],
    [
      "imported again, the process being warm",
      () => void importChecklist({ text, kinds, launch: undefined, repair: false }),
    ],
    ["read by mdast-util-from-markdown with GFM, and nothing else", () => void fromMarkdown(text, MARKDOWN)],
  ] as const) {
    const { ms, cpu } = timed(work);
    report(
      `a list of ${LONG_LIST} lines ${name}: ${ms.toFixed(0)} ms, ${cpu.toFixed(0)} ms of the processor`,
    );
  }
}

const MARKDOWN = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] };

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}
