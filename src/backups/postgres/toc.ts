/** An entry of an archive's table of contents. */
export interface TocEntry {
  readonly id: number;
  /** Of the thing in the database it was dumped from. */
  readonly oid: number;
  readonly type: "table" | "index" | "constraint" | "foreign key" | "other";
  /** Made after the rows are there. */
  readonly isAfter: boolean;
  /** Numbers of entries that must be there before. */
  readonly dependsOn: readonly number[];
}

// A schema of the name ATTACH or DATA is taken for a part of the type: its indexes are then made later, with the rest.
const LISTED = /^(\d+); \d+ (\d+) (TABLE(?! ATTACH | DATA )|INDEX(?! ATTACH )|CONSTRAINT|FK CONSTRAINT)?/;
const TYPES = {
  TABLE: "table",
  INDEX: "index",
  CONSTRAINT: "constraint",
  "FK CONSTRAINT": "foreign key",
} as const;

/**
 * `list` and `after` (the section of that name) as `pg_restore --list` writes them; `comments` are the lines of its
 * verbose script that begin with "-- ". Pure.
 */
export function readToc(list: string, after: string, comments: string): TocEntry[] {
  const afterIds = new Set(after.split("\n").map((line) => LISTED.exec(line)?.[1]));
  const dependsOn = dependenciesIn(comments);
  return list.split("\n").flatMap((line): TocEntry[] => {
    const [, id, oid, type] = LISTED.exec(line) ?? [];
    if (id === undefined) return [];
    return [
      {
        id: Number(id),
        oid: Number(oid),
        type: type === undefined ? "other" : TYPES[type as keyof typeof TYPES],
        isAfter: afterIds.has(id),
        dependsOn: dependsOn.get(Number(id)) ?? [],
      },
    ];
  });
}

function dependenciesIn(comments: string): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, readonly number[]>();
  let current: number | undefined;
  for (const line of comments.split("\n")) {
    const needed = /^-- Dependencies:((?: \d+)+)$/.exec(line)?.[1];
    // A function's text may look like this too, but comes after the entry it stands in.
    if (needed !== undefined && current !== undefined && !found.has(current))
      found.set(current, needed.trim().split(" ").map(Number));
    const entry = /^-- TOC entry (\d+) /.exec(line)?.[1];
    current = entry === undefined ? undefined : Number(entry);
  }
  return found;
}
