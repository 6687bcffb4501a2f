import { spawn } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { expectRelease, receiveRelease } from "./arrival.ts";
import { listFiles } from "./file-list.ts";

let here: string;
let base: string;

beforeEach(() => {
  here = mkdtempSync(join(tmpdir(), "gonogo-here-"));
  base = mkdtempSync(join(tmpdir(), "gonogo-there-"));
  mkdirSync(join(here, "bin"));
  writeFileSync(join(here, "server.mjs"), "serve");
  writeFileSync(join(here, "again.mjs"), "serve");
  writeFileSync(join(here, "bin", "run"), "#!/bin/sh");
  chmodSync(join(here, "bin", "run"), 0o755);
  symlinkSync("bin/run", join(here, "run"));
});
afterEach(() => {
  for (const folder of [here, base]) rmSync(folder, { recursive: true });
});

const packed = (paths: readonly string[]) =>
  spawn("tar", ["-czf", "-", "-C", here, "--", ...paths]).stdout.pipe(new PassThrough());
const code = (id: string, path: string) => join(base, "releases", id, "code", path);

async function bring(id: string): Promise<readonly string[]> {
  const { missing } = await expectRelease(base, { id, files: await listFiles(here) });
  await receiveRelease(base, { id, tar: packed(missing.length > 0 ? missing : ["bin/run"]) });
  // What the agent writes when it takes the release.
  mkdirSync(join(base, "agent", "releases"), { recursive: true });
  writeFileSync(join(base, "agent", "releases", `${id}.json`), JSON.stringify({ id }));
  return missing;
}

test("a release arrives whole: contents, what may be run, links; the same content is sent once", async () => {
  expect(await bring("r1")).toEqual(["again.mjs", "bin/run"]);
  expect(readFileSync(code("r1", "server.mjs"), "utf8")).toBe("serve");
  expect(statSync(code("r1", "bin/run")).mode & 0o777).toBe(0o755);
  expect(statSync(code("r1", "server.mjs")).mode & 0o777).toBe(0o644);
  expect(readFileSync(code("r1", "run"), "utf8")).toBe("#!/bin/sh");
});

test("the next one sends what is new, and does not trust a file that was changed over there", async () => {
  await bring("r1");
  writeFileSync(join(here, "server.mjs"), "serve better");
  writeFileSync(code("r1", "bin/run"), "tampered with");
  expect(await bring("r2")).toEqual(["bin/run", "server.mjs"]);
  expect(readFileSync(code("r2", "bin/run"), "utf8")).toBe("#!/bin/sh");
  expect(readFileSync(code("r2", "again.mjs"), "utf8")).toBe("serve");
});

test("what did not arrive whole has no place; a second try sends only what is missing", async () => {
  const files = await listFiles(here);
  await expectRelease(base, { id: "r1", files });
  const cut = receiveRelease(base, { id: "r1", tar: packed(["again.mjs"]) });
  await expect(cut).rejects.toThrow("1 of 3 files did not arrive whole: bin/run");
  expect(() => statSync(code("r1", "."))).toThrow("ENOENT");
  expect((await expectRelease(base, { id: "r1", files })).missing).toEqual(["bin/run"]);
});

test("what an upload that was cut has left is gone when another release comes", async () => {
  await expectRelease(base, { id: "r1", files: await listFiles(here) });
  await bring("r2");
  expect(() => statSync(join(base, "releases", "r1"))).toThrow("ENOENT");
});

test("a list that leads out of its release is refused, and a release that is kept is not overwritten", async () => {
  const outside = { path: "../../agent/x", kind: "directory" } as const;
  await expect(expectRelease(base, { id: "r1", files: [outside] })).rejects.toThrow("lies outside");
  await bring("r2");
  await expect(expectRelease(base, { id: "r2", files: [] })).rejects.toThrow("r2 is here already");
});
