import path from "node:path";
import { backUp } from "../../src/backups/back-up.ts";
import { directory } from "../../src/backups/destinations/directory.ts";
import { prove } from "../../src/backups/prove.ts";
import { restoreInto } from "../../src/backups/restore.ts";
import { placesOf } from "../../src/backups/scene.ts";
import { listBackups } from "../../src/backups/shelf.ts";
import { Secret } from "../../src/model/secret.ts";
import { openStore } from "../../src/store/open-store.ts";
import { openDoors } from "../../src/system/doors.ts";
import { backupSceneFor } from "../../test/fixtures/backup-scene.ts";

// One piece of work in a process of its own, so that its memory is its own; prints milliseconds and peak memory.

const [, , project = "", work = ""] = process.argv;
const signal = new AbortController().signal;
await using doors = openDoors();
await using store = await openStore(path.join(project, "gonogo.db"), doors.clock, doors.random);
const scene = backupSceneFor({
  project,
  url: new Secret(process.env.SOURCE_URL ?? ""),
  store,
  doors,
  policy: { destinations: [{ name: "here", kind: directory.definition, options: { path: "kept" } }] },
});
const [place] = placesOf(scene);
const newest = async () => {
  const [backup] = place ? await listBackups(place.place, signal) : [];
  if (!backup) throw new Error("there is no backup");
  return backup;
};
const from = performance.now();
const found: Record<string, number> = {};
if (work === "back-up") await backUp(scene, { reason: "by hand", signal });
if (work === "restore")
  await restoreInto(scene, await newest(), {
    url: new Secret(process.env.COPY_URL ?? ""),
    makesRoles: true,
    signal,
  });
if (work === "prove") {
  const proof = await prove(scene, await newest(), { signal });
  if (proof.verdict !== "proven") throw new Error(JSON.stringify(proof.problems));
  Object.assign(found, { restoreMs: proof.restoreMs, compareMs: proof.compareMs });
}
const tookMs = performance.now() - from;
const { storedBytes } = await newest();
console.log(
  JSON.stringify({ tookMs, peakMb: process.resourceUsage().maxRSS / 1_024, storedBytes, ...found }),
);
