import { join } from "node:path";
import { ownTagText, TAG, textGoesOn } from "../../agent/process-tag.ts";
import type { Doors } from "../../model/doors.ts";
import { messageOf, OutsideError } from "../../model/errors.ts";
import { recipientsOf } from "../keys.ts";
import { writeObject } from "../objects.ts";
import { type BackupScene, type NamedPlace, placesOf } from "../scene.ts";
import { type Covered, coveredFile, logFolder } from "./archive.ts";
import type { OwnServer } from "./own-server.ts";
import { isSegment, objectOf, segmentOf } from "./segments.ts";
import { inTurn } from "./turn.ts";

const UNFINISHED = new RegExp(`\\.(${TAG})\\.making$`);

/** What one pass has done. */
export interface Brought {
  readonly segments: number;
  /** Nothing that was committed before this time is missing; undefined: the server does not answer. */
  readonly until: number | undefined;
}

const ARCHIVE_LIMIT_MS = 30_000;
const TURN_LIMIT_MS = 60_000;
const LOOK_AGAIN_MS = 50;
/** A commit says its time a moment before others can see it. */
export const MARGIN_MS = 1_000;

/**
 * Has the server finish the segment that is being written, if anything was written, and brings every finished one to
 * every destination: compressed, sealed, then removed here. What a destination refuses stays for the next time, and
 * OutsideError says so after the others have theirs.
 */
export async function bringAway(
  scene: BackupScene,
  server: OwnServer,
  signal: AbortSignal,
): Promise<Brought> {
  const { doors } = scene;
  await doors.files.makeDirectory(server.outbox, { mode: 0o700 });
  const turn = join(server.outbox, "bringing");
  const brought = await inTurn(turn, { doors, signal, waitMs: TURN_LIMIT_MS }, () =>
    bring(scene, server, signal),
  );
  if (brought) return brought;
  throw new OutsideError("another Gonogo is bringing it away, and has not finished", { retryable: true });
}

async function bring(scene: BackupScene, server: OwnServer, signal: AbortSignal): Promise<Brought> {
  const { doors, launch } = scene;
  const moment = await finishSegment(server, doors, signal);
  const system = moment?.system ?? (await knownSystem(server, doors));
  if (system === undefined) return { segments: 0, until: undefined };
  const recipients = await recipientsOf({ ...scene, project: launch.directory });
  const sealed = await sealAll(server, { recipients, doors, signal });
  const problems: string[] = [];
  for (const place of placesOf(scene)) {
    try {
      await bringTo(place, { server, system, sealed, covered: moment?.covered, doors, signal });
    } catch (thrown) {
      signal.throwIfAborted();
      problems.push(`${place.name} (${place.place.label}): ${messageOf(thrown)}`);
    }
  }
  if (problems.length > 0) throw new OutsideError(problems.join("; "), { retryable: true });
  for (const name of sealed) await doors.files.remove(join(server.outbox, name));
  if (moment) await remember(server, moment, doors);
  return { segments: sealed.length, until: moment?.covered.until };
}

interface Moment {
  readonly system: string;
  readonly covered: Covered;
  /** Transactions that were over: the same ones later mean that nothing was written since. */
  readonly transactions: string;
}

