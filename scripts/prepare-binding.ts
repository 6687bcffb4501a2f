import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/*
 * What every import of a checklist would read and learn anew, all words, all asks and all labelled lines, is kept
 * beside what was compiled.
 */

/** Where what was compiled lies: given, or the package's own. */
const DIST = resolve(process.argv[2] ?? "dist");
const { openWorld } = await load<typeof import("../src/wiring.ts")>("wiring");
const { knownKinds } = await load<typeof import("../src/checklist/known-kinds.ts")>("checklist/known-kinds");
const { packed, prepare } = await load<typeof import("../src/checklist/prepared.ts")>("checklist/prepared");

await using world = await openWorld();
const { kinds } = await world.registry();
const [written, counted] = ["written", "counted"].map((name) => readFileSync(`training/${name}.tsv`, "utf8"));
const prepared = prepare(knownKinds(kinds.values()), {
  written: written ?? "",
  counted: counted ?? "",
});
writeFileSync(join(DIST, "checklist/prepared.bin"), packed(prepared));

async function load<Module>(name: string): Promise<Module> {
  return (await import(pathToFileURL(join(DIST, `${name}.js`)).href)) as Module;
}
