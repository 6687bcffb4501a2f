import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { io } from "socket.io-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { migrate } from "../scripts/migrate.ts";
import { type Application, openApplication } from "../src/application.ts";
import { createClipStorage } from "../src/clips/storage.ts";
import { makeNextClip } from "../src/clips/work.ts";
import { openDatabase } from "../src/database.ts";
import { createLog } from "../src/log.ts";
import { readSettings } from "../src/settings.ts";
import { createStandInStorage } from "../stand-ins/storage.ts";
import { freePort } from "./child-server.ts";
import { run, startPostgres } from "./postgres-server.ts";

// The whole application, twice beside each other, with a real Postgres, FFmpeg and the stand-in for the bucket.

const WEBHOOK_SECRET = "whsec_test";
const directory = mkdtempSync(path.join(tmpdir(), "snuggles-test-"));
const log = createLog("test", "error", () => undefined);
let postgres: Awaited<ReturnType<typeof startPostgres>>;
let settings: ReturnType<typeof readSettings>;
let store: ReturnType<typeof createStandInStorage>;
let applications: Application[];
let urls: string[];

beforeAll(async () => {
  postgres = await startPostgres();
  await run(postgres.url, [
    "create role owner login",
    "create role app login",
    "create database rooms owner owner",
  ]);
  const as = (role: string) => {
    const url = new URL(postgres.url);
    [url.username, url.pathname] = [role, "rooms"];
    return url.href;
  };
  await migrate({ ownerUrl: as("owner"), appRole: "app", say: () => undefined });
  const storeUrl = `http://127.0.0.1:${await freePort()}`;
  const keys = { accessKeyId: "id", secretAccessKey: "secret" };
  store = createStandInStorage({ url: storeUrl, ...keys, directory });
  store.listen(Number(new URL(storeUrl).port), "127.0.0.1");
  settings = readSettings({
    PUBLIC_URL: "https://snuggles.test",
    ALLOWED_HOSTS: "127.0.0.1",
    DATABASE_URL: as("app"),
    JWT_SECRET: "j".repeat(43),
    STRIPE_SECRET_KEY: "sk_test_x",
    STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    STORAGE_ENDPOINT: storeUrl,
    STORAGE_ACCESS_KEY_ID: keys.accessKeyId,
    STORAGE_SECRET_ACCESS_KEY: keys.secretAccessKey,
    STORAGE_PUBLIC_URL: `${storeUrl}/clips`,
  });
  applications = await Promise.all([openApplication(settings, log), openApplication(settings, log)]);
  urls = await Promise.all(
    applications.map(async ({ server }) => {
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    }),
  );
});
afterAll(async () => {
  for (const application of applications) await application.stop();
  store.close();
  await postgres.stop();
  rmSync(directory, { recursive: true });
});

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever a route answers
  readonly body: any;
}

async function ask(
  token: string | undefined,
  path: string,
  body?: unknown,
  method?: string,
): Promise<Answer> {
  const answer = await fetch(`${urls[0]}${path}`, {
    method: method ?? (body === undefined ? "GET" : "POST"),
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
}

async function person(name: string): Promise<{ id: string; token: string }> {
  return (await ask(undefined, "/api/accounts", { name })).body;
}

async function room(token: string, maxParticipants = 2): Promise<string> {
  return (await ask(token, "/api/rooms", { name: "Red", maxParticipants })).body.code;
}

describe("a room", () => {
  it("is joined by its code until it is full, and read only by who is in it", async () => {
    const [host, guest, third] = [await person("Host"), await person("Guest"), await person("Third")];
    const code = await room(host.token);
    expect(await ask(guest.token, `/api/rooms/${code}/messages`)).toMatchObject({ status: 403 });
    expect(await ask(guest.token, `/api/rooms/${code.toLowerCase()}/join`, {})).toMatchObject({
      status: 200,
    });
    expect(await ask(third.token, `/api/rooms/${code}/join`, {})).toMatchObject({
      status: 409,
      body: { error: "room-full" },
    });
    await ask(guest.token, `/api/rooms/${code}/messages`, { text: "hello" });
    const { body } = await ask(host.token, `/api/rooms/${code}/messages`);
    expect(body.messages).toMatchObject([{ from: guest.id, body: "hello" }]);
  });

  it("has its last place taken once, however many ask at the same time", async () => {
    const host = await person("Host");
    const guests = await Promise.all(["a", "b", "c", "d"].map(person));
    const code = await room(host.token, 3);
    const answers = await Promise.all(guests.map(({ token }) => ask(token, `/api/rooms/${code}/join`, {})));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 409, 409]);
  });

  it("is heard on every instance, and only behind a token of somebody in it", async () => {
    const [host, guest] = [await person("Host"), await person("Guest")];
    const code = await room(host.token);
    const open = (token: string) =>
      io(urls[1] ?? "", { auth: { token }, transports: ["websocket"], forceNew: true });
    const page = open(host.token);
    const outside = open(guest.token);
    const stranger = open("nobody");
    const [refusal] = await new Promise<Error[]>((resolve) =>
      stranger.once("connect_error", (...told) => resolve(told)),
    );
    expect(refusal?.message).toBe("unauthorized");
    expect(await page.emitWithAck("room:watch", { code })).toMatchObject({ code });
    expect(await outside.emitWithAck("room:watch", { code })).toEqual({ error: "not-in-this-room" });
    const heard = new Promise((resolve) => page.once("room:message", resolve));
    await ask(host.token, `/api/rooms/${code}/messages`, { text: "over there" });
    expect(await heard).toMatchObject({ from: host.id, body: "over there" });
    for (const each of [page, outside, stranger]) each.disconnect();
  });

  it("costs a quota: three a month are free, and what is refused costs nothing", async () => {
    const host = await person("Host");
    expect(await ask(host.token, "/api/rooms", { name: "" })).toMatchObject({ status: 400 });
    for (let left = 3; left > 0; left--) await room(host.token);
    expect(await ask(host.token, "/api/rooms", { name: "Fourth" })).toMatchObject({
      status: 402,
      body: { error: "quota-used-up" },
    });
    expect((await ask(host.token, "/api/me")).body).toMatchObject({ tier: "free", used: { rooms: 3 } });
  });
});