/** Undefined while the server does not answer: what it finished before is brought away all the same. */
async function finishSegment(
  server: OwnServer,
  doors: Doors,
  signal: AbortSignal,
): Promise<Moment | undefined> {
  const before = await recall(server, doors);
  const session = await doors.sql.open(server.url, { readOnly: false, signal }).catch(() => undefined);
  if (!session) return undefined;
  await using open = session;
  const [now] = await open.query<{ at: number; transactions: string; system: string }>(`
    select floor(extract(epoch from statement_timestamp()) * 1000)::float8 as at,
           txid_current_snapshot()::text as transactions,
           (select system_identifier::text from pg_control_system()) as system`);
  if (!now) return undefined;
  const isSame = before?.system === now.system && before.transactions === now.transactions;
  // Left alone, an idle server would fill the destinations with empty segments.
  const segment = isSame ? before.covered.segment : await finished();
  if (!isSame) await untilArchived(segment);
  const { system, transactions } = now;
  return { system, transactions, covered: { version: 1, until: now.at - MARGIN_MS, segment } };

  /** The segment it ends; where nothing was written since the last was ended, that one. */
  async function finished(): Promise<string> {
    const [ended] = await open.query<{ segment: string }>(
      "select pg_walfile_name(pg_switch_wal()) as segment",
    );
    if (!ended) throw new OutsideError(`the server of ${server.component} does not end its segment`);
    return ended.segment;
  }

  async function untilArchived(wanted: string): Promise<void> {
    const deadline = doors.clock.monotonicMs() + ARCHIVE_LIMIT_MS;
    for (;;) {
      const [told] = await open.query<{ last: string | null; failed: string | null; mode: string }>(`
        select last_archived_wal as last, current_setting('archive_mode') as mode,
               case when last_failed_time > coalesce(last_archived_time, '-infinity') then last_failed_wal end as failed
        from pg_stat_archiver`);
      if (told?.mode === "off") {
        throw new OutsideError(
          `the server of ${server.component} was started before it was declared to archive`,
          {
            retryable: false,
          },
        );
      }
      if ((told?.last ?? "") >= wanted) return;
      if (doors.clock.monotonicMs() > deadline) {
        const why = told?.failed ? `: it fails to archive ${told.failed}` : "";
        throw new OutsideError(`the server of ${server.component} does not hand over ${wanted}${why}`, {
          retryable: true,
        });
      }
      await doors.clock.delay(LOOK_AGAIN_MS, signal);
    }
  }
}

/** Seals what the server has finished; each file is whole under its name, whatever interrupts this. */
async function sealAll(
  { spool, outbox }: OwnServer,
  at: { readonly recipients: readonly string[]; readonly doors: Doors; readonly signal: AbortSignal },
): Promise<string[]> {
  const { doors, signal, recipients } = at;
  await clearUnfinished(outbox, doors);
  for (const name of (await doors.files.list(spool)).filter(isSegment)) {
    const plain = join(spool, name);
    const finishedAt = (await doors.files.stat(plain))?.modifiedAt;
    // Another Gonogo of this environment may have been faster.
    if (finishedAt === undefined) continue;
    const file = join(outbox, `${name}.${ownTagText()}.making`);
    const { sha256 } = await writeObject(await doors.files.readStream(plain), {
      file,
      recipients,
      doors,
      signal,
    });
    await doors.files.rename(file, join(outbox, objectOf(name, { finishedAt, sha256 })));
    await doors.files.remove(plain);
  }
  const found = await doors.files.list(outbox);
  return found.filter((name) => segmentOf(name, 0) !== undefined);
}

/** Of processes that were killed: what they were sealing is still in the spool. */
async function clearUnfinished(outbox: string, doors: Doors): Promise<void> {
  for (const name of await doors.files.list(outbox)) {
    const tag = UNFINISHED.exec(name)?.[1];
    if (tag !== undefined && !textGoesOn(tag)) await doors.files.remove(join(outbox, name));
  }
}

async function bringTo(
  { place }: NamedPlace,
  what: {
    readonly server: OwnServer;
    readonly system: string;
    readonly sealed: readonly string[];
    readonly covered: Covered | undefined;
    readonly doors: Doors;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { server, system, sealed, covered, doors, signal } = what;
  const folder = logFolder(server.component, system);
  for (const name of sealed) {
    const file = join(server.outbox, name);
    const sizeBytes = (await doors.files.stat(file))?.sizeBytes ?? 0;
    const segment = segmentOf(name, sizeBytes);
    if (!segment || sizeBytes === 0) continue;
    await place.store(
      `${folder}/${name}`,
      { file, sizeBytes, sha256: segment.sha256, mayMove: false },
      { signal },
    );
  }
  if (covered) {
    await place.writeText(coveredFile(server.component, system), `${JSON.stringify(covered)}\n`, signal);
  }
}

function stateFile({ outbox }: Pick<OwnServer, "outbox">): string {
  return join(outbox, "state.json");
}

async function remember(server: OwnServer, moment: Moment, doors: Doors): Promise<void> {
  await doors.files.write(stateFile(server), JSON.stringify(moment), { mode: 0o600 });
}

/** What an earlier pass has seen; it is only ever a reason to do less. */
export async function recall(server: Pick<OwnServer, "outbox">, doors: Doors): Promise<Moment | undefined> {
  const text = await doors.files.read(stateFile(server));
  return text === undefined ? undefined : (JSON.parse(text) as Moment);
}

async function knownSystem(server: OwnServer, doors: Doors): Promise<string | undefined> {
  return (await recall(server, doors))?.system;
}
