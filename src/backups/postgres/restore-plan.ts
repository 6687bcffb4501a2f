import type { BackupObject, OpenPostgresPart, TableContents } from "../../model/backup.ts";
import type { Job } from "../in-turn-of-need.ts";
import type { TocEntry } from "./toc.ts";

/** What one program does: it fills in the rows of an object, or makes entries of the structure, in their order. */
export interface RestoreStep extends Job {
  readonly object?: BackupObject;
  readonly entries: readonly number[];
}

export interface RestorePlan {
  readonly steps: readonly RestoreStep[];
  /** Entries that are made after all steps. */
  readonly rest: readonly number[];
}

/** From this size on a table's indexes are made beside each other; else to start a program for each takes longer. */
const LARGE_BYTES = 64 * 1_048_576;
/** What it takes to make an index and to look through the rows for a key, as a part of what it takes to fill them in. */
const INDEX_COST = 1 / 4;
const KEY_COST = 1 / 8;

interface Planned {
  readonly table: TableContents;
  /** Its rows are in it. */
  readonly object: BackupObject;
  readonly entry: TocEntry;
}

/**
 * Indexes, primary keys and unique constraints of a large table are made once its rows are there, and its foreign keys
 * once both tables have theirs, while other tables are still filled. Pure.
 */
export function planRestore(
  toc: readonly TocEntry[],
  part: Pick<OpenPostgresPart, "objects"> & {
    readonly contents: Pick<OpenPostgresPart["contents"], "tables">;
  },
): RestorePlan {
  const rows = part.objects.filter(({ holds }) => holds === "data" || holds === "rows of a table");
  const fills = rows.map(
    (object): RestoreStep => ({
      name: object.name,
      needs: [],
      alone: [],
      cost: object.plainBytes,
      object,
      entries: [],
    }),
  );
  const entryOf = new Map(toc.flatMap((each) => (each.type === "table" ? [[each.oid, each] as const] : [])));
  const small = rows.find(({ holds }) => holds === "data");
  const tables = part.contents.tables.flatMap((table): Planned[] => {
    const object = table.object === undefined ? small : rows.find(({ name }) => name === table.object);
    const entry = entryOf.get(table.oid);
    return object && entry ? [{ table, object, entry }] : [];
  });
  const keys = keysOf(toc, tables).filter(({ of }) => of.some(({ object }) => object !== small));
  const large = tables.filter(({ object }) => object !== small);
  const awaited = tables.filter((each) => each.object === small && keys.some(({ of }) => of.includes(each)));
  const rules = [
    ...large.flatMap((each) => stepsOf(each, toc)),
    ...(small && awaited.length > 0
      ? [
          stepOf(
            small,
            awaited.flatMap(({ entry }) => ownRules(toc, entry)),
          ),
        ]
      : []),
  ].filter(({ entries }) => entries.length > 0);
  const makers = new Map(rules.flatMap((step) => step.entries.map((id) => [id, step.name] as const)));
  const after = new Set(toc.filter(({ isAfter }) => isAfter).map(({ id }) => id));
  const steps = [
    ...fills,
    ...rules,
    ...keys
      .filter(({ entry }) => entry.dependsOn.every((id) => !after.has(id) || makers.has(id)))
      .map((key) => keyStep(key, rules)),
  ];
  const taken = new Set(steps.flatMap(({ entries }) => entries));
  return { steps, rest: toc.filter(({ id, isAfter }) => isAfter && !taken.has(id)).map(({ id }) => id) };
}

function stepOf(object: BackupObject, entries: readonly number[]): RestoreStep {
  const cost = object.plainBytes * INDEX_COST * entries.length;
  return { name: `rules of ${object.name}`, needs: [object.name], alone: [], cost, entries };
}

/** Constraints lock the whole table, so they come first; then indexes may be made beside each other. */
function stepsOf({ object, entry }: Planned, toc: readonly TocEntry[]): RestoreStep[] {
  const own = ownRules(toc, entry);
  if (object.plainBytes < LARGE_BYTES) return [stepOf(object, own)];
  const constraints = toc.filter(({ id, type }) => type === "constraint" && own.includes(id));
  const isFirst = (id: number): boolean =>
    constraints.some((each) => each.id === id || each.dependsOn.includes(id));
  const first = stepOf(object, own.filter(isFirst));
  const indexes = own.filter((id) => !isFirst(id));
  const needs = first.entries.length > 0 ? [first.name] : first.needs;
  return [
    first,
    ...indexes.map((id) => ({ ...stepOf(object, [id]), name: `index ${id} of ${object.name}`, needs })),
  ];
}

interface Key {
  readonly entry: TocEntry;
  readonly of: readonly Planned[];
}

/** Those between tables that hold rows themselves: a partitioned one's keys wait for all of its partitions. */
function keysOf(toc: readonly TocEntry[], tables: readonly Planned[]): Key[] {
  const known = new Map(tables.map((each) => [each.entry.id, each]));
  const all = new Set(toc.filter(({ type }) => type === "table").map(({ id }) => id));
  return toc.flatMap((entry): Key[] => {
    if (entry.type !== "foreign key") return [];
    const ids = [...new Set(entry.dependsOn)].filter((id) => all.has(id));
    const of = ids.flatMap((id) => known.get(id) ?? []);
    return of.length > 0 && of.length === ids.length ? [{ entry, of }] : [];
  });
}

/** It locks both tables, so it waits for all that is made of them, and two keys of one table for each other. */
function keyStep({ entry, of }: Key, rules: readonly RestoreStep[]): RestoreStep {
  const objects = of.map(({ object }) => object.name);
  const made = rules.filter((step) => objects.some((name) => step.name.endsWith(` of ${name}`)));
  return {
    name: `key ${entry.id}`,
    needs: [...objects, ...made.map(({ name }) => name)],
    alone: of.map(({ table }) => table.name),
    cost: KEY_COST * of.reduce((sum, { object }) => sum + object.plainBytes, 0),
    entries: [entry.id],
  };
}

/** Indexes, primary keys and unique constraints that need no other table than this one, in an order that works. Pure. */
function ownRules(toc: readonly TocEntry[], table: TocEntry): readonly number[] {
  const awaited = new Set(toc.filter(({ type, isAfter }) => isAfter || type === "table").map(({ id }) => id));
  awaited.delete(table.id);
  const own: number[] = [];
  for (const { id, type, dependsOn } of toc) {
    if (type !== "index" && type !== "constraint") continue;
    if (!dependsOn.includes(table.id) || dependsOn.some((each) => awaited.has(each))) continue;
    awaited.delete(id);
    own.push(id);
  }
  return own;
}