describe("a poll", () => {
  it("counts each voter once and is asked by the host only", async () => {
    const [host, guest] = [await person("Host"), await person("Guest")];
    const code = await room(host.token);
    await ask(guest.token, `/api/rooms/${code}/join`, {});
    const poll = { question: "Tea?", options: ["Yes", "No"] };
    expect(await ask(guest.token, `/api/rooms/${code}/polls`, poll)).toMatchObject({ status: 403 });
    const { body } = await ask(host.token, `/api/rooms/${code}/polls`, poll);
    await ask(guest.token, `/api/polls/${body.id}/votes`, { choice: 1 });
    const again = await ask(guest.token, `/api/polls/${body.id}/votes`, { choice: 0 });
    expect(again.body.results).toEqual([1, 0]);
    expect(await ask(guest.token, `/api/polls/${body.id}/votes`, { choice: 2 })).toMatchObject({
      status: 400,
    });
  });
});

describe("a clip", () => {
  it("is made by the worker, played by anybody and removed with its owner", async () => {
    const host = await person("Host");
    const code = await room(host.token);
    const { body: clip } = await ask(host.token, "/api/clips", { title: "The best minute", room: code });
    expect(clip).toMatchObject({ status: "queued", url: null });
    const database = openDatabase({
      url: settings.databaseUrl,
      poolMax: 2,
      name: "test",
      onIdleError: () => undefined,
    });
    expect(await makeNextClip({ database, storage: createClipStorage(settings), log })).toBe(true);
    await database.close();
    const { body: made } = await ask(host.token, `/api/clips/${clip.id}`);
    const film = await fetch(made.url);
    expect([film.status, film.headers.get("content-type")]).toEqual([200, "video/mp4"]);
    expect(
      Buffer.from(await film.arrayBuffer())
        .subarray(4, 8)
        .toString(),
    ).toBe("ftyp");
    expect(await ask(host.token, "/api/me", undefined, "DELETE")).toMatchObject({ status: 200 });
    expect((await fetch(made.url)).status).toBe(404);
    const client = new pg.Client({ connectionString: postgres.url.replace(/\/[^/]*$/, "/rooms") });
    await client.connect();
    const { rows } = await client.query("select count(*)::int as left from person where id = $1", [host.id]);
    await client.end();
    expect(rows).toEqual([{ left: 0 }]);
  });
});

describe("Stripe's events", () => {
  async function deliver(type: string, id: string, object: object, secret = WEBHOOK_SECRET): Promise<Answer> {
    const created = Math.floor(Date.now() / 1_000);
    const body = JSON.stringify({ id, type, created, data: { object } });
    const hash = createHmac("sha256", secret).update(`${created}.${body}`).digest("hex");
    const answer = await fetch(`${urls[0]}/api/subscription/webhook`, {
      method: "POST",
      headers: { "stripe-signature": `t=${created},v1=${hash}` },
      body,
    });
    return { status: answer.status, body: await answer.json() };
  }

  it("change a subscription once, and the end of one is final", async () => {
    const { id, token } = await person("Payer");
    const subscription = (status: string) => ({
      id: `sub_${id}`,
      status,
      metadata: { person_id: id, tier: "pro" },
    });
    const updated = "customer.subscription.updated";
    expect(await deliver(updated, `evt_1${id}`, subscription("active"), "whsec_other")).toMatchObject({
      status: 400,
    });
    expect(await deliver(updated, `evt_1${id}`, subscription("active"))).toMatchObject({
      body: { outcome: "active" },
    });
    expect(await deliver(updated, `evt_1${id}`, subscription("active"))).toMatchObject({
      body: { outcome: "already processed" },
    });
    expect((await ask(token, "/api/me")).body).toMatchObject({ tier: "pro", limits: { rooms: -1 } });
    await deliver("customer.subscription.deleted", `evt_2${id}`, subscription("active"));
    expect(await deliver(updated, `evt_3${id}`, subscription("active"))).toMatchObject({
      body: { outcome: "too late" },
    });
    expect((await ask(token, "/api/me")).body).toMatchObject({ tier: "free" });
  });
});
