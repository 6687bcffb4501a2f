import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startS3Proxy } from "../../../test/fixtures/s3-proxy.ts";
import { startS3, type TestS3 } from "../../../test/fixtures/s3-server.ts";
import { startSsh, type TestSsh } from "../../../test/fixtures/ssh-server.ts";
import type { AnyDestinationKind, Place } from "../../model/destination.ts";
import { Secret } from "../../model/secret.ts";
import { openDoors } from "../../system/doors.ts";
import { directory } from "./directory.ts";
import { s3 } from "./s3.ts";
import { ask, type Bucket } from "./s3-requests.ts";
import { sftp } from "./sftp.ts";

const signal = new AbortController().signal;
const doors = openDoors();
let project = "";
let ssh: TestSsh;
let store: TestS3;
beforeAll(async () => {
  project = mkdtempSync(path.join(tmpdir(), "gonogo-test-places-"));
  [ssh, store] = await Promise.all([startSsh(), startS3()]);
  expect((await ask(bucket(), { method: "PUT", signal })).status).toBe(200);
});
afterAll(async () => {
  await Promise.all([ssh[Symbol.asyncDispose](), store[Symbol.asyncDispose]()]);
  await doors[Symbol.asyncDispose]();
  rmSync(project, { recursive: true });
});

function bucket(endpoint = store.endpoint): Bucket {
  const { accessKeyId, secretAccessKey } = store;
  const keys = { accessKeyId: new Secret(accessKeyId), secretAccessKey: new Secret(secretAccessKey) };
  return { endpoint, region: "us-east-1", bucket: "kept", ...keys, doors };
}

function open(kind: AnyDestinationKind, options: object, values: Record<string, string> = {}): Place {
  return kind.openPlace({
    options: kind.options.parse(options),
    launch: "soulseer",
    environment: "staging",
    project,
    variables: new Map(Object.entries(values).map(([name, value]) => [name, new Secret(value)])),
    doors,
  });
}
const onS3 = (options: object = {}, values: object = {}): Place =>
  open(
    s3.definition,
    { bucket: "kept", endpoint: store.endpoint, ...options },
    {
      BACKUP_S3_ACCESS_KEY_ID: store.accessKeyId,
      BACKUP_S3_SECRET_ACCESS_KEY: store.secretAccessKey,
      ...values,
    },
  );
const onSftp = (options: object = {}): Place =>
  open(
    sftp.definition,
    { host: "127.0.0.1", port: ssh.port, user: ssh.user, path: ssh.root, hostKey: ssh.hostKey, ...options },
    { BACKUP_SFTP_IDENTITY: ssh.identity },
  );

