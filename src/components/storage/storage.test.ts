import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { AwsClient } from "aws4fetch";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stateOfLine } from "../../../test/fixtures/held-line.ts";
import { startS3, type TestS3 } from "../../../test/fixtures/s3-server.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { answersOf } from "../../../test/fixtures/web-subject.ts";
import type { Doors } from "../../model/doors.ts";
import type { Outcome } from "../../model/outcome.ts";
import { openDoors } from "../../system/doors.ts";
import { lifecycleDeclared, uploadRoundTrip } from "./bucket-checks.ts";
import { type LifecycleRule, lifecycleRules } from "./bucket-facts.ts";
import { encryptionOn, versioningOn } from "./keeping-checks.ts";
import { type StorageOptions, storageOptions } from "./options.ts";
import { storage } from "./storage.ts";
import { ownFolder, uploadLimits } from "./upload-checks.ts";
import type { Uploads } from "./upload-facts.ts";

const ORIGIN = "https://app.example";
let s3: TestS3;
let doors: Doors & AsyncDisposable;
let swift: string;

beforeAll(async () => {
  s3 = await startS3();
  doors = openDoors();
  const client = new AwsClient({ ...s3, service: "s3", region: "us-east-1" });
  // What S3 says by a policy, Swift says by an access list.
  const made = await Promise.all([
    client.fetch(`${s3.endpoint}/private`, { method: "PUT" }),
    client.fetch(`${s3.endpoint}/public`, { method: "PUT", headers: { "x-amz-acl": "public-read" } }),
  ]);
  expect(made.map(({ status }) => status)).toEqual([200, 200]);
  swift = `${s3.endpoint}/v1/AUTH_backup`;
}, 90_000);
afterAll(async () => {
  await doors[Symbol.asyncDispose]();
  await s3[Symbol.asyncDispose]();
});

async function listening(server: Server): Promise<{ url: string } & AsyncDisposable> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function ask(
  options: Readonly<Record<string, unknown>>,
  variables: Readonly<Record<string, string>> = {},
  checks = storage.definition.checks,
): Promise<Record<string, Outcome>> {
  const subject = subjectFor<StorageOptions>({
    component: "files",
    options: storageOptions.parse(options),
    variables: {
      STORAGE_ENDPOINT: s3.endpoint,
      STORAGE_ACCESS_KEY_ID: s3.accessKeyId,
      STORAGE_SECRET_ACCESS_KEY: s3.secretAccessKey,
      STORAGE_PUBLIC_URL: `${swift}/public`,
      ...variables,
    },
  });
  return answersOf(doors, subject, checks);
}

