import { Redis } from "ioredis";
import { jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Running, startApplication } from "./running-application.ts";

let app: Running;
beforeAll(async () => {
  app = await startApplication();
});
afterAll(() => app[Symbol.asyncDispose]());

const PASSWORD = "eleven grey geese";

/** One browser: keeps its cookies and says where its pages come from. */
function browser(origin = app.url) {
  const cookies = new Map<string, string>();
  return {
    async ask(
      method: string,
      path: string,
      body?: unknown,
    ): Promise<{ status: number; value: Json; to: string }> {
      const response = await fetch(path.startsWith("http") ? path : app.url + path, {
        method,
        redirect: "manual",
        headers: {
          origin,
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
          ...(body !== undefined && { "content-type": "application/json" }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      for (const line of response.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === "") cookies.delete(name);
        else cookies.set(name, value);
      }
      const text = await response.text();
      const value = text.startsWith("{") ? (JSON.parse(text) as Json) : {};
      return { status: response.status, value, to: response.headers.get("location") ?? "" };
    },
    cookies,
  };
}
type Json = Record<string, unknown>;

async function person(name: string) {
  const own = browser();
  const email = `${name}@probe.invalid`;
  const { status, value } = await own.ask("POST", "/api/register", { email, password: PASSWORD });
  expect(status).toBe(201);
  return { ...own, email, id: String(value.id) };
}

async function streamOf(creator: Awaited<ReturnType<typeof person>>, priceMinor = 900) {
  const { value: space } = await creator.ask("POST", "/api/spaces", { name: "Loft" });
  const { status, value } = await creator.ask("POST", `/api/spaces/${space.id}/streams`, {
    title: "Soundcheck",
    priceMinor,
  });
  expect(status).toBe(201);
  return { space: String(space.id), stream: String(value.id), ticket: `/api/streams/${value.id}/ticket` };
}

const paid = (id: string, given: { person: string; stream: string; amount?: number; checkout?: string }) => ({
  id,
  type: "checkout.session.completed",
  data: {
    object: {
      id: given.checkout ?? `cs_${id}`,
      client_reference_id: given.person,
      customer_email: "fan@probe.invalid",
      metadata: { stream: given.stream },
      amount_total: given.amount ?? 900,
      currency: "usd",
      payment_status: "paid",
    },
  },
});

describe("a stream", () => {
  it("is shown to everybody, entered by its creator, and over when it is ended", async () => {
    const creator = await person("creator");
    const { stream, ticket } = await streamOf(creator);
    const { value } = await browser().ask("GET", "/api/streams");
    expect(value.streams).toContainEqual({ id: stream, title: "Soundcheck", priceMinor: 900, space: "Loft" });
    const { value: given } = await creator.ask("POST", ticket);
    const secret = new TextEncoder().encode("live-canary".repeat(4));
    const { payload } = await jwtVerify(String(given.live), secret, { issuer: "APIcanary" });
    expect(payload.video).toEqual({ room: stream, roomJoin: true, canPublish: true, canSubscribe: true });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(1_200);
    expect((await creator.ask("DELETE", `/api/streams/${stream}`)).status).toBe(204);
    expect((await creator.ask("POST", ticket)).status).toBe(410);
  });

  it("is made in one's own space only, at a price in whole cents", async () => {
    const [creator, other] = [await person("owner"), await person("other")];
    const { space } = await streamOf(creator);
    const make = (who: typeof creator, priceMinor: unknown) =>
      who.ask("POST", `/api/spaces/${space}/streams`, { title: "Mine", priceMinor });
    expect((await make(other, 900)).status).toBe(404);
    for (const price of [99, 900.5, "900", -900]) expect((await make(creator, price)).status).toBe(400);
  });
});

describe("a pass", () => {
  it("lets in whoever paid for it, once however often that is told, and a letter waits to be sent", async () => {
    const [creator, fan] = [await person("selling"), await person("fan")];
    const { stream, ticket } = await streamOf(creator);
    expect((await fan.ask("POST", ticket)).status).toBe(402);
    const given = { person: fan.id, stream };
    expect((await app.deliver(paid("evt_1", given), 600)).status).toBe(400);
    expect((await app.deliver(paid("evt_cheap", { ...given, amount: 1 }))).status).toBe(200);
    expect((await fan.ask("POST", ticket)).status).toBe(402);
    for (const id of ["evt_1", "evt_1", "evt_2"])
      expect((await app.deliver(paid(id, { ...given, checkout: "cs_one" }))).status).toBe(200);
    expect((await fan.ask("POST", ticket)).status).toBe(201);
    expect(await app.world.admin("select 1 from access_pass where person_id = $1", [fan.id])).toHaveLength(1);
    await using redis = {
      client: new Redis(app.cacheUrl),
      async [Symbol.asyncDispose]() {
        this.client.disconnect();
      },
    };
    expect(await redis.client.llen("jobs:ready")).toBe(1);
  });
});

describe("an account", () => {
  it("cannot be changed by another site, and takes everything with it", async () => {
    const creator = await person("leaving");
    await streamOf(creator);
    const foreign = browser("https://evil.test");
    for (const [name, value] of creator.cookies) foreign.cookies.set(name, value);
    expect((await foreign.ask("DELETE", "/api/me")).status).toBe(403);
    expect((await creator.ask("GET", "/api/me/export")).value).toMatchObject({ spaces: [{ name: "Loft" }] });
    expect((await creator.ask("DELETE", "/api/me")).status).toBe(204);
    const [row] = await app.world.admin("select audit_traces_of($1) as traces", [creator.id]);
    expect(Number(row?.traces)).toBe(0);
  });
});

describe("what it says", () => {
  it("keeps every secret to itself", () => {
    expect(app.lines.filter((line) => /canary|whsec|__Host|eleven grey|eyJ/.test(line))).toEqual([]);
    for (const line of app.lines) expect(JSON.parse(line)).toHaveProperty("message");
  });
});
