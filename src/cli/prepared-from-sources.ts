import { createHash } from "node:crypto";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { KnownKinds } from "../checklist/known-kinds.ts";
import { type Prepared, packed, prepare, unpacked } from "../checklist/prepared.ts";
import type { Files } from "../model/doors.ts";
import { OutsideError } from "../model/errors.ts";

/*
 * Whoever works on Gonogo runs it from its sources. To learn takes ten seconds, so what was learned is kept for as long
 * as words, asks and labelled lines are the same; nothing has to be built after a change.
 */

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export async function preparedFromSources(
  kinds: KnownKinds,
  files: Files,
  root = ROOT,
): Promise<() => Prepared> {
  const [written, counted] = await Promise.all(
    ["written", "counted"].map((name) => labelled(path.join(root, `training/${name}.tsv`), files)),
  );
  const training = { written: written ?? "", counted: counted ?? "" };
  const hash = createHash("sha256").update(JSON.stringify([training, [...kinds]]));
  for (const text of await textsBelow(path.join(root, "src/checklist"), files)) hash.update(text);
  const place = path.join(root, ".gonogo/learned", `${hash.digest("hex").slice(0, 16)}.bin`);
  const kept = await files.readBytes(place);
  const known = kept && unpackedUnlessDamaged(kept);
  if (known) return () => known;
  const made = prepare(kinds, training);
  await keep(place, made, files);
  return () => made;
}

async function labelled(place: string, files: Files): Promise<string> {
  const bytes = await files.readBytes(place);
  if (!bytes) throw new OutsideError(`${place}, which asks and lines are learned from, is not there`);
  return Buffer.from(bytes).toString("utf8");
}

async function textsBelow(folder: string, files: Files): Promise<string[]> {
  const names = (await files.list(folder)).toSorted();
  const texts = await Promise.all(
    names.map(async (name) => {
      const place = path.join(folder, name);
      if ((await files.stat(place))?.isDirectory) return await textsBelow(place, files);
      return /(?<!\.test)\.ts$/.test(name) ? [(await files.read(place)) ?? ""] : [];
    }),
  );
  return texts.flat();
}

/** A file that is empty or cut short is as good as none: what it held is learned again. */
function unpackedUnlessDamaged(kept: Uint8Array): Prepared | undefined {
  try {
    return unpacked(kept);
  } catch {
    return undefined;
  }
}

/** A checkout that cannot be written to learns anew each time. */
async function keep(place: string, made: Prepared, files: Files): Promise<void> {
  try {
    const folder = path.dirname(place);
    await files.makeDirectory(folder);
    for (const name of await files.list(folder)) await files.remove(path.join(folder, name));
    await files.write(place, packed(made));
  } catch {
    return;
  }
}
