import pc from "picocolors";
import { formatDuration } from "../../../model/duration.ts";
import { closingLine, nextStep } from "../closing.ts";
import type { CheckRecord } from "../contracts/check.ts";
import { harmless, textWidth } from "../plain-text.ts";
import { tally } from "../tally.ts";
import { rootCauses } from "./causes.ts";
import { claimedSection, contradictionsSection, listSection, mootSection } from "./checklist.ts";
import { componentSection } from "./component.ts";
import { line, type Style } from "./line.ts";
import { linesSection } from "./lines.ts";
import { laterSection, openSections, peopleSection } from "./people.ts";

export interface BoardOptions {
  /** 100 at most are used; infinite where nothing is to be wrapped. */
  readonly columns: number;
  readonly colour: boolean;
  /** What to do next, when the caller knows better than the record. */
  readonly next?: string;
  /** Every line of the checklist, too. */
  readonly all?: boolean;
}

/** The answer for people: what is not GO, why and the fix; root causes first, each told once. Ends with a line end. */
export function board(record: CheckRecord, options: BoardOptions): string {
  const components = [...new Set(record.answers.map((each) => each.component))];
  const width = textWidth(options.columns);
  const style: Style = {
    width,
    names: Math.min(24, Math.floor(width / 3), Math.max(8, ...components.map((name) => name.length))),
    paint: pc.createColors(options.colour),
  };
  const sum = tally(record);
  const causes = rootCauses(record, style);
  const closing = closingLine(record, sum);
  const paint = record.go ? style.paint.green : style.paint.red;
  return [
    ...line(style, 0, heading(record)),
    "",
    ...causes.lines,
    ...components.flatMap((name) => componentSection(name, record, { style, told: causes.told })),
    ...peopleSection(record, style),
    ...openSections(sum, style),
    ...contradictionsSection(record, style),
    ...laterSection(record, style),
    ...claimedSection(record, { style, sum }),
    ...(options.all ? [] : mootSection(record, style)),
    ...(options.all ? linesSection(record, style) : listSection(record, style)),
    "",
    ...line(style, 0, closing).map((text) => paint(text)),
    ...line(style, 0, harmless(`Next: ${options.next ?? nextStep(record, sum)}`)),
    "",
  ].join("\n");
}

function heading({ launch, environment, release, at }: CheckRecord): string {
  const what = release
    ? `release ${release.id} (${shortCommit(release.commit)}, ${formatDuration(at - release.createdAt)} ago)`
    : "nothing deployed";
  return harmless(`${launch} · ${environment} · ${what}`);
}

/** "a1b2c3d", "tree:a1b2c3d". */
function shortCommit(commit: string): string {
  const [, tree = "", hash = ""] = /^(tree:)?(.*)$/s.exec(commit) ?? [];
  return tree + hash.slice(0, 7);
}
