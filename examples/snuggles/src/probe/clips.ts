import { setTimeout as delay } from "node:timers/promises";
import { createClipStorage } from "../clips/storage.ts";
import { type Database, openDatabase } from "../database.ts";
import { reasonOf } from "../log.ts";
import { readSettings } from "../settings.ts";
import { HOST_PROBE } from "./accounts.ts";

const PATIENCE_MS = 20_000;

/** What checks ask of the making of clips, by the only argument; each prints one JSON object. */
const QUESTIONS: Readonly<Record<string, (database: Database) => Promise<object>>> = {
  "round-trip": (database) => makeClip(database),
  download: (database) => makeClip(database, isGivenOut),
  backlog: async (database) => {
    const [row] = await database.asSystem((query) =>
      query<{ depth: number; oldestMs: number }>(
        `select count(*)::int as depth,
           coalesce(extract(epoch from now() - min(created_at)) * 1000, 0)::int as "oldestMs"
         from clips where status = 'queued'`,
      ),
    );
    return row ?? {};
  },
  "dead-letter": async (database) => {
    const [row] = await database.asSystem((query) =>
      query<{ count: number }>(
        "select count(*)::int as count from clips where status = 'failed' and created_at > now() - interval '1 day'",
      ),
    );
    return row ?? {};
  },
};

/** A clip of a probe account, from its order to the bucket; gone again afterwards. */
async function makeClip(
  database: Database,
  look: (key: string) => Promise<void> = async () => undefined,
): Promise<object> {
  const started = performance.now();
  const [clip] = await database.asPerson(HOST_PROBE, (query) =>
    query<{ id: string }>("insert into clips (owner_id, title) values ($1, 'Probe') returning id", [
      HOST_PROBE,
    ]),
  );
  const key = `${HOST_PROBE}/${clip?.id}.mp4`;
  try {
    for (;;) {
      const [row] = await database.asSystem((query) =>
        query<{ status: string; failure: string | null }>("select status, failure from clips where id = $1", [
          clip?.id,
        ]),
      );
      if (row?.status === "failed") throw new Error(row.failure ?? "it failed");
      if (row?.status === "ready") break;
      if (performance.now() - started > PATIENCE_MS)
        throw new Error(`no worker made the clip within ${PATIENCE_MS} ms`);
      await delay(100);
    }
    await look(key);
    return { ms: Math.round(performance.now() - started) };
  } finally {
    await database.asPerson(HOST_PROBE, (query) => query("delete from clips where id = $1", [clip?.id]));
    await createClipStorage(readSettings()).remove(key);
  }
}

/** Anybody plays it. */
async function isGivenOut(key: string): Promise<void> {
  const answer = await fetch(`${readSettings().storage.publicUrl}/${key}`, {
    signal: AbortSignal.timeout(5_000),
  });
  const bytes = (await answer.arrayBuffer()).byteLength;
  if (!answer.ok || answer.headers.get("content-type") !== "video/mp4" || bytes < 1_000)
    throw new Error(`the bucket answered ${answer.status} with ${bytes} bytes`);
}

const { databaseUrl: url } = readSettings();
const database = openDatabase({ url, poolMax: 1, name: "probe", onIdleError: () => undefined });
try {
  const question = QUESTIONS[process.argv[2] ?? ""];
  if (!question) throw new Error(`ask one of ${Object.keys(QUESTIONS).join(", ")}`);
  process.stdout.write(`${JSON.stringify(await question(database))}\n`);
} catch (thrown) {
  process.stderr.write(`${reasonOf(thrown)}\n`);
  process.exitCode = 1;
} finally {
  await database.close();
}
