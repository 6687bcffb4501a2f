import type { Block, Heading } from "./blocks.ts";
import { withoutComments } from "./html-comments.ts";
import { roleOf } from "./line-roles.ts";
import { boxOf, headingBoxOf } from "./line-shapes.ts";
import { isNumbered, leadsAfterLaunch, type PathStep, phaseOf } from "./phase-words.ts";
import { plainText, withoutLeadingSymbols } from "./plain-text.ts";

/** The headings above some lines, the farthest first; one object for all lines that stand below the same ones. */
export interface Section {
  readonly steps: readonly PathStep[];
}

/** A block with what stands above it. */
export interface Placed {
  readonly block: Block;
  readonly section: Section;
}
/** Sections whose lists ask for nothing. */
const ASIDE =
  /\b(table of contents|contents|references?|resources|contacts?|support|links|inspired by|legend|changelog|history|notes?|about|glossary|credits|licen[cs]e|kontakte?|ressourcen|inhalt|sommaire|ressources|recursos|contactos)\b|目录|参考|联系/i;

export function isAside({ steps }: Section): boolean {
  return steps.some(({ text }) => ASIDE.test(text));
}

export function inSections(blocks: readonly Block[]): Placed[] {
  const headings = blocks.filter((block) => block.kind === "heading");
  const tops = headings.filter(({ depth }) => depth === 1);
  const title = tops.length === 1 && tops[0] === headings[0] ? tops[0] : undefined;
  let steps: Opened[] = [];
  let section: Section = { steps: [] };
  return blocks.map((block, at) => {
    const folded = closesDetails(block) ? steps.findLastIndex(isSummary) : -1;
    if (folded >= 0) steps = steps.slice(0, folded);
    const opened = summaryStep(block, steps) ?? headingStep(block, { title, next: blocks[at + 1] });
    if (opened) {
      const beside = steps.find(({ depth }) => depth === opened.depth);
      const isAfterLaunch = beside !== undefined && isNumbered(opened.step) && leadsAfterLaunch(beside.step);
      const step = { ...opened.step, ...(isAfterLaunch && { isAfterLaunch }) };
      steps = [...steps.filter(({ depth }) => depth < opened.depth), { ...opened, step }];
    } else if (block.kind === "paragraph" && steps.at(-1)?.depth === SENTENCE_DEPTH) {
      steps = steps.slice(0, -1);
    }
    if (section.steps.length !== steps.length || steps.some(({ step }, at) => step !== section.steps[at]))
      section = { steps: steps.map(({ step }) => step) };
    return { block, section };
  });
}

interface Opened {
  /** Of a heading, how deep it is written; of a summary, a little deeper than what it stands below. */
  readonly depth: number;
  readonly step: PathStep;
}

const SENTENCE_DEPTH = 7;
const DETAILS_DEPTH = 0.01;

function isSummary({ depth }: Opened): boolean {
  return !Number.isInteger(depth);
}

function closesDetails(block: Block): boolean {
  return block.kind === "paragraph" && block.texts.some((text) => /<\/details>/i.test(text));
}

/** "<summary>" is the heading of all that can be folded away below it. */
function summaryStep(block: Block, above: readonly Opened[]): Opened | undefined {
  if (block.kind !== "paragraph") return undefined;
  const words = /<summary[^>]*>(.*?)(?:<\/summary>|$)/is.exec(block.texts.join("\n"))?.[1];
  const text = words === undefined || words.length > LONGEST ? "" : clean(words);
  if (text === "") return undefined;
  const holder = above.findLast(({ depth }) => depth < SENTENCE_DEPTH)?.depth ?? 0;
  return { depth: holder + DETAILS_DEPTH, step: { text, kind: "heading" } };
}

/** What is longer is a text. */
const LONGEST = 160;

/** "**Required events:**" above a list is a heading of people who have run out of levels. */
function headingStep(
  block: Block,
  { title, next }: { readonly title: Heading | undefined; readonly next: Block | undefined },
): Opened | undefined {
  if (block.kind === "heading") {
    const box = headingBoxOf(block.text);
    const step: PathStep = {
      text: clean(box?.rest ?? block.text),
      kind: block === title ? "title" : "heading",
      ...(box && { taskLine: block.line }),
    };
    return { depth: block.depth, step };
  }
  if (block.kind !== "paragraph" || block.texts.some((text) => boxOf(text))) return undefined;
  const last = withoutComments(block.texts.at(-1) ?? "").trim();
  const isHeading = /^(\*\*|__)[^*_]+\1:?$/.test(last) || /[:：](\*\*|__)?$/.test(last);
  if (last.length > LONGEST || !(isHeading || (block.texts.length === 1 && isPlainHeading(last, next))))
    return undefined;
  const text = clean(last);
  // A sentence says much besides; a few words are a heading.
  return { depth: SENTENCE_DEPTH, step: { text, kind: text.split(" ").length <= 4 ? "heading" : "parent" } };
}

/** "Launch day", "Rollback triggers" on a line of its own right above a list, as text from Word has its headings. */
function isPlainHeading(line: string, next: Block | undefined): boolean {
  const isShort = next?.kind === "entry" && line.split(" ").length <= 4 && !/[.!?。,;]$|[|<>]/.test(line);
  if (!isShort) return false;
  const text = clean(line);
  return (
    phaseOf([{ text, kind: "heading" }]) !== undefined || roleOf({ text: "", path: [text] }) !== undefined
  );
}

function clean(markdown: string): string {
  return withoutLeadingSymbols(plainText(markdown))
    .replace(/[:：]$/, "")
    .trim();
}
