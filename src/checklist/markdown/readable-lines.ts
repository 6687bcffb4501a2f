/** A list or a heading with a backslash before its mark, as editors write it that take Markdown for plain text. */
const ESCAPED_BLOCK = /^\s*(?:\\[-*+]\s+\\?\[|\\#(?:\\?#){0,5}\s)/;
const ESCAPED = /\\([!-/:-@[-`{-~])/g;

/** Marker and box: blanks that are none, and characters without width, hide both from whoever reads them. */
const BEGINNING =
  /^[\s>\u200B-\u200F\u2060\uFEFF]*(?:(?:[-*+•]|\d{1,9}[.)])[\s\u200B-\u200F\u2060\uFEFF]+)*(?:\\?\[.{0,3}\]|[［【].{0,3}[］】])?/u;
const HIDING = /[^\S \t]|[\u200B-\u200F\u2060［【]|\\/;
const NO_WIDTH = /[\u200B-\u200F\u2060\uFEFF]/g;
const STRANGE_BLANK = /[^\S \t]/g;
const ESCAPED_BOX = /\\?\[(.{0,3}?)\\?\]$/u;
/** "［ ］" and "【x】" of people who write Chinese or Japanese; "【重要】" is a heading. */
const WIDE_BOX = /[［【]\s*(?:([xXｘＸ✓✔√○済])|[×✗✘]?)\s*[］】]$/u;

/**
 * Lines as whoever wrote them means them: Markdown that was pasted as plain text ("\- \[ \] Backups") without its
 * backslashes, and beginnings without blanks and characters that only look like the usual ones. Line for line.
 */
export function readableLines(lines: readonly string[]): readonly string[] {
  const isEscaped = lines.some((line) => ESCAPED_BLOCK.test(line));
  return lines.map((line) => {
    const meant = isEscaped && line.includes("\\") ? line.replace(ESCAPED, "$1") : line;
    return HIDING.test(meant) ? withPlainBeginning(meant) : meant;
  });
}

function withPlainBeginning(line: string): string {
  const beginning = BEGINNING.exec(line)?.[0] ?? "";
  if (!HIDING.test(beginning)) return line;
  const plain = beginning.replace(NO_WIDTH, "").replace(STRANGE_BLANK, " ").replace(ESCAPED_BOX, "[$1]");
  const wide = WIDE_BOX.exec(plain);
  if (wide)
    return `${plain.slice(0, wide.index)}${wide[1] === undefined ? "[ ]" : "[x]"} ${line.slice(beginning.length)}`;
  return plain + line.slice(beginning.length);
}
