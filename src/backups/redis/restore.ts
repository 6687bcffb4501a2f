import type { RedisPart } from "../../model/backup.ts";
import type { Doors, RedisSession } from "../../model/doors.ts";
import { messageOf, UserError } from "../../model/errors.ts";
import type { Secret } from "../../model/secret.ts";
import { BackupFault } from "../fault.ts";
import type { ReadFrom } from "../objects.ts";
import { lookAt } from "./look.ts";
import { startScratchRedis } from "./scratch.ts";

/**
 * Brings every key of a backup into an empty Redis, wherever that runs: a server of one's own reads the file, and hands
 * its keys over one by one. Throws UserError when it is not empty, BackupFault when it cannot take them.
 */
export async function restoreRedis(
  part: RedisPart,
  from: ReadFrom & { readonly doors: Doors; readonly url: Secret },
): Promise<void> {
  const { doors, signal, url } = from;
  await using live = await doors.redis.open(url, { signal });
  const kept = (await lookAt(live)).lasting;
  if (kept.size > 0) {
    throw new UserError(`that Redis is not empty: it has keys in database ${[...kept.keys()].join(", ")}`, {
      fix: "restore into a new one",
    });
  }
  await using scratch = await startScratchRedis(part, from);
  await using copy = await doors.redis.open(scratch.url, { signal });
  for (const db of (await lookAt(copy)).lasting.keys()) {
    await copy.command("SELECT", db);
    await live.command("SELECT", db);
    await copyKeys({ from: copy, to: live }, signal).catch((thrown: unknown) => {
      throw explain(thrown, part);
    });
  }
}

const KEYS_AT_ONCE = 200;

async function copyKeys(
  { from, to }: { readonly from: RedisSession; readonly to: RedisSession },
  signal: AbortSignal,
): Promise<void> {
  let cursor = "0";
  do {
    signal.throwIfAborted();
    const [next, keys] = (await from.bytes("SCAN", cursor, "COUNT", KEYS_AT_ONCE)) as [Buffer, Buffer[]];
    await Promise.all(
      keys.map(async (key) => {
        const [value, left] = await Promise.all([from.bytes("DUMP", key), from.bytes("PTTL", key)]);
        // Expired between the two.
        if (!Buffer.isBuffer(value)) return;
        // Seen a second time: a scan may show a key twice.
        await to.bytes("RESTORE", key, Math.max(0, Number(left)), value, "REPLACE");
      }),
    );
    cursor = next.toString();
  } while (cursor !== "0");
}

function explain(thrown: unknown, part: RedisPart): unknown {
  const said = messageOf(thrown);
  if (/payload version or checksum|Bad data format/.test(said)) {
    const what = `${part.component} is of Redis ${part.serverVersion}, and the server that is restored into cannot take it`;
    return new BackupFault("wrong version", what, thrown);
  }
  if (/OOM command not allowed/.test(said))
    return new BackupFault("no room", `${part.component}: the Redis that is restored into is full`, thrown);
  return thrown;
}
