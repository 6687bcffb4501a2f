import { CHAIN_START, chainHash } from "./evidence-chain.ts";

/** A row of a chain as people can be told of it. */
export interface ChainRow {
  readonly seq: number;
  readonly environment: string;
  /** "database/postgres.connection", "sign-off of support-team-trained". */
  readonly about: string;
  readonly at: number;
}

export interface ChainBreak {
  readonly seq: number;
  /**
   * "changed": its hash does not follow, so it or the row before it is not what was written. "hidden": it is the
   * newest answer but another is shown as that. "cut off": the chain goes on, or should, after this row.
   */
  readonly change: "changed" | "removed" | "inserted" | "hidden" | "cut off";
  /** Undefined when the row itself is gone. */
  readonly row: ChainRow | undefined;
  /** The last row before it that is there. */
  readonly before: ChainRow | undefined;
}

export interface ChainReport {
  readonly rows: number;
  /** Hash of the last row: whoever wrote it down elsewhere can prove that everything up to there is as it was. */
  readonly head: string;
  /** The first ones; empty when every row follows from the one before. */
  readonly breaks: readonly ChainBreak[];
}

export interface Link extends ChainRow {
  readonly hash: string;
  /** What the hash is of, besides the hash before. */
  readonly content: object;
}

export interface Chain {
  readonly head: { readonly rows: number; readonly hash: string } | undefined;
  /** Rows after `seq` up to the head's last in order, a page of them; empty at the end. */
  page(seq: number): Promise<readonly Link[]>;
  /** Rows past the head as it is at that moment. */
  beyond(): Promise<readonly Link[]>;
}

const MOST_BREAKS = 50;

/** Walks a chain from its start and finds every place where a row does not follow from the one before. */
export async function walkChain(
  { head, page, beyond }: Chain,
  visit: (link: Link) => void = () => undefined,
): Promise<ChainReport> {
  const breaks: ChainBreak[] = [];
  const tell = (found: ChainBreak): void => {
    if (breaks.length < MOST_BREAKS) breaks.push(found);
  };
  const length = head?.rows ?? 0;
  let before: Link | undefined;
  // What the next row may be chained to; nothing after a gap, because what was there is not known.
  let ends: readonly string[] = [CHAIN_START];
  let last = CHAIN_START;
  for (let links = await page(0); links.length > 0; links = await page(links.at(-1)?.seq ?? 0)) {
    for (const link of links) {
      const expected = (before?.seq ?? 0) + 1;
      const row = rowOf(link);
      if (link.seq < expected || !Number.isInteger(link.seq)) {
        tell({ seq: link.seq, change: "inserted", row, before: before && rowOf(before) });
        continue;
      }
      if (link.seq > expected) {
        for (let seq = expected; seq < link.seq && breaks.length < MOST_BREAKS; seq++) {
          tell({ seq, change: "removed", row: undefined, before: before && rowOf(before) });
        }
        ends = [];
      }
      const hashes = ends.map((end) => chainHash(end, link.content));
      const follows = ends.length === 0 || hashes.includes(link.hash);
      if (!follows) tell({ seq: link.seq, change: "changed", row, before: before && rowOf(before) });
      // Either the row's words were changed and its hash kept, or only the hash: the next row tells.
      ends = follows ? [link.hash] : [link.hash, ...hashes];
      last = link.hash;
      before = link;
      visit(link);
    }
  }
  const reached = before?.seq ?? 0;
  for (let seq = reached + 1; seq <= length && breaks.length < MOST_BREAKS; seq++) {
    tell({ seq, change: "removed", row: undefined, before: before && rowOf(before) });
  }
  if (reached === length && head?.hash !== last && breaks.length === 0) {
    tell({ seq: Math.max(1, reached), change: "cut off", row: before && rowOf(before), before: undefined });
  }
  for (const link of await beyond()) {
    tell({ seq: link.seq, change: "inserted", row: rowOf(link), before: before && rowOf(before) });
  }
  return { rows: length, head: head?.hash ?? CHAIN_START, breaks };
}

function rowOf({ seq, environment, about, at }: ChainRow): ChainRow {
  return { seq, environment, about, at };
}
