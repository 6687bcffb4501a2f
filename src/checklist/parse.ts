import type { ListItem, Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { UserError } from "../model/errors.ts";
import type { Item } from "../model/item.ts";
import { readBinding } from "./binding.ts";
import { phaseOf } from "./phase-words.ts";

/** Something in the checklist that cannot be read as it stands; the file is never touched for it. */
export interface Problem {
  readonly line: number;
  readonly what: string;
}

export interface Checklist {
  readonly items: readonly Item[];
  readonly problems: readonly Problem[];
}

const MOST_CHARACTERS = 2_000_000;

/**
 * The task items of a Markdown checklist, in order: GitHub's task lists at any depth, under headings of any depth.
 * Throws UserError on text too long to be a checklist.
 */
export function parseChecklist(markdown: string): Checklist {
  if (markdown.length > MOST_CHARACTERS) {
    throw new UserError(`the checklist has ${markdown.length} characters; ${MOST_CHARACTERS} are the most`, {
      fix: "split it, or point `checklist` at the right file",
    });
  }
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const items: Item[] = [];
  const problems: Problem[] = [];
  const ids = new Map<string, number>();
  const headings: string[] = [];

  const add = (node: ListItem, parents: readonly string[]): string => {
    const [first] = node.children;
    const line = node.position?.start.line ?? 0;
    const text = first ? plainText(first) : "";
    if (node.checked === null || node.checked === undefined) return text;
    const binding = readBinding(commentsIn(first));
    if (binding && "mistake" in binding) problems.push({ line, what: binding.mistake });
    const path = [...headings.filter((each) => each !== ""), ...parents];
    items.push({
      id: uniqueId(text, ids),
      text,
      phase: phaseOf(path),
      line,
      path,
      claimed: node.checked,
      answeredBy: binding && "answeredBy" in binding ? binding.answeredBy : { by: "nobody" },
    });
    return text;
  };

  const walk = (node: Nodes, parents: readonly string[]): void => {
    if (node.type === "heading") {
      headings.length = node.depth - 1;
      for (let depth = 0; depth < headings.length; depth++) headings[depth] ??= "";
      headings[node.depth - 1] = plainText(node);
      return;
    }
    const here = node.type === "listItem" ? [...parents, add(node, parents)] : parents;
    if ("children" in node) for (const child of node.children) walk(child, here);
  };
  walk(tree, []);
  return { items, problems };
}

function plainText(node: Nodes): string {
  if (node.type === "html") return "";
  if ("value" in node) return node.value;
  if (!("children" in node)) return "";
  return node.children.map(plainText).join("").replaceAll(/\s+/g, " ").trim();
}

function commentsIn(node: Nodes | undefined): string {
  if (!node) return "";
  if (node.type === "html") return node.value;
  return "children" in node ? node.children.map(commentsIn).join("") : "";
}

/** "support-team-trained": the same line has the same id wherever it moves; a double gets a number. */
function uniqueId(text: string, taken: Map<string, number>): string {
  const words = text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/\p{M}/gu, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
  const slug = words.slice(0, 10).join("-") || "item";
  const count = (taken.get(slug) ?? 0) + 1;
  taken.set(slug, count);
  return count === 1 ? slug : `${slug}-${count}`;
}
