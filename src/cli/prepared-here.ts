import { fileURLToPath } from "node:url";
import { answerersOf } from "../checklist/answerers.ts";
import { type Prepared, prepare, unpacked } from "../checklist/prepared.ts";
import { OutsideError } from "../model/errors.ts";
import { once } from "../model/once.ts";
import type { World } from "../wiring.ts";

/** Made when the package is built; there is none beside the sources. */
const PREPARED = fileURLToPath(new URL("../checklist/prepared.bin", import.meta.url));
const TRAINING = fileURLToPath(new URL("../../training/", import.meta.url));

/** Words, asks and what was learned: as the package brings them, or, beside the sources, made now in a few seconds. */
export async function preparedHere({ doors, kinds }: World): Promise<() => Prepared> {
  const bytes = await doors.files.readBytes(PREPARED);
  if (bytes) return once(() => unpacked(bytes));
  const [written, counted] = await Promise.all(
    ["written.tsv", "counted.tsv"].map(async (name) => {
      const file = await doors.files.readBytes(`${TRAINING}${name}`);
      if (!file)
        throw new OutsideError(`${TRAINING}${name}, which asks and lines are learned from, is not there`);
      return Buffer.from(file).toString("utf8");
    }),
  );
  return () => {
    const made =
      learned.get(kinds) ??
      prepare(answerersOf(kinds.values()), { written: written ?? "", counted: counted ?? "" });
    learned.set(kinds, made);
    return made;
  };
}

/** One process learns once, however many commands it runs. */
const learned = new WeakMap<World["kinds"], Prepared>();
