import { createHash } from "node:crypto";
import type { RedisContents, RedisDatabase } from "../../model/backup.ts";
import type { RedisSession } from "../../model/doors.ts";

/** What a Redis says of itself at one moment. */
export interface RedisLook {
  readonly version: string;
  readonly major: number;
  readonly usedBytes: number;
  /** Database -> keys without an expiry. */
  readonly lasting: ReadonlyMap<number, number>;
  readonly savedAt: string;
  readonly changesSince: number;
  readonly commands: number;
}

export async function lookAt(session: RedisSession): Promise<RedisLook> {
  const info = String(await session.command("INFO"));
  const field = (name: string): string => new RegExp(`^${name}:(\\S+)`, "m").exec(info)?.[1] ?? "";
  const version = field("redis_version") || "unknown";
  const databases = [...info.matchAll(/^db(\d+):keys=(\d+),expires=(\d+)/gm)];
  return {
    version,
    major: Number.parseInt(version, 10) || 0,
    usedBytes: Number(field("used_memory")) || 0,
    lasting: new Map(databases.map(([, db, keys, expires]) => [Number(db), Number(keys) - Number(expires)])),
    savedAt: field("rdb_last_save_time"),
    changesSince: Number(field("rdb_changes_since_last_save")) || 0,
    commands: Number(field("total_commands_processed")) || 0,
  };
}

/** How many keys there can have been at a moment between two looks. Pure. */
export function between(before: RedisLook, after: RedisLook): RedisDatabase[] {
  const databases = [...new Set([...before.lasting.keys(), ...after.lasting.keys()])];
  // Redis counts changes from its last save on; where it saved meanwhile, every command may have been one.
  const wasSaved = before.savedAt !== after.savedAt || after.changesSince < before.changesSince;
  const changes = wasSaved ? after.commands - before.commands : after.changesSince - before.changesSince;
  return databases.map((db) => {
    const counts = [before.lasting.get(db) ?? 0, after.lasting.get(db) ?? 0];
    return { db, lasting: [Math.max(0, Math.min(...counts) - changes), Math.max(...counts) + changes] };
  });
}

const SAMPLES = 200;
/** A longer value is compared by its length. */
const WHOLE_LENGTH = 1_000;

type Sample = RedisContents["samples"][number];

/** Some keys of every database that has any, with what they hold. Those that expire may be gone before a restore. */
export async function sample(session: RedisSession, databases: Iterable<number>): Promise<Sample[]> {
  const all = [...databases];
  const found = new Map<string, Sample>();
  for (const db of all) {
    await session.command("SELECT", db);
    for (let draw = 0; draw < SAMPLES / all.length; draw++) {
      const key = await session.command("RANDOMKEY");
      // A name that is no text cannot be told from another.
      if (typeof key !== "string" || key.includes("\uFFFD")) continue;
      if (Number(await session.command("PTTL", key)) !== -1) continue;
      found.set(`${db} ${key}`, { db, key, digest: await digestOf(session, key) });
    }
  }
  return [...found.values()];
}

/** Those whose value is still, or again, the same. */
export async function unchanged(session: RedisSession, samples: readonly Sample[]): Promise<Sample[]> {
  const same: Sample[] = [];
  for (const each of samples) {
    await session.command("SELECT", each.db);
    if ((await digestOf(session, each.key)) === each.digest) same.push(each);
  }
  return same;
}

/** Says the same of the same value whatever order Redis gives its members in. */
async function digestOf(session: RedisSession, key: string): Promise<string> {
  const type = String(await session.command("TYPE", key));
  const reader = READERS[type];
  // A module's own type: that it is there is what can be said.
  if (!reader) return type;
  const { scale = 1, order = (each) => each } = reader;
  const length = Number(await session.command(reader.length, key));
  const value =
    length > WHOLE_LENGTH * scale
      ? length
      : order(asText(await session.bytes(reader.read[0], key, ...reader.read.slice(1))));
  return createHash("sha256")
    .update(JSON.stringify([type, value]))
    .digest("hex")
    .slice(0, 16);
}

type Text = string | readonly Text[];

interface Reader {
  readonly length: string;
  /** How much of a length one member stands for. */
  readonly scale?: number;
  /** A command and what follows the key. */
  readonly read: readonly [command: string, ...rest: string[]];
  readonly order?: (value: Text) => Text;
}
const READERS: Readonly<Record<string, Reader>> = {
  string: { length: "STRLEN", scale: 64, read: ["GET"] },
  list: { length: "LLEN", read: ["LRANGE", "0", "-1"] },
  set: { length: "SCARD", read: ["SMEMBERS"], order: sorted },
  zset: { length: "ZCARD", read: ["ZRANGE", "0", "-1", "WITHSCORES"] },
  hash: { length: "HLEN", read: ["HGETALL"], order: pairs },
  stream: { length: "XLEN", read: ["XRANGE", "-", "+"] },
};

/** A byte is a character: what is no UTF-8 keeps what makes it differ. */
function asText(value: unknown): Text {
  if (Array.isArray(value)) return value.map(asText);
  return Buffer.isBuffer(value) ? value.toString("latin1") : String(value);
}

function sorted(value: Text): Text {
  return typeof value === "string" ? value : value.map(String).sort();
}

/** Field, value, field, value. */
function pairs(value: Text): Text {
  if (typeof value === "string") return value;
  return value
    .flatMap((field, index) => (index % 2 === 0 ? [JSON.stringify([field, value[index + 1]])] : []))
    .sort();
}
