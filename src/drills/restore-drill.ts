import { backUp } from "../backups/back-up.ts";
import { backupSceneOf } from "../backups/open-scene.ts";
import { prove } from "../backups/prove.ts";
import { type BackupScene, placesOf } from "../backups/scene.ts";
import { listBackups, type StoredBackup } from "../backups/shelf.ts";
import { formatDuration } from "../model/duration.ts";
import { OutsideError } from "../model/errors.ts";
import { fail, type Outcome, pass } from "../model/outcome.ts";
import { quantity } from "../model/quantity.ts";
import type { Drill, DrillContext } from "./drill.ts";

/** Makes a backup, brings it away, fetches it back into a scratch server and compares the two. */
export const restoreDrill: Drill = {
  name: "restore",
  title: "A backup made now can be restored in time, and holds what the database holds",
  consequence: "The data is lost, and the backup that everybody relied on turns out to be none.",
  freshFor: "7d",
  async unfit({ launch }) {
    return launch.backups ? undefined : "no backups are declared";
  },
  disturbs: ({ launch }) => [
    "reads the whole database once, and writes a backup of it to every destination",
    `restores it into a server of its own on this machine${launch.backups ? `, which may take ${formatDuration(launch.backups.restoreWithinMs)}` : ""}`,
  ],
  hold,
};

async function hold({ scene, live, signal, note }: DrillContext): Promise<Outcome> {
  const { doors } = scene;
  const variables = await scene.readVariables(new Map());
  const backups = backupSceneOf(scene, { variables, release: live.id });
  const began = doors.clock.monotonicMs();
  const { id } = await backUp(backups, { reason: "by hand", signal });
  const madeInMs = doors.clock.monotonicMs() - began;
  note(`${id} was made in ${formatDuration(madeInMs)}`);
  const proof = await prove(backups, await find(backups, id, signal), { signal });
  const { verdict, problems, rows, tables, sampledRows, restoreMs, compareMs } = proof;
  const promisedMs = backups.policy.restoreWithinMs;
  const measured = {
    backup: id,
    madeInMs: Math.round(madeInMs),
    restoreMs: Math.round(restoreMs),
    compareMs: Math.round(compareMs),
    promisedMs,
    tables,
    rows,
    sampledRows,
  };
  if (verdict !== "proven") {
    return fail(`the backup ${id} was restored and is not what it was made from`, {
      expected: "the same rows, rules, sequences and invariants",
      found: problems.map(({ kind, what }) => `${kind}: ${what}`).join("; "),
      fix: `gonogo backups --env ${scene.environment.name} tells which backups are good; mend what made this one bad`,
      findings: problems.map(({ kind, what }) => `${kind}: ${what}`),
      measured,
    });
  }
  const said = `${quantity(rows, "row")} of ${quantity(tables, "table")} restored in ${formatDuration(restoreMs)}, promised ${formatDuration(promisedMs)}, and compared: all agree`;
  if (restoreMs <= promisedMs) return pass(said, measured);
  return fail(`a restore takes ${formatDuration(restoreMs)}`, {
    expected: `within ${formatDuration(promisedMs)} (backups.restoreWithin)`,
    found: formatDuration(restoreMs),
    fix: "restore with more programs beside each other (backups.jobs), or promise what can be kept",
    measured,
  });
}

async function find(scene: BackupScene, id: string, signal: AbortSignal): Promise<StoredBackup> {
  for (const { place } of placesOf(scene)) {
    const found = (await listBackups(place, signal)).find(({ manifest }) => manifest.id === id);
    if (found) return found;
  }
  throw new OutsideError(`the backup ${id} was made and is not found where it was brought`);
}
