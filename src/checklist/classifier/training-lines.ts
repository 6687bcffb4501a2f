import type { BindingLine, ReadLine } from "../binder/binding-line.ts";
import { type Bag, bagOf } from "./bag.ts";
import { PERSON } from "./classifier.ts";
import type { TrainingLine } from "./training-line.ts";

/** The texts of `training/`. */
export interface TrainingFiles {
  /** Lines as they are written. */
  readonly written: string;
  /** Lines of which only the bag was kept. */
  readonly counted: string;
}

/**
 * Labelled lines, one in a row: what stands above it (" > " between), the line and its label, with tabs between. Of a
 * line whose words are other people's only its bag is kept: what stands above and what is said, each meaning with how
 * much ("backup backup-copy*0.35"), in alphabetical order.
 */
export function trainingLines(
  { written, counted }: TrainingFiles,
  read: (line: BindingLine) => ReadLine,
  known: ReadonlySet<string>,
): TrainingLine[] {
  const classesOf = (label: string): ReadonlyMap<string, number> => sharesIn(label, known);
  return [
    ...rowsOf(written).map(([above = "", text = "", label = ""]) => ({
      bag: bagOf(read({ path: above.split(" > "), text })),
      classes: classesOf(label),
    })),
    ...rowsOf(counted).map(([above = "", said = "", label = ""]) => ({
      bag: { above: counts(above), said: counts(said) },
      classes: classesOf(label),
    })),
  ];
}

/** A bag as a row of the file keeps it. */
export function countedRow({ said, above }: Bag, label: string): string {
  return [told(above), told(said), label].join("\t");
}

function told(names: ReadonlyMap<string, number>): string {
  return [...names]
    .map(([name, much]) => (much === 1 ? name : `${name}*${Number(much.toFixed(2))}`))
    .toSorted()
    .join(" ");
}

function counts(text: string): ReadonlyMap<string, number> {
  return new Map(
    text
      .split(" ")
      .filter((each) => each !== "")
      .map((each) => {
        const [name = "", much = "1"] = each.split("*");
        return [name, Number(much)];
      }),
  );
}

function rowsOf(file: string): string[][] {
  return file
    .split("\n")
    .filter((row) => row !== "" && !row.startsWith("#"))
    .map((row) => row.split("\t"));
}

/** "? id other ~beside": of what is right each as much; a person is as right where it begins with "?". */
function sharesIn(label: string, known: ReadonlySet<string>): ReadonlyMap<string, number> {
  const words = label.split(" ");
  const right = words.filter((word) => known.has(word));
  if (right.length === 0) return new Map([[PERSON, 1]]);
  const whole = words.includes("?") ? 0.5 : 1;
  const shares = new Map(right.map((id) => [id, whole / right.length]));
  return whole === 1 ? shares : shares.set(PERSON, 0.5);
}
