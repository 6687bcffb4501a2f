/** A sign behind the text, for people who tick at the end: "Backups configured ✅". */
export interface EndSign {
  /** What stands before it. */
  readonly rest: string;
  readonly ticked: boolean;
  readonly sign: string;
  /** Where the sign begins. */
  readonly from: number;
}

const AT_END =
  /(?:([✅✔✓☑🟢]|:(?:white_check_mark|heavy_check_mark|ballot_box_with_check|green_circle):)|[❌❎✖✗✘⏳⌛🔄🚧🟡🔴🟠⚪]|:(?:x|hourglass(?:_flowing_sand)?|construction|(?:red|yellow|orange|white)_circle):)\uFE0F?(?=\s*(?:<!--.*-->\s*)?$)/u;

/** Undefined where no sign stands at the end, and where nothing stands before it that could be done. Comments may follow. */
export function endSignOf(text: string): EndSign | undefined {
  const match = AT_END.exec(text);
  if (!match) return undefined;
  const rest = text.slice(0, match.index).trimEnd();
  if (!/[\p{L}\d]/u.test(rest)) return undefined;
  return { rest, ticked: match[1] !== undefined, sign: match[0], from: match.index };
}
