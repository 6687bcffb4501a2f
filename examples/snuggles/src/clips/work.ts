import type { Database } from "../database.ts";
import { tellRoom } from "../live/tell.ts";
import { type Log, reasonOf } from "../log.ts";
import { renderClip } from "./render.ts";
import type { ClipStorage } from "./storage.ts";

interface Work {
  readonly id: string;
  readonly owner: string;
  readonly room: string | null;
  readonly title: string;
  readonly attempts: number;
}

const MOST_ATTEMPTS = 3;

/** Takes the oldest clip that waits and makes it; false when none waits. Two workers never take the same one. */
export async function makeNextClip(world: {
  database: Database;
  storage: ClipStorage;
  log: Log;
  signal?: AbortSignal;
}): Promise<boolean> {
  const { database, storage, log, signal } = world;
  const [work] = await database.asSystem((query) =>
    query<Work>(
      `update clips set status = 'processing', started_at = now(), attempts = attempts + 1
       where id = (select id from clips where status = 'queued' order by created_at limit 1 for update skip locked)
       returning id, owner_id as owner, room_id as room, title, attempts`,
    ),
  );
  if (!work) return false;
  const started = performance.now();
  try {
    const key = `${work.owner}/${work.id}.mp4`;
    await storage.put(key, await renderClip(work.title, signal), "video/mp4");
    await end(world, work, { status: "ready", key });
    log.info("clip made", { clip: work.id, ms: Math.round(performance.now() - started) });
  } catch (thrown) {
    const reason = reasonOf(thrown);
    log.warn("clip not made", { clip: work.id, attempt: work.attempts, reason });
    await end(world, work, { status: work.attempts < MOST_ATTEMPTS ? "queued" : "failed", reason });
  }
  return true;
}

async function end(
  { database }: { database: Database },
  { id, room }: Work,
  { status, key = null, reason = null }: { status: string; key?: string | null; reason?: string | null },
): Promise<void> {
  await database.asSystem(async (query) => {
    await query(
      `update clips set status = $2, object_key = $3, failure = $4,
         finished_at = case when $2 = 'queued' then null else now() end
       where id = $1`,
      [id, status, key, reason],
    );
    if (room !== null) await tellRoom(query, room, "clip:status", { id, status });
  });
}
