import { join } from "node:path";
import type { Place } from "../../model/destination.ts";
import type { Doors } from "../../model/doors.ts";
import type { Secret } from "../../model/secret.ts";
import { readObject } from "../objects.ts";
import type { Segment } from "./segments.ts";

/** Hands a recovering server the segments it asks for, a few ahead: the whole log need not fit on this machine. */
export interface SegmentFeed {
  /** Shell line for `restore_command`. */
  readonly command: string;
  /** Feeds until `signal` aborts. Throws BackupFault when a segment is not what was stored. */
  run(signal: AbortSignal): Promise<void>;
}

const AHEAD = 4;
/** A server that begins goes back once, from its checkpoint to where that began. */
const BEHIND = 4;
const LOOK_AGAIN_MS = 20;

// Asked for a file that the log never has (a later time line), it says so at once.
const SCRIPT = `
case $2 in
  *[!0-9A-F]*) exit 1 ;;
esac
: > "$1/asked/$2"
until [ -f "$1/ready/$2" ]; do
  [ -f "$1/none/$2" ] && exit 1
  [ -f "$1/ended" ] && exit 255
  sleep 0.05
done
rm -f "$1/asked/$2"
exec cp "$1/ready/$2" "$3"
`;

/** `home` belongs to the server's user alone; `folders` of it are made by the caller as that user. */
export const FEED_FOLDERS: readonly string[] = ["asked", "ready", "none"];

export async function openSegmentFeed(options: {
  readonly home: string;
  readonly place: Place;
  /** Of the log at the place. */
  readonly folder: string;
  readonly segments: readonly Segment[];
  readonly identities: readonly Secret[];
  readonly doors: Doors;
  readonly onBytes?: (bytes: number) => void;
}): Promise<SegmentFeed> {
  const { home, place, folder, segments, identities, doors, onBytes } = options;
  const script = join(home, "fetch.sh");
  // Its directory is closed to everybody but the server's user.
  await doors.files.write(script, SCRIPT, { mode: 0o644 });
  const index = new Map(segments.map(({ name }, position) => [name, position]));
  const ready = new Set<number>();

  async function bring(position: number, signal: AbortSignal): Promise<void> {
    const segment = segments[position];
    if (!segment || ready.has(position)) return;
    const { name, object, sizeBytes, sha256 } = segment;
    const part = join(home, "part");
    const from = { place, backup: folder, identities, signal, ...(onBytes && { onBytes }) };
    await readObject(
      { name: object, holds: "data", sizeBytes, plainBytes: 0, sha256 },
      from,
      await doors.files.writeStream(part, { mode: 0o644 }),
    );
    await doors.files.rename(part, join(home, "ready", name));
    ready.add(position);
  }

  async function answer(name: string, signal: AbortSignal): Promise<void> {
    const position = index.get(name);
    if (position === undefined) return await doors.files.write(join(home, "none", name), "");
    for (let next = position; next <= position + AHEAD; next++) await bring(next, signal);
    for (const old of [...ready].filter((each) => each < position - BEHIND)) {
      ready.delete(old);
      await doors.files.remove(join(home, "ready", segments[old]?.name ?? ""));
    }
  }

  return {
    command: `/bin/sh ${quoted(script)} ${quoted(home)} %f %p`,
    async run(signal) {
      try {
        while (!signal.aborted) {
          const asked = await doors.files.list(join(home, "asked"));
          for (const name of asked) await answer(name, signal);
          await doors.clock.delay(LOOK_AGAIN_MS, signal).catch(() => undefined);
        }
      } catch (thrown) {
        if (signal.aborted) return;
        throw thrown;
      } finally {
        await doors.files.write(join(home, "ended"), "").catch(() => undefined);
      }
    },
  };
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", `'\\''`).replaceAll("%", "%%")}'`;
}
