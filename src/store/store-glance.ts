import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { Kysely } from "kysely";
import type { Doors } from "../model/doors.ts";
import { createApiKeyStore } from "./api-key-store.ts";
import { createEvidenceStore } from "./evidence-store.ts";
import { createIncidentStore } from "./incident-store.ts";
import { createReleaseStore } from "./release-store.ts";
import { createSilenceStore } from "./silence-store.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";
import type { Store } from "./store.ts";
import type { Tables } from "./tables.ts";

/** What a look at a store reads. */
export interface StoreGlance extends AsyncDisposable {
  readonly evidence: Pick<Store["evidence"], "latest">;
  readonly releases: Pick<Store["releases"], "list">;
  readonly incidents: Pick<Store["incidents"], "list">;
  readonly silences: Pick<Store["silences"], "list">;
  readonly keys: Pick<Store["keys"], "list">;
}

/**
 * Opens the store in a file to look at it: nothing is made, brought up to date or left beside it. Throws where there is
 * none; its reads throw where it is of another schema.
 */
export async function glanceAtStore(
  file: string,
  { files, clock, random }: Pick<Doors, "files" | "clock" | "random">,
): Promise<StoreGlance> {
  const url = pathToFileURL(file);
  // Whoever has it open keeps files beside it that tell what is newest; without them the file is all there is, and
  // SQLite would make them anew for a reader, too (https://sqlite.org/wal.html#readonly).
  if (!(await files.stat(`${file}-wal`))) url.searchParams.set("immutable", "1");
  const db = new Kysely<Tables>({ dialect: sqliteDialect(new DatabaseSync(url, { readOnly: true }), file) });
  return {
    evidence: createEvidenceStore(db),
    releases: createReleaseStore(db),
    incidents: createIncidentStore(db),
    silences: createSilenceStore(db),
    keys: createApiKeyStore(db, { clock, random }),
    [Symbol.asyncDispose]: () => db.destroy(),
  };
}