describe("a bucket", () => {
  it("that is private as declared passes, and says nothing of its lifecycle", async () => {
    expect(await ask({ bucket: "private", lifecycle: { abortUploadsAfterDays: 7 } })).toMatchObject({
      "storage.upload.roundtrip": { status: "pass" },
      "storage.bucket.public-access": { status: "pass" },
      "storage.signed-only": { status: "pass" },
      "storage.bucket.cors": { status: "not applicable" },
      "storage.bucket.lifecycle": { status: expect.stringMatching(/unknown|fail/) },
      "storage.upload.limits": { status: "not applicable" },
      "storage.folder.own": { status: "not applicable" },
    });
  });

  it("that is public as declared passes", async () => {
    expect(await ask({ bucket: "public", public: true })).toMatchObject({
      "storage.upload.roundtrip": { status: "pass" },
      "storage.bucket.public-access": { status: "pass" },
      "storage.signed-only": { status: "not applicable" },
    });
  });

  it("that is private and declared public fails", async () => {
    const url = { STORAGE_PUBLIC_URL: `${swift}/private` };
    expect(await ask({ bucket: "private", public: true }, url)).toMatchObject({
      "storage.bucket.public-access": { status: "fail", summary: "public objects cannot be read" },
    });
  });

  it("that refuses the key fails, and the key is in no answer", async () => {
    const answers = await ask({ bucket: "private" }, { STORAGE_SECRET_ACCESS_KEY: "canary-of-a-key" });
    expect(answers).toMatchObject({
      "storage.upload.roundtrip": { status: "fail", summary: "the bucket refuses the application's key" },
      "storage.bucket.public-access": { status: "unknown" },
      "storage.signed-only": { status: "unknown" },
    });
    expect(JSON.stringify(answers)).not.toMatch(/canary-of-a-key/);
  });

  it("that is not there, or whose store does not answer, is unknown", async () => {
    expect(await ask({ bucket: "nowhere" })).toMatchObject({
      "storage.upload.roundtrip": { status: "unknown", reason: expect.stringContaining("no bucket nowhere") },
    });
    expect(await ask({ bucket: "private" }, { STORAGE_ENDPOINT: "http://127.0.0.1:1" })).toMatchObject({
      "storage.upload.roundtrip": { status: "unknown" },
      "storage.bucket.public-access": { status: "unknown" },
    });
  });

  /** Takes, gives back and removes one object; whoever has no key gets these answers. */
  async function storeFor(strangers: { read: number; list: number }) {
    let kept: Buffer | undefined;
    const server = createServer(async (request, response) => {
      const { method, url = "", headers } = request;
      const sent = Buffer.concat(await request.toArray());
      const end = (status: number, body?: Buffer) => response.writeHead(status).end(body);
      if (headers.authorization === undefined) end(url.includes("?list") ? strangers.list : strangers.read);
      else if (method === "GET") end(kept ? 200 : 404, kept);
      else {
        kept = method === "PUT" ? sent : undefined;
        end(method === "PUT" ? 200 : 204);
      }
    });
    return await listening(server);
  }

  it.each([
    [{ read: 403, list: 403 }, { status: "pass" }, { status: "pass", summary: "403 without a signature" }],
    [
      { read: 503, list: 403 },
      { status: "unknown", reason: "the store answered 503 to a read without a key: ask again" },
    ],
    [
      { read: 429, list: 403 },
      { status: "unknown", reason: "the store answered 429 to a read without a key: ask again" },
    ],
    [
      { read: 403, list: 503 },
      { status: "unknown", reason: "the store answered 503 to a list without a key: ask again" },
      {},
    ],
    [{ read: 403, list: 429 }, { status: "unknown" }, {}],
    [{ read: 200, list: 503 }, { status: "fail", findings: ["read"] }, { status: "fail" }],
    [
      { read: 503, list: 200 },
      { status: "fail", findings: ["list"] },
    ],
  ])("that answers strangers with %o: %o", async (strangers, expected, signed = { status: "unknown" }) => {
    await using store = await storeFor(strangers);
    const answers = await ask({ bucket: "clips" }, { STORAGE_ENDPOINT: store.url });
    expect(answers).toMatchObject({
      "storage.upload.roundtrip": { status: "pass" },
      "storage.bucket.public-access": expected,
      "storage.signed-only": signed,
    });
  });

  it("that is public as declared and too busy is unknown", async () => {
    await using store = await storeFor({ read: 503, list: 403 });
    const variables = { STORAGE_ENDPOINT: store.url, STORAGE_PUBLIC_URL: `${store.url}/clips` };
    expect(await ask({ bucket: "clips", public: true }, variables)).toMatchObject({
      "storage.bucket.public-access": { status: "unknown" },
    });
  });

  it.each([
    [
      "for the declared origin",
      (origin: string) => (origin === ORIGIN ? origin : undefined),
      { status: "pass" },
    ],
    ["for nobody", () => undefined, { status: "fail", findings: [ORIGIN] }],
    ["for everybody", () => "*", { status: "fail", findings: ["*"] }],
  ])("answers preflights %s", async (_, allowed, expected) => {
    const server = createServer(({ headers: { origin = "" } }, response) => {
      const told = allowed(origin);
      response.writeHead(200, told === undefined ? {} : { "access-control-allow-origin": told }).end();
    });
    await using url = await listening(server);
    const answers = await ask(
      { bucket: "clips", cors: { origins: [ORIGIN] } },
      { STORAGE_ENDPOINT: url.url },
    );
    expect(answers["storage.bucket.cors"]).toMatchObject(expected);
  });
});

describe("storage.bucket.versioning", () => {
  it("goes by what the store says of the bucket", async () => {
    const client = new AwsClient({ ...s3, service: "s3", region: "us-east-1" });
    await client.fetch(`${s3.endpoint}/kept`, { method: "PUT" });
    const turn = async (status: string) => {
      const body = `<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>${status}</Status></VersioningConfiguration>`;
      const answer = await client.fetch(`${s3.endpoint}/kept?versioning=`, { method: "PUT", body });
      expect(answer.status, await answer.text()).toBe(200);
    };
    const said = async (options: object = {}, variables?: Record<string, string>) =>
      (await ask({ bucket: "kept", versioning: true, ...options }, variables, [versioningOn]))[
        "storage.bucket.versioning"
      ];
    expect(await said()).toMatchObject({ status: "fail", found: "never switched on" });
    await turn("Enabled");
    expect(await said()).toMatchObject({ status: "pass" });
    // The object that is stored and removed for a look leaves no versions behind.
    const all = await ask({ bucket: "kept" }, {}, [uploadRoundTrip]);
    expect(all["storage.upload.roundtrip"]).toMatchObject({ status: "pass" });
    const versions = await (await client.fetch(`${s3.endpoint}/kept?versions=`)).text();
    expect(versions).toContain("<ListVersionsResult");
    expect(versions).not.toContain("<Key>");
    expect(await said({ versioning: false })).toMatchObject({ status: "not applicable" });
    await turn("Suspended");
    expect(await said()).toMatchObject({ status: "fail", found: "suspended" });
    expect(await said({ bucket: "nowhere" })).toMatchObject({
      status: "unknown",
      reason: "there is no bucket nowhere",
    });
    expect(await said({}, { STORAGE_SECRET_ACCESS_KEY: "canary" })).toMatchObject({
      status: "unknown",
      reason: "the key in STORAGE_ACCESS_KEY_ID may not ask: allow it s3:GetBucketVersioning on kept",
    });
  });
});

