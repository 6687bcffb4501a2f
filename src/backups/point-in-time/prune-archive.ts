import type { Place } from "../../model/destination.ts";
import type { Doors } from "../../model/doors.ts";
import {
  type Archive,
  BASE_OBJECT,
  type Base,
  baseFolder,
  baseManifest,
  logFolder,
  readArchive,
} from "./archive.ts";
import type { OwnServer } from "./own-server.ts";
import { windowsOf } from "./window.ts";

export interface Unneeded {
  readonly bases: readonly Base[];
  /** Names of objects of the log, below the place. */
  readonly segments: readonly string[];
  /** What lies there of copies that were given up. */
  readonly leftovers: readonly string[];
}

/** What was begun this long ago and has no manifest is not going to get one. */
const GIVEN_UP_MS = 2 * 86_400_000;

/**
 * What no recovery within the last `windowMs` needs: copies before the newest one that is at least that old, and what
 * was written before the oldest copy that stays. The newest copy that works always stays. Pure.
 */
export function unneededOf(
  archive: Archive,
  at: { readonly component: string; readonly now: number; readonly windowMs: number },
): Unneeded {
  const windows = windowsOf(archive);
  const anchor = windows.filter(({ from }) => from <= at.now - at.windowMs).at(-1) ?? windows[0];
  // Without one that works nobody can tell which is worth keeping.
  const leftovers = archive.unfinished
    .filter(({ begunAt }) => begunAt < at.now - GIVEN_UP_MS)
    .map(({ name }) => name);
  if (!anchor) return { bases: [], segments: [], leftovers };
  const bases = archive.bases.filter(({ consistentAt }) => consistentAt < anchor.from);
  const staying = archive.bases.filter((each) => !bases.includes(each));
  const segments = [...archive.logs].flatMap(([system, log]) => {
    const first = staying
      .filter((each) => each.system === system)
      .map(({ firstSegment }) => firstSegment)
      .toSorted()[0];
    const folder = logFolder(at.component, system);
    // Of a server that is no more: its log goes with its last copy.
    const isOver = first === undefined && log.segments.every(({ coversUntil }) => coversUntil < anchor.from);
    return log.segments
      .filter(({ name }) => (first === undefined ? isOver : name < first))
      .map(({ object }) => `${folder}/${object}`);
  });
  return { bases, segments, leftovers };
}

export async function pruneArchive(at: {
  readonly place: Place;
  readonly server: Pick<OwnServer, "component" | "declared">;
  readonly doors: Doors;
  readonly signal: AbortSignal;
}): Promise<Unneeded> {
  const { place, server, doors, signal } = at;
  const { component, declared } = server;
  const archive = await readArchive(place, component, signal);
  const unneeded = unneededOf(archive, { component, now: doors.clock.now(), windowMs: declared.windowMs });
  for (const { id } of unneeded.bases) {
    // Its manifest first: from then on nothing begins with it.
    await place.remove([baseManifest(component, id)], signal);
    await place.remove([`${baseFolder(component, id)}/${BASE_OBJECT}`], signal);
  }
  const rest = [...unneeded.segments, ...unneeded.leftovers];
  if (rest.length > 0) await place.remove(rest, signal);
  return unneeded;
}
