import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { beforeEach, describe, expect, it } from "vitest";
import type { BackupObject } from "../model/backup.ts";
import { Secret } from "../model/secret.ts";
import { openDoors } from "../system/doors.ts";
import { openDirectory } from "./destinations/directory.ts";
import { checkObject, readObject, writeObject } from "./objects.ts";

const signal = new AbortController().signal;
let directory = "";
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "gonogo-test-objects-"));
  return () => rmSync(directory, { recursive: true });
});

async function written(text: string) {
  const doors = openDoors();
  const identity = await generateX25519Identity();
  const place = openDirectory(directory, doors.files);
  await doors.files.makeDirectory(path.join(directory, "b1"));
  const file = path.join(directory, "b1", "data.zst.age");
  const recipients = [await identityToRecipient(identity)];
  const sizes = await writeObject(Readable.from([Buffer.from(text)]), { file, recipients, doors, signal });
  const object: BackupObject = { name: "data.zst.age", holds: "data", ...sizes };
  const from = { place, backup: "b1", identities: [new Secret(identity)], signal };
  const read = async (): Promise<string> => {
    const parts: Buffer[] = [];
    await readObject(object, from, async (plain) => {
      for await (const chunk of plain) parts.push(chunk);
    });
    return Buffer.concat(parts).toString();
  };
  return { file, object, read, check: () => checkObject(object, from), from };
}

const TEXT = Array.from({ length: 40_000 }, (_, index) => `row ${(index * 7919) % 104729}`).join("\n");

describe("a stored object", () => {
  it("comes back as it was, is compressed, and only its owner may read the file", async () => {
    const { file, object, read, check } = await written(TEXT);
    expect(await read()).toBe(TEXT);
    await check();
    expect(object.plainBytes).toBe(Buffer.byteLength(TEXT));
    expect(object.sizeBytes).toBeLessThan(object.plainBytes / 2);
    expect(statSync(file)).toMatchObject({ size: object.sizeBytes, mode: 0o100600 });
  });

  it.each<[string, string, (file: string) => void]>([
    ["missing object", "is not in", (file) => rmSync(file)],
    ["truncated", "was written with", (file) => truncateSync(file, statSync(file).size - 1)],
    ["truncated", "has 0 bytes", (file) => truncateSync(file, 0)],
    ["corrupt", "data.zst.age", (file) => flip(file, statSync(file).size - 100)],
    ["corrupt", "data.zst.age", (file) => appendFileSync(file, "x")],
  ])("is told to be %s (%s)", async (kind, words, spoil) => {
    const { file, read, check } = await written(TEXT);
    spoil(file);
    await expect(check()).rejects.toMatchObject({ kind, message: expect.stringContaining(words) });
    await expect(read()).rejects.toMatchObject({ kind });
  });

  it("needs the right key to be read, and none to be checked", async () => {
    const { object, from, check } = await written(TEXT);
    const other = { ...from, identities: [new Secret(await generateX25519Identity())] };
    await expect(readObject(object, other, async () => undefined)).rejects.toMatchObject({
      kind: "wrong key",
    });
    await check();
  });
});

function flip(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}
