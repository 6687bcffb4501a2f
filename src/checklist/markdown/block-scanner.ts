import type { Block, Entry, Heading, Paragraph, Table } from "./blocks.ts";
import { frontMatterEnd } from "./front-matter.ts";
import {
  bareBoxOf,
  type Cell,
  cellsOf,
  fenceOf,
  headingBoxOf,
  headingOf,
  isBlockStart,
  isBoldAlone,
  isBoxLine,
  isCommentStart,
  isContainerMark,
  isDelimiterRow,
  isHtmlBlock,
  isTableHead,
  isThematicBreak,
  type ListMarker,
  listMarkerOf,
  unquote,
} from "./line-shapes.ts";
import { indentOf } from "./text-lines.ts";

export interface Scan {
  readonly blocks: readonly Block[];
  /** Line of a code fence that is never closed. */
  readonly openFence: number | undefined;
  /** First line of an entry that was taken to be less deep than it is written. */
  readonly tooDeep: number | undefined;
  /** Lines of code fences that would be tasks elsewhere. */
  readonly fencedBoxes: readonly number[];
}

interface Level {
  readonly entry: Entry;
  readonly marker: ListMarker;
}
interface Fence {
  readonly mark: string;
  readonly length: number;
  readonly line: number;
  readonly language: string;
  /** Fewer columns than this end the entry the fence stands in, and the fence with it. */
  readonly indent: number;
  readonly owner: Entry | Heading | undefined;
  /** Block quotations it stands in. */
  readonly quotes: number;
  readonly lines: string[];
}

/** Beyond this people do not read, and paths would grow with the square of the file. */
const DEEPEST = 100;

/**
 * Reads Markdown into blocks, in one pass and in time that grows with its length. Follows CommonMark and GFM where
 * they say what a list, a table, a fence or a heading is, and is milder than they are about indentation.
 */
