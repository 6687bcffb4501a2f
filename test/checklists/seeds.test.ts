import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { formatBinding } from "../../src/checklist/format-binding.ts";
import { importChecklist } from "../../src/checklist/import-checklist.ts";
import { prepared } from "../fixtures/prepared.ts";
import { publishedKnownKinds } from "../fixtures/published-kinds.ts";

// Five documents that teams wrote for their own launches, byte for byte as they were.

const directory = path.join(import.meta.dirname, "seeds");
const seeds = readdirSync(directory).filter((name) => name.endsWith(".md"));
const phases = readFileSync(path.join(directory, "phases.tsv"), "utf8")
  .trim()
  .split("\n")
  .map((row) => row.split("\t"))
  .map(([seed, from, to, count, phase]) => ({
    seed,
    from: Number(from),
    to: Number(to),
    count: Number(count),
    phase,
  }));

const COUNTS: Readonly<Record<string, number>> = {
  backstage: 48,
  soulseer: 209,
  snuggles: 58,
  vocilia: 10,
  dreamcatcher: 253,
};

/** Lines with a box outside code, counted without our parser. */
function boxesIn(text: string): { line: number; ticked: boolean }[] {
  let isCode = false;
  return text.split("\n").flatMap((each, index) => {
    if (/^\s*```/.test(each)) isCode = !isCode;
    const box = isCode ? null : /^\s*(?:[-*+]|\d+\.) \[([ xX])\] \S/.exec(each);
    return box ? [{ line: index + 1, ticked: box[1] !== " " }] : [];
  });
}

describe.each(seeds)("%s", (file) => {
  const seed = file.replace(/\.md$/, "");
  const text = readFileSync(path.join(directory, file), "utf8");
  const request = { kinds: publishedKnownKinds(), launch: undefined, repair: false, prepared };
  const { lines, text: written, refused } = importChecklist({ ...request, text });

  it("has each of its lines once, ticked as it is", () => {
    const items = lines.map(({ item }) => ({ line: item.line, ticked: item.claimed }));
    expect(items).toEqual(boxesIn(text));
    expect(items).toHaveLength(COUNTS[seed] ?? 0);
    expect(new Set(lines.map(({ item }) => item.id)).size).toBe(items.length);
  });

  it("has each of its lines in its phase", () => {
    const expected = phases.filter((each) => each.seed === seed);
    for (const { from, to, count, phase } of expected) {
      const here = lines.filter(({ item }) => item.line >= from && item.line <= to);
      expect({ from, count: here.length, phases: [...new Set(here.map(({ item }) => item.phase))] }).toEqual({
        from,
        count,
        phases: [phase],
      });
    }
    expect(expected.reduce((sum, { count }) => sum + count, 0)).toBe(lines.length);
  });

  it("has an answer behind each line that no other line answers, and is else as it was", () => {
    expect(refused).toEqual([]);
    const [before, after] = [text.split("\n"), written.split("\n")];
    for (const { item, how, binding } of lines) {
      const comment = binding ? ` <!-- gonogo: ${formatBinding(binding)} -->` : "";
      expect(after[item.line - 1]).toBe(`${before[item.line - 1]?.trimEnd()}${comment}`);
      expect(how).toBe(item.isGroup ? "group" : "bound");
    }
    const numbers = new Set(lines.map(({ item }) => item.line));
    expect(after.filter((_, index) => !numbers.has(index + 1))).toEqual(
      before.filter((_, index) => !numbers.has(index + 1)),
    );
    expect(importChecklist({ ...request, text: written }).text).toBe(written);
  });
});
