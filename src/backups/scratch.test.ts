import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Program } from "../components/postgres/server/binaries.ts";
import { openDoors } from "../system/doors.ts";
import { chooseScratch, startScratch } from "./scratch.ts";
import { temporaryDirectory } from "./temporary.ts";

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

describe("a directory for a while", () => {
  it("takes away those of processes that are gone, on a machine without the program kill", async () => {
    await using doors = openDoors();
    const first = await temporaryDirectory("scratch", doors);
    const number = `${process.pid}`;
    // Of a process that had this one's number before it, of one that older versions left, and of one that runs.
    const again = path.basename(first).replace(/\d+(?=-[0-9a-f]+$)/, "1");
    const left = "gonogo-scratch-999999999-00ff";
    const older = `gonogo-scratch-${process.ppid}-00ff`;
    for (const name of [again, left, older]) mkdirSync(path.join(directory, name));
    vi.stubEnv("PATH", directory);
    const second = await temporaryDirectory("scratch", doors);
    expect(path.basename(first)).toMatch(new RegExp(`^gonogo-scratch-${number}-[0-9a-f]{8}-\\d+-[0-9a-f]+$`));
    expect(readdirSync(directory).sort()).toEqual(
      [path.basename(first), path.basename(second), older].sort(),
    );
  });
});
