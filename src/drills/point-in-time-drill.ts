import { type LiveServer, liveServer } from "../backups/live-database.ts";
import { backupSceneOf } from "../backups/open-scene.ts";
import { MARGIN_MS } from "../backups/point-in-time/bring-away.ts";
import { copyWhenDue } from "../backups/point-in-time/keep.ts";
import { type OwnServer, ownServers } from "../backups/point-in-time/own-server.ts";
import { recoverableOf, timeText } from "../backups/point-in-time/reach.ts";
import { recoverableComponent, restoreToTime } from "../backups/point-in-time/restore-to-time.ts";
import type { BackupScene } from "../backups/scene.ts";
import { quoteIdentifier } from "../components/postgres/identifiers.ts";
import type { DeployScene } from "../deploy/scene.ts";
import { formatDuration } from "../model/duration.ts";
import { OutsideError } from "../model/errors.ts";
import { fail, type Outcome, pass } from "../model/outcome.ts";
import type { Drill, DrillContext } from "./drill.ts";
import { EXPECTED, haveAnAccident, readMarkers, removeMarkers } from "./marker-rows.ts";

/** Whatever ended the drill, perhaps its caller. */
const CLEAR_LIMIT_MS = 60_000;
/** A database's name may have 63 bytes, and this one is the live one's with an ending. */
const LIVE_NAME = 40;

/** Deletes a row of its own, brings the database back beside the live one as of the moment before, and looks. */
export const pointInTimeDrill: Drill = {
  name: "point-in-time",
  title: "What was deleted by mistake is back as of the moment before, in time",
  consequence: "Somebody deletes the wrong rows, and everything since the last backup is lost with them.",
  freshFor: "30d",
  async unfit(scene) {
    if (!scene.launch.backups) return "no backups are declared";
    if (recoverableOf(scene).length === 0)
      return "no database is declared to be recoverable to a time; postgres({ backup: { pointInTime: true } }) does";
    const servers = await ownServers(await backupsOf(scene, undefined));
    return servers.length > 0
      ? undefined
      : "others run the database: bring it back by its provider's own means";
  },
  disturbs: (scene) => {
    const names = recoverableOf(scene).join(", ");
    const limit = scene.launch.backups?.restoreWithinMs;
    return [
      `writes and deletes a row of its own in ${names}, in a schema gonogo_drill that is dropped afterwards`,
      "copies the whole server to every destination where the last copy is too old, and brings away what was written since",
      `brings ${names} back into a new database on the live server, which needs as much room there again${limit === undefined ? "" : ` and may take ${formatDuration(limit)}`}; it is dropped afterwards`,
    ];
  },
  hold,
  async undo(scene, _mark, signal) {
    const backups = await backupsOf(scene, undefined);
    for (const server of await ownServers(backups)) await clear(backups, server, signal);
    return "the drill's rows and the database it made are gone";
  },
};

async function backupsOf(scene: DeployScene, release: string | undefined): Promise<BackupScene> {
  return backupSceneOf(scene, { variables: await scene.readVariables(new Map()), release });
}

async function hold({ scene, live, signal, note }: DrillContext): Promise<Outcome> {
  const backups = await backupsOf(scene, live.id);
  const found: Recovered[] = [];
  for (const server of await ownServers(backups)) {
    try {
      found.push(await recover(backups, server, { signal, note }));
    } finally {
      await clear(backups, server, AbortSignal.timeout(CLEAR_LIMIT_MS));
    }
  }
  const [first] = found.toSorted(
    (a, b) => Number(b.problem !== undefined) - Number(a.problem !== undefined) || b.tookMs - a.tookMs,
  );
  if (!first) throw new OutsideError("there is no server to bring back");
  return judgeRecovery(first, backups.policy);
}

export interface Recovered {
  readonly component: string;
  readonly at: number;
  /** From the order to bring it back to a database beside the live one that was compared. */
  readonly tookMs: number;
  /** A copy of the server was made for it. */
  readonly copied: boolean;
  readonly problem: string | undefined;
}

async function recover(
  backups: BackupScene,
  server: OwnServer,
  { signal, note }: Pick<DrillContext, "signal" | "note">,
): Promise<Recovered> {
  const { doors } = backups;
  const { component } = server;
  const copied = await copyWhenDue(backups, server, { signal });
  const { live, beside } = await namesOf(backups, server);
  const at = await haveAnAccident({ url: live.addressOf(live.database), doors, signal });
  note(`a row of ${live.database} was deleted after ${timeText(at)}`);
  await doors.clock.delay(MARGIN_MS, signal);
  const from = doors.clock.monotonicMs();
  const { problems } = await restoreToTime(backups, { at, component, name: beside, signal });
  const tookMs = doors.clock.monotonicMs() - from;
  const rows = await readMarkers({ url: live.addressOf(beside), doors, signal });
  const [differing] = problems;
  const problem = differing
    ? `the copy differs from the recovered server: ${differing.what}`
    : wrongRows(rows);
  return { component, at, tookMs, copied, problem };
}

/** What of the rows is not as it was at the moment. Pure. */
export function wrongRows(rows: readonly string[] | undefined): string | undefined {
  if (rows === undefined)
    return "it is as of a time before the drill: not even the schema gonogo_drill is there";
  const [lost] = EXPECTED.filter((each) => !rows.includes(each));
  if (lost !== undefined) return `the row "${lost}" is not back`;
  const [late] = rows.filter((each) => !EXPECTED.includes(each));
  return late === undefined ? undefined : `the row "${late}" is there too`;
}

/** Pure. */
export function judgeRecovery(
  { component, at, tookMs, copied, problem }: Recovered,
  policy: Pick<BackupScene["policy"], "restoreWithinMs">,
): Outcome {
  const promisedMs = policy.restoreWithinMs;
  const measured = {
    component,
    at: new Date(at).toISOString(),
    tookMs: Math.round(tookMs),
    promisedMs,
    copied,
  };
  if (problem !== undefined) {
    return fail(`${component} did not come back as it was at a moment`, {
      expected: "the row that was deleted after that moment, and not the one that was written after it",
      found: problem,
      fix: "gonogo backups tells whether the archive has a gap; gonogo backup makes a new copy to begin with",
      measured,
    });
  }
  const took = formatDuration(tookMs);
  const promised = formatDuration(promisedMs);
  if (tookMs > promisedMs) {
    return fail(`to bring ${component} back to a moment takes ${took}`, {
      expected: `within ${promised} (backups.restoreWithin)`,
      found: took,
      fix: "copy the server more often, so that less is to be replayed (pointInTime.baseEvery), or promise what can be kept",
      measured,
    });
  }
  return pass(
    `${component} stood beside the live one as of ${timeText(at)} after ${took}, promised ${promised}: the row that was deleted is back, the later one is not, and all rows agree`,
    measured,
  );
}

async function namesOf(
  backups: BackupScene,
  { component }: OwnServer,
): Promise<{ readonly live: LiveServer; readonly beside: string }> {
  const live = await liveServer(backups, recoverableComponent(backups, component));
  return { live, beside: `${live.database.slice(0, LIVE_NAME)}_gonogo_drill` };
}

/** Whatever of it is there. */
async function clear(backups: BackupScene, server: OwnServer, signal: AbortSignal): Promise<void> {
  const { live, beside } = await namesOf(backups, server);
  await removeMarkers({ url: live.addressOf(live.database), doors: backups.doors, signal });
  await using session = await live.open(signal);
  await session.query(`drop database if exists ${quoteIdentifier(beside)} with (force)`);
}
