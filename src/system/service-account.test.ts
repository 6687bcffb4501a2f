import { chmodSync, cpSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDoors } from "./doors.ts";
import { outsideDirectories, serviceAccount, serviceHome } from "./service-account.ts";

let directory: string;
const homes = new Set<string>();
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "gonogo-test-service-"));
});
afterEach(() => {
  for (const each of [directory, ...homes]) rmSync(each, { recursive: true, force: true });
  homes.clear();
});

const isRoot = process.getuid?.() === 0;

describe("whom a service runs as", () => {
  it("is the first of the names that exists when we are root, else nobody but us", async () => {
    await using doors = openDoors();
    const account = await serviceAccount(doors, ["no-such-user-here", "nobody"]);
    expect(account?.name).toBe(isRoot ? "nobody" : undefined);
    expect(account?.uid ?? process.getuid?.()).toBe(isRoot ? account?.uid : process.getuid?.());
    expect(account?.uid).not.toBe(0);
  });

  it("is never root: without a user the line to type is told", async () => {
    await using doors = openDoors();
    const asked = serviceAccount(doors, ["no-such-user-here"]);
    if (isRoot) await expect(asked).rejects.toMatchObject({ fix: expect.stringContaining("useradd") });
    else expect(await asked).toBeUndefined();
  });
});

describe("where a service lives", () => {
  it("stays where it was chosen, also when the project is closed to others later", async () => {
    await using doors = openDoors();
    const account = await serviceAccount(doors, ["nobody"]);
    chmodSync(directory, 0o755);
    const first = await serviceHome({ directory, account, doors });
    expect(first).toEqual({ directory: join(directory, "home"), isOutside: false });
    expect(statSync(first.directory)).toMatchObject({ uid: account?.uid ?? process.getuid?.() });
    expect(statSync(first.directory).mode & 0o777).toBe(0o700);
    chmodSync(directory, 0o700);
    expect(await serviceHome({ directory, account, doors })).toEqual(first);
    expect(await outsideDirectories(doors, directory)).toEqual([]);
  });

  it("is outside of a directory its user may not enter, and is listed there for a purge", async () => {
    await using doors = openDoors();
    const account = await serviceAccount(doors, ["nobody"]);
    chmodSync(directory, 0o700);
    const home = await serviceHome({ directory, account, doors });
    if (home.isOutside) homes.add(home.directory);
    expect(home.isOutside).toBe(isRoot);
    expect(await outsideDirectories(doors, directory)).toEqual(isRoot ? [home.directory] : []);
    chmodSync(directory, 0o755);
    expect(await serviceHome({ directory, account, doors })).toEqual(home);
  });

  it("stays the original's when the project is copied with its state, and goes along when it is moved", async () => {
    await using doors = openDoors();
    const account = await serviceAccount(doors, ["nobody"]);
    chmodSync(directory, 0o700);
    const home = await serviceHome({ directory, account, doors });
    const elsewhere = `${directory}-elsewhere`;
    homes.add(elsewhere).add(home.directory);
    cpSync(directory, elsewhere, { recursive: true });
    chmodSync(elsewhere, 0o700);
    expect(await outsideDirectories(doors, elsewhere)).toEqual([]);
    const another = await serviceHome({ directory: elsewhere, account, doors });
    homes.add(another.directory);
    expect(another.directory).not.toBe(home.directory);
    rmSync(elsewhere, { recursive: true });
    renameSync(directory, elsewhere);
    expect(await outsideDirectories(doors, elsewhere)).toEqual(isRoot ? [home.directory] : []);
  });

  it("never lists for a purge what is not its own", async () => {
    await using doors = openDoors();
    writeFileSync(
      join(directory, "outside.json"),
      '{"directories":["/etc","/var/lib/gonogo/../../../etc",7]}',
    );
    expect(await outsideDirectories(doors, directory)).toEqual([]);
  });
});
