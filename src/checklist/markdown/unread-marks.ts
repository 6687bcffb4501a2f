import type { Block, Entry } from "./blocks.ts";
import { emojiMarkOf } from "./line-shapes.ts";
import { inSections, isAside } from "./sections.ts";
import type { TaskLine } from "./task-lines.ts";

/**
 * Lines of bullets with a sign ("✅ Domain registered") in a document whose tasks have boxes: meant as tasks or as a
 * report of what is done, nobody knows. What stands below a task belongs to it.
 */
export function unreadMarks(blocks: readonly Block[], tasks: readonly TaskLine[]): number[] {
  const marked = blocks.filter((block) => block.kind === "entry" && emojiMarkOf(block.text) !== undefined);
  if (marked.length === 0) return [];
  const read = new Set(tasks.map(({ line }) => line));
  const isRead = (entry: Entry | undefined): boolean =>
    entry !== undefined && (read.has(entry.lines[0] ?? 0) || isRead(entry.parent));
  return inSections(blocks).flatMap(({ block, section }) => {
    if (block.kind !== "entry" || !emojiMarkOf(block.text) || isAside(section) || isRead(block)) return [];
    return block.lines.slice(0, 1);
  });
}
