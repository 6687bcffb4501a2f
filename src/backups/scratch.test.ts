import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Program } from "../components/postgres/server/binaries.ts";
import { openDoors } from "../system/doors.ts";
import { chooseScratch, startScratch } from "./scratch.ts";

const program = (major: number, isEmbedded = false): Program => ({
  file: `/${major}`,
  version: `${major}.1`,
  major,
  isEmbedded,
});

describe("the choice of a scratch server", () => {
  it("takes the same version, best the machine's own, else the next newer one", () => {
    expect(chooseScratch([program(17), program(15, true), program(15), program(16)], 15)).toEqual(
      program(15),
    );
    expect(chooseScratch([program(17), program(14)], 15)).toEqual(program(17));
  });

  it("says what to install where every server is too old", () => {
    expect(() => chooseScratch([program(14)], 15)).toThrow(/15 needs that version or a newer one.*14\.1/);
  });
});

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "gonogo-test-scratch-"));
  chmodSync(directory, 0o1777);
  vi.stubEnv("TMPDIR", directory);
  return () => {
    vi.unstubAllEnvs();
    rmSync(directory, { recursive: true });
  };
});

/** Its directory is removed by the server's own leash, after the server has ended. */
async function until(holds: () => boolean): Promise<void> {
  for (let attempt = 0; !holds() && attempt < 200; attempt++)
    await new Promise((done) => setTimeout(done, 50));
}

describe("a scratch server", () => {
  it("answers on loopback, makes databases, and leaves nothing", async () => {
    await using doors = openDoors();
    {
      await using server = await startScratch({ major: 10, doors, signal: new AbortController().signal });
      const url = await server.database('odd "näme"');
      await using session = await doors.sql.open(url, { readOnly: false });
      await session.query("create table t (id int)");
      expect(await session.query("select current_database() as name")).toEqual([{ name: 'odd "näme"' }]);
      expect(readdirSync(directory)).toHaveLength(1);
    }
    expect(readdirSync(directory)).toEqual([]);
  });

  it("ends with the process that started it, even when that is killed", async () => {
    const text = `
      import { openDoors } from ${JSON.stringify(path.resolve("src/system/doors.ts"))};
      import { startScratch } from ${JSON.stringify(path.resolve("src/backups/scratch.ts"))};
      const server = await startScratch({ major: 10, doors: openDoors(), signal: new AbortController().signal });
      console.log(server.port);
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", text], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    expect(readdirSync(directory)).toHaveLength(1);
    child.kill("SIGKILL");
    await until(() => readdirSync(directory).length === 0);
    expect(readdirSync(directory)).toEqual([]);
  });
});