export function scanBlocks(texts: readonly string[]): Scan {
  const blocks: Block[] = [];
  const levels: Level[] = [];
  let fence: Fence | undefined;
  let table: Table | undefined;
  let paragraph: Paragraph | undefined;
  /** The entry a following line without marker still belongs to. */
  let open: Entry | undefined;
  /** The entry whose last note a following line goes on with. */
  let note: Entry | undefined;
  /** The task or text that a code fence further down speaks of. */
  let latest: Entry | Heading | undefined;
  let isComment = false;
  let quotes = 0;
  let tooDeep: number | undefined;
  const fencedBoxes: number[] = [];

  const from = frontMatterEnd(texts);
  for (let index = from; index < texts.length; index++) {
    const line = index + 1;
    const written = texts[index] ?? "";
    if (fence && readFence(fence, unquote(written, fence.quotes))) continue;
    const { depth, text } = unquote(written);
    const isBlank = text.trim() === "";
    if (isComment || isCommentStart(text)) {
      if (!isComment) leaveLevels(indentOf(text));
      isComment = !text.includes("-->", isComment ? 0 : text.indexOf("<!--") + 4);
      endText();
      continue;
    }
    if (isContainerMark(text)) {
      leaveLevels(indentOf(text));
      endText();
      continue;
    }
    if (isBlank) {
      if (depth < quotes) endList();
      else endText();
      quotes = depth;
      continue;
    }
    // A quotation that begins or ends takes its lists with it; only a sentence may go on outside.
    const isLazy = depth < quotes && (open || paragraph || note) && !isBlockStart(text);
    if (depth !== quotes && !isLazy) {
      endList();
      quotes = depth;
    }
    if (table && addRow(table, text, line)) continue;
    readLine(text, line, texts[index + 1]);
  }
  const openFence = fence?.line;
  closeFence();
  return { blocks, openFence, tooDeep, fencedBoxes };

  function endText(): void {
    open = undefined;
    table = undefined;
    paragraph = undefined;
    note = undefined;
  }

  function readLine(text: string, line: number, next: string | undefined): void {
    const opened = fenceOf(text);
    const marker = listMarkerOf(text) ?? bareBoxOf(text);
    if (isHtmlBlock(text)) endText();
    const heading = headingOf(text);
    if (opened) openFenceAt(opened, { text, line });
    else if (paragraph && /^ {0,3}(=+|-+)[ \t]*$/.test(text)) underline(paragraph, text.includes("="));
    else if (isThematicBreak(text)) endList();
    // Only a list that begins with 1 may end a sentence: "in\n2026. ..." is none.
    else if (marker && !(paragraph && marker.isOrdered && !/^\s*1[.)]/.test(text))) addEntry(marker, line);
    else if (heading) {
      endList();
      const block: Heading = { kind: "heading", ...heading, line, notes: [] };
      blocks.push(block);
      latest = headingBoxOf(heading.text) && block;
    } else if (isTableHead(text, next)) openTable(cellsOf(text) ?? []);
    else addText(text, line);
  }

  function leaveLevels(indent: number): void {
    while (levels.length > 0 && !isWithin(levels.at(-1)?.marker, indent)) levels.pop();
  }

  function endList(): void {
    levels.length = 0;
    latest = undefined;
    endText();
  }

  function addEntry(marker: ListMarker, line: number): void {
    endText();
    let last: ListMarker | undefined = marker;
    while (last) {
      leaveLevels(last.indent);
      if (levels.length >= DEEPEST) {
        tooDeep ??= line;
        levels.pop();
      }
      const inner = listMarkerOf(last.rest, last.contentIndent);
      const entry: Entry = {
        kind: "entry",
        parent: levels.at(-1)?.entry,
        isOrdered: last.isOrdered,
        lines: [line],
        text: inner ? "" : withoutBreak(last.rest.trim()),
        notes: [],
      };
      levels.push({ entry, marker: last });
      blocks.push(entry);
      open = entry;
      latest = entry;
      const opened = inner ? undefined : fenceOf(last.rest);
      if (opened) {
        entry.text = "";
        openFenceAt(opened, { text: " ".repeat(last.contentIndent) + last.rest, line });
      }
      // "- - - x" may go on for a whole file; no list of people does.
      last = levels.length < DEEPEST ? inner : undefined;
    }
  }

  function addText(text: string, line: number): void {
    if (open && isBoldAlone(text)) endList();
    if (open) {
      open.text = `${open.text} ${withoutBreak(text.trim())}`;
      open.lines.push(line);
      return;
    }
    if (paragraph) {
      paragraph.texts.push(text.trim());
      return;
    }
    const goesOn = note?.notes.pop();
    if (!goesOn) leaveLevels(indentOf(text));
    note = levels.at(-1)?.entry;
    if (note) {
      const above = goesOn ?? { kind: "text", text: "", line };
      note.notes.push({ ...above, text: `${above.text} ${text.trim()}`.trim() });
      return;
    }
    if (latest?.kind !== "heading") latest = undefined;
    paragraph = { kind: "paragraph", texts: [text.trim()], line };
    blocks.push(paragraph);
  }

  function underline(above: Paragraph, isFirst: boolean): void {
    blocks.splice(blocks.lastIndexOf(above), 1, {
      kind: "heading",
      depth: isFirst ? 1 : 2,
      text: above.texts.join(" "),
      line: above.line,
      notes: [],
    });
    levels.length = 0;
    endText();
  }

  function openTable(header: readonly Cell[]): void {
    endList();
    table = { kind: "table", header: header.map((cell) => cell.text), rows: [] };
    blocks.push(table);
  }

  function addRow(current: Table, text: string, line: number): boolean {
    if (current.rows.length === 0 && isDelimiterRow(text)) return true;
    const cells = cellsOf(text);
    if (!cells || fenceOf(text) || headingOf(text)) {
      table = undefined;
      return false;
    }
    current.rows.push({ cells, line });
    return true;
  }

  function openFenceAt(
    opened: { mark: string; length: number; info: string },
    { text, line }: { text: string; line: number },
  ): void {
    endText();
    const indent = indentOf(text);
    leaveLevels(indent);
    const holder = levels.findLast(({ marker }) => indent >= marker.contentIndent);
    fence = {
      ...opened,
      line,
      language: opened.info.split(/\s/)[0] ?? "",
      indent: holder?.marker.contentIndent ?? 0,
      owner: latest,
      quotes,
      lines: [],
    };
  }

  /** True when the line was a part of the fence. */
  function readFence(current: Fence, { depth, text }: { depth: number; text: string }): boolean {
    if (depth < current.quotes || (text.trim() !== "" && indentOf(text) < current.indent)) {
      closeFence();
      return false;
    }
    const end = fenceOf(text);
    if (end && end.mark === current.mark && end.length >= current.length && end.info === "") closeFence();
    else current.lines.push(text.slice(Math.min(current.indent, text.length - text.trimStart().length)));
    return true;
  }

  function closeFence(): void {
    if (!fence) return;
    const { owner, lines, line, language } = fence;
    if (/^(?:|te?xt|plain(?:text)?|md|markdown)$/i.test(language))
      for (const [at, text] of lines.entries()) if (isBoxLine(text)) fencedBoxes.push(line + at + 1);
    owner?.notes.push({
      kind: "code",
      text: lines.join("\n"),
      line,
      ...(language !== "" && { language }),
    });
    fence = undefined;
  }
}

/** CommonMark asks for the marker's whole width; two columns are what people type below "1." too. */
function isWithin(marker: ListMarker | undefined, indent: number): boolean {
  return marker !== undefined && indent >= Math.min(marker.contentIndent, marker.indent + 2);
}

/** A backslash at the end breaks the line, and is no word of it. */
function withoutBreak(text: string): string {
  return text.replace(/(?<!\\)(\\\\)*\\$/, "$1").trimEnd();
}