describe("storage.bucket.encryption", () => {
  /** As docs.aws.amazon.com shows the answer of GetBucketEncryption. */
  const rule = (algorithm: string) =>
    `<?xml version="1.0" encoding="UTF-8"?><ServerSideEncryptionConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>${algorithm}</SSEAlgorithm></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>false</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>`;
  const none = "<Error><Code>ServerSideEncryptionConfigurationNotFoundError</Code></Error>";

  it.each([
    ["AES256", 200, rule("AES256"), { status: "pass" }],
    ["AES256", 200, rule("aws:kms"), { status: "pass" }],
    ["aws:kms", 200, rule("AES256"), { status: "fail", found: "AES256" }],
    ["AES256", 404, none, { status: "fail", found: "no default encryption" }],
    ["AES256", 404, "<Error><Code>NoSuchBucket</Code></Error>", { status: "unknown" }],
    ["AES256", 200, "<html>", { status: "unknown" }],
    [
      "AES256",
      403,
      "",
      { status: "unknown", reason: expect.stringContaining("s3:GetEncryptionConfiguration") },
    ],
  ])("with %s declared and %i answered: %s", async (encryption, status, body, expected) => {
    const server = createServer(({ url = "" }, response) => {
      const isAsked = url === "/clips?encryption=";
      response.writeHead(isAsked ? status : 500).end(isAsked ? body : "");
    });
    await using store = await listening(server);
    const answers = await ask({ bucket: "clips", encryption }, { STORAGE_ENDPOINT: store.url }, [
      encryptionOn,
    ]);
    expect(answers["storage.bucket.encryption"]).toMatchObject(expected);
  });

  it("is unknown of a real store that does not tell, and not applicable where it is not declared", async () => {
    const said = async (options: object) =>
      (await ask({ bucket: "private", ...options }, {}, [encryptionOn]))["storage.bucket.encryption"];
    expect(await said({ encryption: "AES256" })).toMatchObject({ status: "unknown" });
    expect(await said({})).toMatchObject({ status: "not applicable" });
  });
});

describe("a lifecycle", async () => {
  const xml = (rules: string) =>
    `<?xml version="1.0"?><LifecycleConfiguration>${rules}</LifecycleConfiguration>`;
  const rules = await lifecycleRules(
    xml(`<Rule><ID>a</ID><Filter/><Status>Enabled</Status>
      <AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation></AbortIncompleteMultipartUpload></Rule>
      <Rule><Filter><And><Prefix>tmp/</Prefix></And></Filter><Status>Enabled</Status><Expiration><Days>30</Days></Expiration></Rule>
      <Rule><Prefix>old/</Prefix><Status>Disabled</Status><Expiration><Days>1</Days></Expiration></Rule>`),
  );
  const judge = (seen: readonly LifecycleRule[], lifecycle: object) =>
    lifecycleDeclared.run(
      { rules: seen },
      subjectFor<StorageOptions>({ options: storageOptions.parse({ bucket: "clips", lifecycle }) }),
    );
  const expire = [{ prefix: "tmp/", days: 30 }];

  it("as S3 tells it is understood and compared with the declared one", () => {
    expect(rules).toEqual([
      { enabled: true, prefix: "", expireDays: undefined, abortDays: 7 },
      { enabled: true, prefix: "tmp/", expireDays: 30, abortDays: undefined },
      { enabled: false, prefix: "old/", expireDays: 1, abortDays: undefined },
    ]);
    expect(judge(rules, { abortUploadsAfterDays: 7, expire })).toMatchObject({ status: "pass" });
  });

  it("that lacks a rule, has another, or is absent fails", () => {
    expect(judge(rules, { abortUploadsAfterDays: 1, expire })).toMatchObject({
      summary: "a declared rule is missing",
      findings: ["unfinished uploads end after 1 d"],
    });
    expect(judge(rules, { abortUploadsAfterDays: 7 })).toMatchObject({
      summary: "the bucket removes what was not declared",
      findings: ['"tmp/" expires after 30 d'],
    });
    expect(judge([], { expire })).toMatchObject({ summary: "the bucket has no lifecycle" });
  });
});

