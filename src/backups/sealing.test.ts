import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Secret } from "../model/secret.ts";
import { openRandom } from "../system/random.ts";
import { openWith, sealTo } from "./sealing.ts";

const directory = mkdtempSync(path.join(tmpdir(), "gonogo-test-sealing-"));
let identity = "";
let recipient = "";
beforeAll(async () => {
  identity = await generateX25519Identity();
  recipient = await identityToRecipient(identity);
  writeFileSync(path.join(directory, "identity"), identity);
});
afterAll(() => rmSync(directory, { recursive: true }));

/** Pieces of odd sizes, so that chunks never end where a piece does. */
function pieces(bytes: Buffer, size = 70_001): Readable {
  const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
  return Readable.from(parts);
}
async function seal(plain: Buffer, to = [recipient]): Promise<Buffer> {
  return buffer(pieces(plain).compose(await sealTo(to, openRandom())));
}
async function open(sealed: Buffer, key = identity): Promise<Buffer> {
  const opened: Buffer[] = [];
  await pipeline(pieces(sealed), openWith([new Secret(key)]), async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) opened.push(chunk);
  });
  return Buffer.concat(opened);
}
/** The real age, as somebody without Gonogo would use it. */
function age(args: readonly string[], input: Buffer): Buffer {
  return execFileSync("age", args, { input, maxBuffer: 1e9, stdio: ["pipe", "pipe", "pipe"] });
}

const SIZES = [0, 1, 65_535, 65_536, 65_537, 131_072, 1_000_003];

describe("a sealed backup", () => {
  it.each(SIZES)("of %i bytes is opened by the age command, and age's own by us", async (size) => {
    const plain = randomBytes(size);
    const sealed = await seal(plain);
    expect(age(["-d", "-i", path.join(directory, "identity")], sealed).equals(plain)).toBe(true);
    expect((await open(sealed)).equals(plain)).toBe(true);
    expect((await open(age(["-r", recipient], plain))).equals(plain)).toBe(true);
  });

  it("is opened by each of several recipients", async () => {
    const other = await generateX25519Identity();
    const sealed = await seal(Buffer.from("both"), [await identityToRecipient(other), recipient]);
    expect((await open(sealed)).toString()).toBe("both");
    expect((await open(sealed, other)).toString()).toBe("both");
  });

  it("is found corrupt wherever a byte was changed", async () => {
    const sealed = await seal(randomBytes(200_000));
    for (const at of [30, 120, 300, 65_900, sealed.length - 1]) {
      const bad = Buffer.from(sealed);
      bad[at] = (bad[at] ?? 0) ^ 1;
      const failure = await open(bad).then(
        () => undefined,
        (thrown: { kind?: string }) => thrown.kind,
      );
      expect(failure, `byte ${at}`).toMatch(/^(corrupt|truncated|wrong key)$/);
    }
    const middle = Buffer.from(sealed);
    middle[70_000] = (middle[70_000] ?? 0) ^ 1;
    await expect(open(middle)).rejects.toMatchObject({ kind: "corrupt" });
  });

  it("is found truncated wherever it ends early, at the end of a chunk too", async () => {
    const sealed = await seal(randomBytes(200_000));
    const header = sealed.length - 200_000 - 4 * 16;
    for (const end of [10, header + 100, header + 65_552, header + 2 * 65_552, sealed.length - 1]) {
      await expect(open(sealed.subarray(0, end)), String(end)).rejects.toMatchObject({ kind: "truncated" });
    }
  });

  it("says that the key is the wrong one", async () => {
    await expect(open(await seal(Buffer.from("x")), await generateX25519Identity())).rejects.toMatchObject({
      kind: "wrong key",
    });
  });

  it.each([
    [[], /nobody is named/],
    [["age1nonsense"], /age1nonsense is not an age recipient/],
    [["ssh-ed25519 AAAA"], /is not an age recipient/],
  ])("refuses the recipients %j", async (to, words) => {
    await expect(seal(Buffer.from("x"), to)).rejects.toThrow(words);
  });

  it("never shows a private key that stands where a recipient should", async () => {
    await expect(seal(Buffer.from("x"), [identity])).rejects.toThrow(
      /^(?!.*AGE-SECRET).*a recipient is a private key/,
    );
  });
});
