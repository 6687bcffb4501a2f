/** One line of a text and the bytes that end it ("\n", "\r\n", "\r", or "" at the end of the text). */
export interface TextLine {
  readonly text: string;
  readonly end: string;
}

/** Lines whose texts and ends, joined again, are the text itself. */
export function splitLines(text: string): TextLine[] {
  // Most files end their lines in one way, and are split at once.
  if (!text.includes("\r")) {
    const texts = text.split("\n");
    const last = texts.pop() ?? "";
    const ended = texts.map((each) => ({ text: each, end: "\n" }));
    return last === "" ? ended : [...ended, { text: last, end: "" }];
  }
  const lines: TextLine[] = [];
  const ends = /\r\n|\n|\r/g;
  let from = 0;
  for (let match = ends.exec(text); match; match = ends.exec(text)) {
    lines.push({ text: text.slice(from, match.index), end: match[0] });
    from = ends.lastIndex;
  }
  if (from < text.length) lines.push({ text: text.slice(from), end: "" });
  return lines;
}

export function joinLines(lines: readonly TextLine[]): string {
  return lines.map(({ text, end }) => text + end).join("");
}

/** Columns from the start to the first character that is no blank; a tab goes to the next multiple of four. */
export function indentOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (character === " ") columns += 1;
    else if (character === "\t") columns += 4 - (columns % 4);
    else break;
  }
  return columns;
}
