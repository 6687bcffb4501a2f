import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/*
 * What every import of a checklist would read anew, all words and all asks, is read once and kept beside what was
 * compiled.
 */

const DIST = resolve("dist");
const { openWorld } = await load<typeof import("../src/wiring.ts")>("wiring");
const { answerersOf } = await load<typeof import("../src/checklist/answerers.ts")>("checklist/answerers");
const { packed, prepare } =
  await load<typeof import("../src/checklist/binder/prepared.ts")>("checklist/binder/prepared");

await using world = await openWorld();
const prepared = prepare(answerersOf(world.kinds.values()));
writeFileSync(join(DIST, "checklist/prepared.bin"), packed(prepared));

async function load<Module>(name: string): Promise<Module> {
  return (await import(pathToFileURL(join(DIST, `${name}.js`)).href)) as Module;
}