function consignment(bytes: Buffer, mayMove = false) {
  const file = path.join(project, `object-${randomBytes(4).toString("hex")}`);
  writeFileSync(file, bytes);
  return { file, sizeBytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex"), mayMove };
}

const PLACES: readonly (readonly [name: string, place: () => Place])[] = [
  ["directory", () => open(directory.definition, { path: "kept" })],
  ["s3", () => onS3()],
  ["sftp", () => onSftp()],
];

describe.each(PLACES)("a place on %s", (_, openPlace) => {
  it("is empty before anything is stored in it", async () => {
    const place = openPlace();
    expect(await place.list(signal)).toEqual([]);
    expect(await place.readText("b1/manifest.json", signal)).toBeUndefined();
    expect(await place.read("b1/data", signal)).toBeUndefined();
  });

  it("stores, lists, replaces, gives back, and removes", async () => {
    const place = openPlace();
    const large = randomBytes(20 * 1_048_576 + 17);
    const small = randomBytes(3);
    let bytes = 0;
    const onBytes = (more: number): void => {
      bytes += more;
    };
    await place.store("b1/data", consignment(large), { signal, onBytes });
    await place.store("b1/table-01", consignment(small, true), { signal });
    await place.writeText("b1/manifest.json", "first", signal);
    await place.writeText("b1/manifest.json", 'second <&> "ö"', signal);
    const listed = [...(await place.list(signal))].toSorted((a, b) => a.name.localeCompare(b.name));
    expect(listed).toEqual([
      { name: "b1/data", sizeBytes: large.length },
      { name: "b1/manifest.json", sizeBytes: 15 },
      { name: "b1/table-01", sizeBytes: 3 },
    ]);
    expect(bytes).toBe(large.length);
    const back = await place.read("b1/data", signal);
    expect(back && (await buffer(back)).equals(large)).toBe(true);
    expect(await place.readText("b1/manifest.json", signal)).toBe('second <&> "ö"');
    await place.remove(["b1/manifest.json", "b1/data", "b1/never"], signal);
    await place.remove(["b1/table-01"], signal);
    expect(await place.list(signal)).toEqual([]);
  });
});

describe("an upload that was interrupted", () => {
  it("goes on over S3 with the parts that are there, and is no object before it is whole", async () => {
    const bytes = randomBytes(40 * 1_048_576);
    const from = consignment(bytes);
    const stop = new AbortController();
    let sent = 0;
    const place = onS3();
    const first = place.store("b2/data", from, {
      signal: stop.signal,
      onBytes: (more) => {
        sent += more;
        if (sent > 20_000_000) stop.abort(new Error("cut off"));
      },
    });
    await expect(first).rejects.toThrow(/cut off/);
    expect(await place.list(signal)).toEqual([]);
    await using counting = await startS3Proxy(store, () => undefined);
    await onS3({ endpoint: counting.endpoint }).store("b2/data", from, { signal });
    expect(counting.seen.filter((each) => /^PUT .*partNumber/.test(each))).toHaveLength(2);
    const back = await place.read("b2/data", signal);
    expect(back && (await buffer(back)).equals(bytes)).toBe(true);
    await place.remove(["b2/data"], signal);
  });

  it("goes on over SFTP after the bytes that are there", async () => {
    const bytes = randomBytes(300_000);
    const from = consignment(bytes);
    const place = onSftp();
    await place.writeText("b2/begun", "x", signal);
    const folder = path.join(ssh.root, "soulseer/staging/b2");
    writeFileSync(path.join(folder, "data.partial"), bytes.subarray(0, 123_456));
    expect((await place.list(signal)).map(({ name }) => name)).toEqual(["b2/begun"]);
    await place.store("b2/data", from, { signal });
    expect(readdirSync(folder).toSorted()).toEqual(["begun", "data"]);
    const back = await place.read("b2/data", signal);
    expect(back && (await buffer(back)).equals(bytes)).toBe(true);
  });
});

describe("a server that does not do as it should", () => {
  it("is asked again when it is overloaded, and told when it stays so", async () => {
    let failures = 2;
    await using busy = await startS3Proxy(store, () => (failures-- > 0 ? 503 : undefined));
    await onS3({ endpoint: busy.endpoint }).writeText("b3/manifest.json", "there", signal);
    expect(await onS3().readText("b3/manifest.json", signal)).toBe("there");
    expect(busy.seen).toHaveLength(3);
  });

  it("that refuses is named with what it refuses, and never with the key", async () => {
    const wrong = onS3({}, { BACKUP_S3_SECRET_ACCESS_KEY: "canary-of-another" });
    await expect(wrong.list(signal)).rejects.toMatchObject({
      message: expect.stringMatching(/^(?!.*canary)127\.0\.0\.1:\d+ answered 403 \w+.*bucket kept/),
      fix: expect.stringContaining("s3:PutObject"),
    });
    await expect(onS3({ bucket: "nowhere" }).list(signal)).rejects.toThrow(/has no bucket nowhere/);
    expect(() => open(s3.definition, { bucket: "kept" })).toThrow("BACKUP_S3_ACCESS_KEY_ID is not set");
  });

  it("is not trusted with another host key than the declared one", async () => {
    const other = ssh.hostKey.replace(/.{4}$/, "AAAA");
    await expect(onSftp({ hostKey: other }).list(signal)).rejects.toThrow(/127\.0\.0\.1: /);
    const stranger = open(
      sftp.definition,
      { host: "127.0.0.1", port: ssh.port, user: ssh.user, path: ssh.root, hostKey: ssh.hostKey },
      { BACKUP_SFTP_IDENTITY: "/no/such/key" },
    );
    await expect(stranger.list(signal)).rejects.toMatchObject({
      message: expect.stringContaining("Permission denied"),
      fix: expect.stringContaining("authorized_keys"),
    });
  });
});