const UPLOAD = {
  path: "/uploads",
  types: ["video/mp4"],
  maxSize: "1MB",
  remove: "/files/:folder/:file",
  guests: `echo '{"member":"member","stranger":"stranger","folder":"mine"}'`,
};

describe("an application that takes files", () => {
  /** Answers as the real one does; `open` lets through what must be refused. */
  async function answersWith(open: boolean): Promise<Record<string, Outcome>> {
    const server = createServer((message, response) => {
      const token = message.headers.authorization?.replace("Bearer ", "");
      const answer = (status: number, body: object = {}) =>
        response.writeHead(status, { connection: "close" }).end(JSON.stringify(body));
      if (open) return answer(200, { key: "mine/one" });
      if (token === undefined) return answer(401);
      if (message.method === "DELETE") return answer(token === "member" ? 200 : 403);
      if (Number(message.headers["content-length"]) > 1_048_576) return answer(413);
      if (message.headers["content-type"] !== "video/mp4") return answer(415);
      return answer(201, { key: "mine/one" });
    });
    await using address = await listening(server);
    const subject = subjectFor<StorageOptions>({
      options: storageOptions.parse({ bucket: "clips", upload: UPLOAD }),
      address,
    });
    return await answersOf(doors, subject, [uploadLimits, ownFolder]);
  }

  it("passes when it refuses what it must, and fails when it takes everything", async () => {
    expect(await answersWith(false)).toMatchObject({
      "storage.upload.limits": {
        status: "pass",
        measured: { tooBig: 413, otherType: 415, maxSizeBytes: 1_048_576 },
      },
      "storage.folder.own": { status: "pass", summary: "somebody else: 403, the owner: 200" },
    });
    expect(await answersWith(true)).toMatchObject({
      "storage.upload.limits": { status: "fail", findings: ["anonymous"] },
      "storage.folder.own": { status: "fail", findings: ["stranger"] },
    });
  });

  it("is held to the size that a line asks for", async () => {
    const outcome = (await answersWith(false))["storage.upload.limits"];
    expect(stateOfLine("Uploads limited to 10MB", uploadLimits, outcome)).toBe("go");
    expect(stateOfLine("Uploads limited to 500KB", uploadLimits, outcome)).toBe("failing");
    expect(stateOfLine("Uploads limited (e.g. 500KB)", uploadLimits, outcome)).toBe("go");
  });

  it("is unknown while nothing is deployed", async () => {
    const subject = subjectFor<StorageOptions>({
      options: storageOptions.parse({ bucket: "clips", upload: UPLOAD }),
    });
    expect(await answersOf(doors, subject, [uploadLimits, ownFolder])).toMatchObject({
      "storage.upload.limits": { status: "unknown" },
      "storage.folder.own": { status: "unknown" },
    });
  });

  const healthy: Uploads = {
    allowed: 201,
    otherType: 415,
    anonymous: 401,
    tooBig: 413,
    strangerRemoves: 403,
    ownerRemoves: 200,
  };
  const subject = subjectFor<StorageOptions>({
    options: storageOptions.parse({ bucket: "clips", upload: UPLOAD }),
  });

  it.each([
    [{ otherType: 201 }, "a file of any type is taken"],
    [{ tooBig: 200 }, "a file of any size is taken"],
    [{ tooBig: undefined }, "a file that is too big is not refused by its announced size"],
    [{ allowed: 500 }, "a file as declared is not taken"],
  ])("with %o fails", (change, summary) => {
    expect(uploadLimits.run({ seen: { ...healthy, ...change } }, subject)).toMatchObject({
      status: "fail",
      summary,
    });
  });

  it("whose owners cannot remove fails; one that stored nothing is unknown", () => {
    expect(ownFolder.run({ seen: { ...healthy, ownerRemoves: 403 } }, subject)).toMatchObject({
      summary: "people cannot remove their own files",
    });
    const nothing = { ...healthy, strangerRemoves: undefined, ownerRemoves: undefined };
    expect(ownFolder.run({ seen: nothing }, subject)).toMatchObject({ status: "unknown" });
  });
});
