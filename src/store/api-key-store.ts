import { createHash } from "node:crypto";
import type { Kysely } from "kysely";
import type { ApiKey } from "../model/api-key.ts";
import type { Clock, Random } from "../model/doors.ts";
import { UserError } from "../model/errors.ts";
import { Secret } from "../model/secret.ts";
import type { ApiKeyRow, Tables } from "./tables.ts";

export interface ApiKeyStore {
  /** The key, which is shown now and never again. Throws UserError when the name is taken. */
  add(key: Pick<ApiKey, "name" | "scope" | "madeBy">): Promise<Secret>;
  /** False when there is no such key, or it is revoked already. */
  revoke(name: string): Promise<boolean>;
  /** Newest first. */
  list(): Promise<ApiKey[]>;
  /** Whose key it is; undefined for one that was never made or is revoked. */
  find(key: string): Promise<ApiKey | undefined>;
}

export const API_KEY_TABLES: readonly string[] = [
  `create table api_key (
    hash text primary key,
    name text not null,
    scope text not null,
    made_by text not null,
    made_at bigint not null,
    last_used_at bigint,
    revoked_at bigint
  )`,
  "create unique index api_key_in_use on api_key (name) where revoked_at is null",
];

/** So that scanners of repositories and logs can tell what they have found. */
const PREFIX = "gonogo_";
/** Its last use is written down at most this often. */
const USE_STEP_MS = 60_000;

export function createApiKeyStore(
  db: Kysely<Tables>,
  { clock, random }: { clock: Clock; random: Random },
): ApiKeyStore {
  return {
    add: ({ name, scope, madeBy }) =>
      db.transaction().execute(async (transaction) => {
        const inUse = transaction.selectFrom("api_key").select("hash").where("revoked_at", "is", null);
        if (await inUse.where("name", "=", name).executeTakeFirst())
          throw new UserError(`there is a key "${name}" already`, { fix: `gonogo key revoke ${name}` });
        const key = `${PREFIX}${Buffer.from(random.bytes(32)).toString("base64url")}`;
        const made = { hash: hashOf(key), name, scope, made_by: madeBy, made_at: clock.now() };
        await transaction
          .insertInto("api_key")
          .values({ ...made, last_used_at: null, revoked_at: null })
          .execute();
        return new Secret(key);
      }),
    async revoke(name) {
      const { numUpdatedRows } = await db
        .updateTable("api_key")
        .set({ revoked_at: clock.now() })
        .where("name", "=", name)
        .where("revoked_at", "is", null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async list() {
      return (await db.selectFrom("api_key").selectAll().orderBy("made_at", "desc").execute()).map(toKey);
    },
    async find(key) {
      const hash = hashOf(key);
      const row = await db
        .selectFrom("api_key")
        .selectAll()
        .where("hash", "=", hash)
        .where("revoked_at", "is", null)
        .executeTakeFirst();
      if (!row) return undefined;
      const now = clock.now();
      if (now - (row.last_used_at ?? 0) > USE_STEP_MS)
        await db.updateTable("api_key").set({ last_used_at: now }).where("hash", "=", hash).execute();
      return toKey(row);
    },
  };
}

function hashOf(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

function toKey(row: ApiKeyRow): ApiKey {
  return {
    name: row.name,
    scope: row.scope,
    madeBy: row.made_by,
    madeAt: row.made_at,
    lastUsedAt: row.last_used_at ?? undefined,
    revokedAt: row.revoked_at ?? undefined,
  };
}
