import { boxOf, listMarkerOf } from "../markdown/line-shapes.ts";
import type { ParsedItem } from "../markdown/parse.ts";
import { rememberedBelow } from "../vocabulary/remembered.ts";
import { countsIn } from "./counts.ts";
import type { Figure } from "./figure.ts";
import { limitsIn } from "./limits.ts";
import { machineFiguresIn } from "./machine.ts";
import { measuredIn } from "./measured.ts";
import { namesIn } from "./names.ts";
import { pageScoresIn } from "./pages.ts";
import { qualitiesIn } from "./qualities.ts";
import { rhythmsIn } from "./rhythm.ts";
import { unitlessIn } from "./unitless.ts";

/** What more than this says is a text, not a line. */
const LONGEST = 400;
const MOST_FIGURES = 8;

type Said = Pick<ParsedItem, "text" | "path" | "code" | "notes" | "measure">;

/** Every figure and name that a line says, each once. */
export function figuresOf(item: Said): readonly Figure[] {
  const isPlain = item.code.length === 0 && item.notes.length === 0 && item.measure === undefined;
  return isPlain ? ofPlainLine(item) : readFigures(item);
}

const ofPlainLine = rememberedBelow(readFigures);

function readFigures(item: Said): Figure[] {
  const said = item.measure === undefined ? item.text : `${item.text}: ${item.measure}`;
  const text = said.slice(0, LONGEST);
  const above = item.path.slice(-2).join(" ");
  const measured = measuredIn(text, above);
  const figures = [
    ...measured,
    // "5 minutes (TTL=300)": what has its unit is told once.
    ...unitlessIn(text, above).filter(({ name }) => measured.every((each) => each.name !== name)),
    ...countsIn(text, above),
    ...limitsIn(text, above),
    ...machineFiguresIn(text),
    ...pageScoresIn(text),
    ...qualitiesIn(text, above),
    ...rhythmsIn(text),
    ...namesIn(text, { code: item.code, above }),
    ...commandBelow(item),
  ];
  const known = new Set<string>();
  return figures
    .filter(({ name, value, of = "" }) => {
      const key = `${name}=${of}=${value}`;
      return !known.has(key) && known.add(key);
    })
    .slice(0, MOST_FIGURES);
}

/** A fence below the line with one command in it says how it is done. */
function commandBelow({ notes }: Pick<ParsedItem, "notes">): Figure[] {
  const commands = notes
    .filter(
      ({ kind, language }) => kind === "code" && /^(?:|bash|sh|shell|console|zsh)$/.test(language ?? ""),
    )
    .flatMap(({ text }) => text.split("\n"))
    .map((each) => each.trim().replace(/^\$ /, ""))
    .filter((each) => each !== "" && !each.startsWith("#"));
  const [only, second] = commands;
  // A list in a fence is an example, or a template.
  const isList = only !== undefined && (listMarkerOf(only) ?? boxOf(only)) !== undefined;
  const isCommand = only !== undefined && !isList && !/^[A-Z_]+=/.test(only) && only.length <= 120;
  return !isCommand || second !== undefined ? [] : [{ name: "run", value: only, said: only }];
}
