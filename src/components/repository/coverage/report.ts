import { z } from "zod";

export const COVERED_THINGS = ["lines", "statements", "branches", "functions"] as const;
export type CoveredThing = (typeof COVERED_THINGS)[number];

const countSchema = z.object({ covered: z.number(), total: z.number() });

/** What a report of test coverage counts; what it does not count is absent. */
export const coverageSchema = z.object({
  report: z.string(),
  files: z.number(),
  counts: z.partialRecord(z.enum(COVERED_THINGS), countSchema),
});
export type Coverage = z.output<typeof coverageSchema>;

/**
 * Reads istanbul's json-summary, lcov's tracefile (geninfo(1)), Cobertura's and JaCoCo's XML, or a Go cover profile.
 * Undefined when it is none of these.
 */
export function readCoverage(report: string, text: string): Coverage | undefined {
  const read = text.trimStart().startsWith("{")
    ? istanbul(text)
    : /^(TN|SF):/m.test(text)
      ? lcov(text)
      : /^mode: (set|count|atomic)\n/.test(text)
        ? goProfile(text)
        : /<coverage\b/.test(text)
          ? cobertura(text)
          : /<report\b/.test(text)
            ? jacoco(text)
            : undefined;
  return read && { report, ...read };
}

type Counted = Omit<Coverage, "report">;

const summarySchema = z
  .object({ total: z.partialRecord(z.enum([...COVERED_THINGS, "branchesTrue"]), countSchema) })
  .loose();

function istanbul(text: string): Counted | undefined {
  try {
    const { total, ...files } = summarySchema.parse(JSON.parse(text));
    const { branchesTrue: _, ...counts } = total;
    return { files: Object.keys(files).length, counts };
  } catch {
    return undefined;
  }
}

function lcov(text: string): Counted {
  const sum = (mark: string) =>
    [...text.matchAll(new RegExp(`^${mark}:(\\d+)`, "gm"))].reduce(
      (all, [, count]) => all + Number(count),
      0,
    );
  return {
    files: new Set([...text.matchAll(/^SF:(.+)$/gm)].map(([, file]) => file)).size,
    counts: {
      lines: { covered: sum("LH"), total: sum("LF") },
      ...(sum("BRF") > 0 && { branches: { covered: sum("BRH"), total: sum("BRF") } }),
      ...(sum("FNF") > 0 && { functions: { covered: sum("FNH"), total: sum("FNF") } }),
    },
  };
}

function goProfile(text: string): Counted {
  const blocks = new Map<string, { statements: number; isHit: boolean }>();
  for (const [, place = "", statements, hits] of text.matchAll(/^(\S+:\S+) (\d+) (\d+)$/gm)) {
    const isHit = Number(hits) > 0 || (blocks.get(place)?.isHit ?? false);
    blocks.set(place, { statements: Number(statements), isHit });
  }
  const all = [...blocks.values()];
  const count = (some: typeof all) => some.reduce((sum, { statements }) => sum + statements, 0);
  return {
    files: new Set([...blocks.keys()].map((place) => place.replace(/:[^:]*$/, ""))).size,
    counts: { statements: { covered: count(all.filter(({ isHit }) => isHit)), total: count(all) } },
  };
}

/** The root tells rates, and counts in most writers; without them every line is counted. */
function cobertura(text: string): Counted {
  const root = /<coverage\b[^>]*>/.exec(text)?.[0] ?? "";
  const said = (name: string): number | undefined => {
    const value = new RegExp(`\\b${name}="([\\d.]+)"`).exec(root)?.[1];
    return value === undefined ? undefined : Number(value);
  };
  const hits = [...text.replace(/<methods>[\s\S]*?<\/methods>/g, "").matchAll(/<line\b[^>]*\bhits="(\d+)"/g)];
  const lines = said("lines-valid") ?? hits.length;
  const covered = said("lines-covered") ?? hits.filter(([, count]) => count !== "0").length;
  const branches = said("branches-valid") ?? 0;
  return {
    files: new Set([...text.matchAll(/\bfilename="([^"]+)"/g)].map(([, file]) => file)).size,
    counts: {
      lines: { covered, total: lines },
      ...(branches > 0 && { branches: { covered: said("branches-covered") ?? 0, total: branches } }),
    },
  };
}

/** What stands after the last package counts all of them. */
function jacoco(text: string): Counted {
  const end = text.slice(Math.max(text.lastIndexOf("</package>"), text.lastIndexOf("</group>")));
  const count = (type: string) => {
    const [, missed, covered] = new RegExp(`type="${type}" missed="(\\d+)" covered="(\\d+)"`).exec(end) ?? [];
    return { covered: Number(covered ?? 0), total: Number(covered ?? 0) + Number(missed ?? 0) };
  };
  return {
    files: (text.match(/<sourcefile\b/g) ?? []).length,
    counts: { lines: count("LINE"), branches: count("BRANCH"), functions: count("METHOD") },
  };
}
