import { readFileSync } from "node:fs";
import { createReader } from "../src/checklist/binder/binding-line.ts";
import { bagOf } from "../src/checklist/classifier/bag.ts";
import { countedRow } from "../src/checklist/classifier/training-lines.ts";

/*
 * Rows for training/counted.tsv from labelled lines of other people's lists, whose words are not kept:
 * node scripts/count-lines.ts LABELLED.tsv..., with columns as test/checklists/README.md has them. Meanings that stand
 * in fewer lines than LEAST_LINES are left out: a project's name teaches nothing.
 */

const LEAST_LINES = 3;

const read = createReader();
const lines = process.argv
  .slice(2)
  .flatMap((file) => readFileSync(file, "utf8").trim().split("\n"))
  .map((row) => row.split("\t"))
  .map(([, above = "", text = "", label = ""]) => ({
    bag: bagOf(read({ path: above.split(" > "), text })),
    label,
  }));

const linesWith = new Map<string, number>();
for (const { bag } of lines)
  for (const name of new Set([...bag.said.keys(), ...bag.above.keys()]))
    linesWith.set(name, (linesWith.get(name) ?? 0) + 1);

const rows = lines.map(({ bag, label }) => ({
  bag: { said: common(bag.said), above: common(bag.above) },
  label,
}));
const told = rows.filter(({ bag }) => bag.said.size > 0).map(({ bag, label }) => countedRow(bag, label));
process.stdout.write(`${[...new Set(told)].toSorted().join("\n")}\n`);

function common(names: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  // A blank or a star parts what a row holds.
  const isKept = (name: string): boolean => !/[\s*]/.test(name) && (linesWith.get(name) ?? 0) >= LEAST_LINES;
  return new Map([...names].filter(([name]) => isKept(name)));
}
