import { Readable } from "node:stream";
import { z } from "zod";
import type { BackupObject, DatabaseContents, RedisContents } from "../model/backup.ts";
import { BackupFault } from "./fault.ts";
import { type ReadFrom, readObject, type WriteTo, writeObject } from "./objects.ts";

// Names of tables and keys, and how many there are of each, tell what a business does: they lie sealed beside the data.
// What is left in the manifest is what a listing needs: sizes, checksums, versions, times.

const database: z.ZodType<DatabaseContents> = z.object({
  tables: z.array(
    z.object({
      name: z.string(),
      rows: z.number(),
      sampledRows: z.number(),
      checksum: z.string(),
      everyNth: z.int().min(1),
      oid: z.int(),
      object: z.string().exactOptional(),
      columns: z.array(z.string()).exactOptional(),
    }),
  ),
  sequences: z.array(z.object({ name: z.string(), lastValue: z.string().nullable() })),
  rules: z.record(z.string(), z.string()),
  extensions: z.array(z.object({ name: z.string(), version: z.string() })),
  roles: z.array(z.string()),
  encoding: z.string(),
});
const redis: z.ZodType<RedisContents> = z.object({
  databases: z.array(z.object({ db: z.int().min(0), lasting: z.tuple([z.number(), z.number()]) })),
  samples: z.array(z.object({ db: z.int().min(0), key: z.string(), digest: z.string() })),
});

interface Part {
  readonly component: string;
  readonly objects: readonly BackupObject[];
}

/** `to.file` is where the object is written; its name below the backup is `name`. */
export async function writeContents(
  contents: DatabaseContents | RedisContents,
  to: WriteTo & { readonly name: string },
): Promise<BackupObject> {
  const written = await writeObject(Readable.from([Buffer.from(JSON.stringify(contents))]), to);
  return { name: to.name, holds: "contents", ...written };
}

/** Throws BackupFault when they are missing, damaged, or sealed to another key. */
export function readDatabaseContents(part: Part, from: ReadFrom): Promise<DatabaseContents> {
  return readContents(part, from, database);
}

export function readRedisContents(part: Part, from: ReadFrom): Promise<RedisContents> {
  return readContents(part, from, redis);
}

async function readContents<Contents>(
  part: Part,
  from: ReadFrom,
  shape: z.ZodType<Contents>,
): Promise<Contents> {
  const object = objectHolding(part, "contents");
  const chunks: Buffer[] = [];
  await readObject(object, from, async (plain) => {
    for await (const chunk of plain) chunks.push(chunk);
  });
  const parsed = shape.safeParse(JSON.parse(Buffer.concat(chunks).toString("utf8")));
  if (parsed.success) return parsed.data;
  throw new BackupFault("wrong version", `${object.name} is of another version of Gonogo`);
}

/** The one object of a part that holds this. Throws BackupFault. */
export function objectHolding({ component, objects }: Part, holds: BackupObject["holds"]): BackupObject {
  const found = objects.find((object) => object.holds === holds);
  if (found) return found;
  throw new BackupFault("missing object", `${component}: no object holds the ${holds}`);
}
