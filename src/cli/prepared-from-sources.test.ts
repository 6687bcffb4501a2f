import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { publishedKnownKinds } from "../../test/fixtures/published-kinds.ts";
import type { Prepared } from "../checklist/prepared.ts";
import { openDoors } from "../system/doors.ts";
import { preparedFromSources } from "./prepared-from-sources.ts";

/** A checkout of one labelled line and one file of words. */
async function inCheckout(
  work: (checkout: { root: string; lines: string; learn: () => Promise<Prepared> }) => Promise<void>,
): Promise<void> {
  await using doors = openDoors();
  const root = await mkdtemp(path.join(tmpdir(), "gonogo-test-learned-"));
  try {
    const lines = path.join(root, "training/written.tsv");
    for (const folder of ["training", "src/checklist"])
      await mkdir(path.join(root, folder), { recursive: true });
    await writeFile(lines, "Launch\tServer names do not tell versions\thttp.header.server-hidden\n");
    await writeFile(path.join(root, "training/counted.tsv"), "");
    await writeFile(path.join(root, "src/checklist/words.ts"), "one");
    const [redis] = [...publishedKnownKinds()].filter(([kind]) => kind === "redis");
    const kinds = new Map(redis ? [redis] : []);
    await work({ root, lines, learn: async () => (await preparedFromSources(kinds, doors.files, root))() });
  } finally {
    await rm(root, { recursive: true });
  }
}

it("learns once for as long as words, asks and labelled lines are the same", () =>
  inCheckout(async ({ root, lines, learn }) => {
    const kept = () => readdir(path.join(root, ".gonogo/learned"));
    const first = await learn();
    const names = await kept();
    expect(names).toHaveLength(1);
    expect((await learn()).weights).toEqual(first.weights);
    expect(await kept()).toEqual(names);

    await writeFile(lines, "Launch\tRedis keeps its data\tredis.persistence.matches-use\n");
    await learn();
    const others = await kept();
    expect(others).toHaveLength(1);
    expect(others).not.toEqual(names);
    await writeFile(path.join(root, "src/checklist/words.ts"), "two");
    await learn();
    expect(await kept()).not.toEqual(others);
  }));

it.each<[what: string, share: number]>([
  ["empty", 0],
  ["cut short", 0.5],
])("learns again, and keeps it, where the kept file is %s", (_, share) =>
  inCheckout(async ({ root, learn }) => {
    const first = await learn();
    const [name = ""] = await readdir(path.join(root, ".gonogo/learned"));
    const place = path.join(root, ".gonogo/learned", name);
    const whole = await readFile(place);
    await writeFile(place, whole.subarray(0, whole.length * share));
    expect((await learn()).weights).toEqual(first.weights);
    expect(await readFile(place)).toHaveLength(whole.length);
  }),
);
