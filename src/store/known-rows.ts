import type { Kysely } from "kysely";
import type { Clock, Files } from "../model/doors.ts";
import type { KnownRows } from "./away-rows.ts";
import type { Store } from "./store.ts";
import type { Tables } from "./tables.ts";

const MOST = 100;

export async function selectKnown(db: Kysely<Tables>, environment: string): Promise<KnownRows> {
  const newest = { column: "number", order: "desc" } as const;
  return {
    releases: await db
      .selectFrom("release")
      .selectAll()
      .where("environment", "=", environment)
      .orderBy(newest.column, newest.order)
      .limit(MOST)
      .execute(),
    deploys: await db
      .selectFrom("deploy")
      .selectAll()
      .where("environment", "=", environment)
      .orderBy(newest.column, newest.order)
      .limit(MOST)
      .execute(),
  };
}

/** Where an environment keeps what its store on a server knew last; `directory` is the environment's own. */
export function knownFileOf(directory: string): string {
  return `${directory}.known.json`;
}

/** A damaged file is as good as none. */
export function knownIn(text: string | undefined): KnownRows {
  const none: KnownRows = { releases: [], deploys: [] };
  try {
    return text === undefined ? none : { ...none, ...(JSON.parse(text) as KnownRows) };
  } catch {
    return none;
  }
}

/** A server that went away meanwhile must not keep a command from ending. */
const PATIENCE_MS = 2_000;

/** Writes down beside the environment what its store on a server knows, for the day on which that does not answer. */
export async function keepKnown(
  file: string,
  given: {
    readonly store: Pick<Store, "server">;
    readonly environment: string;
    readonly files: Files;
    readonly clock: Clock;
  },
): Promise<void> {
  const { store, environment, files, clock } = given;
  if (!store.server) return;
  const late = new AbortController();
  const known = await Promise.race([
    store.server.known(environment).catch(() => undefined),
    clock.delay(PATIENCE_MS, late.signal).catch(() => undefined),
  ]);
  late.abort();
  if (!known) return;
  const text = `${JSON.stringify(known)}\n`;
  if ((await files.read(file)) !== text) await files.write(file, text, { mode: 0o600 });
}
