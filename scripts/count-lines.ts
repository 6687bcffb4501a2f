import { readFileSync } from "node:fs";
import { createReader } from "../src/checklist/binder/binding-line.ts";
import { bagOf } from "../src/checklist/classifier/bag.ts";
import { countedRow } from "../src/checklist/classifier/training-lines.ts";

/*
 * Rows for training/counted.tsv from labelled lines of other people's lists, whose words are not kept:
 * node scripts/count-lines.ts LABELLED.tsv..., with columns as test/checklists/README.md has them. Meanings that stand
 * in fewer lines than LEAST_LINES, or in one list alone, are left out: a project's name teaches nothing.
 */

const LEAST_LINES = 3;
const LEAST_LISTS = 2;

const read = createReader();
const lines = process.argv
  .slice(2)
  .flatMap((file) => readFileSync(file, "utf8").trim().split("\n"))
  .map((row) => row.split("\t"))
  .map(([reference = "", above = "", text = "", label = ""]) => ({
    list: reference.split(":")[0] ?? "",
    bag: bagOf(read({ path: above.split(" > "), text })),
    label,
  }));

const told = new Map<string, { lines: number; readonly lists: Set<string> }>();
for (const { bag, list } of lines) {
  for (const name of new Set([...bag.said.keys(), ...bag.above.keys()])) {
    const known = told.get(name) ?? { lines: 0, lists: new Set() };
    known.lines += 1;
    known.lists.add(list);
    told.set(name, known);
  }
}

const rows = lines.map(({ bag, label }) => ({
  bag: { said: common(bag.said), above: common(bag.above) },
  label,
}));
const counted = rows.filter(({ bag }) => bag.said.size > 0).map(({ bag, label }) => countedRow(bag, label));
process.stdout.write(`${[...new Set(counted)].toSorted().join("\n")}\n`);

function common(names: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  // A blank or a star parts what a row holds; with a dot it is somebody's address.
  const isKept = (name: string): boolean => {
    const { lines = 0, lists } = told.get(name) ?? {};
    return !/[\s*]|\.\p{L}/u.test(name) && lines >= LEAST_LINES && (lists?.size ?? 0) >= LEAST_LISTS;
  };
  return new Map([...names].filter(([name]) => isKept(name)));
}
