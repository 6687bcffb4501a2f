import { fileURLToPath } from "node:url";

/** Where in the user's own files something was thrown. */
export interface ThrownPlace {
  /** Absolute. */
  readonly file: string;
  readonly line: number;
  /** Undefined where only the line is told. */
  readonly column: number | undefined;
  /** The line itself; only of what could not be read as code. */
  readonly text: string | undefined;
  /** The line before it, where that is told. */
  readonly before?: string | undefined;
}

/** Our own modules stand in stacks too: `defineLaunch` is one. */
const OWN = new URL(".", import.meta.url).href;

/** From a stack: the frame that is neither Node's nor a package's, or the head that Node puts before what is not valid. */
export function thrownPlace(stack: string): ThrownPlace | undefined {
  return headPlace(stack) ?? framePlace(stack);
}

/** "file:///app/more.ts:2", the line with perhaps the one before, and below it a mark; none where the file ended too soon. */
function headPlace(stack: string): ThrownPlace | undefined {
  const [first = "", ...rest] = stack.split("\n");
  const [, path, line] = /^(file:\/\/\/.+|\/.+):(\d+)$/.exec(first) ?? [];
  if (path === undefined) return undefined;
  const end = rest.findIndex((each) => /^\w*Error\b/.test(each));
  const shown = rest.slice(0, end < 0 ? 0 : end).filter((each) => each.trim() !== "");
  const mark = shown.findIndex((each) => /^\s*\^+\s*$/.test(each));
  const text = shown.at(mark < 0 ? -1 : mark - 1);
  return {
    file: path.startsWith("file:") ? fileURLToPath(path) : path,
    line: Number(line),
    column: mark < 0 ? (text?.trimEnd().length ?? 0) + 1 : (shown[mark]?.indexOf("^") ?? 0) + 1,
    text,
    before: mark > 1 ? shown[mark - 2] : undefined,
  };
}

function framePlace(stack: string): ThrownPlace | undefined {
  for (const [, url = "", line, column] of stack.matchAll(/(file:\/\/\/[^\s()]+):(\d+):(\d+)/g)) {
    if (url.startsWith(OWN) || url.includes("/node_modules/")) continue;
    return { file: fileURLToPath(url), line: Number(line), column: Number(column), text: undefined };
  }
  return undefined;
}
