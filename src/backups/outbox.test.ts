import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it, vi } from "vitest";
import { openDoors } from "../system/doors.ts";
import { beginBackup, clearUnfinished, outboxOf } from "./outbox.ts";

it("removes what processes began that are gone, without the program kill and whoever has their number now", async () => {
  const directory = mkdtempSync(path.join(tmpdir(), "gonogo-test-outbox-"));
  await using doors = openDoors();
  const scene = { directory, doors };
  try {
    const mine = path.basename(await beginBackup(scene, "b1"));
    const again = mine.replace(/\d+$/, "1");
    for (const name of [again, "b2.making.999999999", `b3.making.${process.ppid}`, "b4.ready"])
      mkdirSync(path.join(outboxOf(scene), name));
    vi.stubEnv("PATH", directory);
    await clearUnfinished(scene);
    expect(readdirSync(outboxOf(scene)).sort()).toEqual([mine, `b3.making.${process.ppid}`, "b4.ready"]);
  } finally {
    vi.unstubAllEnvs();
    rmSync(directory, { recursive: true });
  }
});
