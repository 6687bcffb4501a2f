import { join } from "node:path";
import type { PointInTimeSeen } from "../../model/backup.ts";
import type { Doors } from "../../model/doors.ts";
import { messageOf } from "../../model/errors.ts";
import { type BackupScene, type NamedPlace, placesOf } from "../scene.ts";
import { readArchive } from "./archive.ts";
import { recall } from "./bring-away.ts";
import { type OwnServer, ownServers } from "./own-server.ts";
import { isSegment, segmentOf } from "./segments.ts";
import { stretchesOf, windowsOf } from "./window.ts";

const LIMIT_MS = 30_000;

/** What is to be seen of every archive without bringing anything there. */
export async function lookAtArchives(scene: BackupScene, signal: AbortSignal): Promise<PointInTimeSeen[]> {
  const seen: PointInTimeSeen[] = [];
  for (const server of await ownServers(scene)) {
    const places: PointInTimeSeen["places"][number][] = [];
    for (const place of placesOf(scene)) places.push(await look(place, server.component, signal));
    const { component, declared } = server;
    const { everyMs, windowMs } = declared;
    const transactions = (await recall(server, scene.doors))?.transactions;
    const waiting = await waitingOf(server, scene.doors);
    seen.push({ component, everyMs, windowMs, places, waiting, transactions });
  }
  return seen;
}

async function look(
  { name, isElsewhere, place }: NamedPlace,
  component: string,
  signal: AbortSignal,
): Promise<PointInTimeSeen["places"][number]> {
  const late = AbortSignal.timeout(LIMIT_MS);
  try {
    const archive = await readArchive(place, component, AbortSignal.any([signal, late]));
    const windows = windowsOf(archive);
    return {
      name,
      isElsewhere,
      unreachable: undefined,
      stretches: stretchesOf(windows),
      copies: windows.length,
      lastSegment: windows.at(-1)?.segments.at(-1)?.name,
    };
  } catch (thrown) {
    signal.throwIfAborted();
    const unreachable = late.aborted ? "it did not answer in time" : messageOf(thrown);
    return { name, isElsewhere, unreachable, stretches: [], copies: 0, lastSegment: undefined };
  }
}

async function waitingOf(
  { spool, outbox }: OwnServer,
  { files }: Doors,
): Promise<PointInTimeSeen["waiting"]> {
  const plain = (await files.list(spool)).filter(isSegment).map((name) => join(spool, name));
  const sealed = (await files.list(outbox))
    .filter((name) => segmentOf(name, 0) !== undefined)
    .map((name) => join(outbox, name));
  const sizes = await Promise.all(
    [...plain, ...sealed].map(async (file) => (await files.stat(file))?.sizeBytes ?? 0),
  );
  return { segments: sizes.length, bytes: sizes.reduce((sum, bytes) => sum + bytes, 0) };
}
