import { fileURLToPath } from "node:url";
import { type Prepared, unpacked } from "../checklist/prepared.ts";
import { once } from "../model/once.ts";
import type { World } from "../wiring.ts";

/** Made when the package is built; there is none beside the sources. */
const PREPARED = fileURLToPath(new URL("../checklist/prepared.bin", import.meta.url));

/** Words, asks and what was learned: as the package brings them, or, beside the sources, made from them. */
export async function preparedHere(world: World): Promise<() => Prepared> {
  const bytes = await world.doors.files.readBytes(PREPARED);
  if (bytes) return once(() => unpacked(bytes));
  const [{ preparedFromSources }, { knownKinds }, { kinds }] = await Promise.all([
    import("./prepared-from-sources.ts"),
    import("../checklist/known-kinds.ts"),
    world.registry(),
  ]);
  return await preparedFromSources(knownKinds(kinds.values()), world.doors.files);
}
