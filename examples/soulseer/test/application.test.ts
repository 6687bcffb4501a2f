import { once } from "node:events";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { RTC_TOKEN_SECONDS } from "../src/sessions/rtc-token.ts";
import { activeSession, balance, person, reader, troubles } from "./people.ts";
import { type Running, startApplication } from "./running-application.ts";

let app: Running;
beforeAll(async () => {
  app = await startApplication();
});
afterAll(() => app[Symbol.asyncDispose]());

const ask = (path: string, init: RequestInit = {}) => fetch(app.url + path, { redirect: "manual", ...init });
const as = (token: string, body?: unknown): RequestInit => ({
  ...(body !== undefined && { method: "POST", body: JSON.stringify(body) }),
  headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
});

/** Status of a request that fetch would not send. */
function rawStatus({
  method = "GET",
  path = "/",
  name,
}: {
  method?: string;
  path?: string;
  name?: string;
}): Promise<number | undefined> {
  const { port, hostname: host } = new URL(app.url);
  const headers = name === undefined ? {} : { host: name };
  return new Promise((resolve, reject) => {
    const sent = request({ host, port, method, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on("error", reject);
    sent.end();
  });
}

describe("every answer", () => {
  it.each([
    ["/", 200],
    ["/nothing", 404],
    ["/probe/broken", 500],
    ["/sign-in", 303],
    ["/api/readers", 200],
    ["/api/nothing", 404],
    ["/api/me", 401],
    ["/ready", 200],
  ])("%s (%i) carries the security headers", async (path, status) => {
    const { headers, status: found } = await ask(path);
    expect(found).toBe(status);
    expect(headers.get("strict-transport-security")).toMatch(/max-age=31536000/);
    expect(headers.get("content-security-policy")).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(headers.get("content-security-policy")).not.toMatch(/unsafe/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("says no to what it does not know", async () => {
    expect(await rawStatus({ method: "TRACE" })).toBe(405);
    expect(await rawStatus({ method: "NOPE" })).toBe(405);
    expect(await rawStatus({ method: "DELETE", path: "/api/me" })).toBe(405);
    expect(await rawStatus({ name: "evil.test" })).toBe(421);
    expect((await ask("/stripe/webhook/", { method: "POST", body: "x".repeat(300_000) })).status).toBe(413);
  });

  it("tells other origins apart", async () => {
    const allowed = await ask("/api/readers", { headers: { origin: "https://app.soulseer.test" } });
    expect(allowed.headers.get("access-control-allow-origin")).toBe("https://app.soulseer.test");
    const stranger = await ask("/api/readers", { headers: { origin: "https://evil.test" } });
    expect(stranger.headers.get("access-control-allow-origin")).toBeNull();
    expect(stranger.headers.get("vary")).toContain("Origin");
  });

  it("counts by the address that the edge saw, not the one a caller claims", async () => {
    const from = (forwarded: string) => ask("/sign-in", { headers: { "x-forwarded-for": forwarded } });
    const statuses = [];
    for (let index = 0; index < 32; index++) statuses.push((await from(`10.0.0.${index}, 192.0.2.1`)).status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
    const limited = await from("192.0.2.1");
    expect(Number(limited.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await from("192.0.2.2")).status).toBe(303);
  });
});

describe("signing in", () => {
  it("leads through the issuer to a profile, a wallet and a session, and out again", async () => {
    const begun = await ask("/sign-in?return=/privacy");
    const cookie = begun.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    expect(begun.headers.getSetCookie()[0]).toMatch(
      /^__Host-sign-in=.*Path=\/;.*Secure; HttpOnly; SameSite=Lax$/,
    );
    const form = new URLSearchParams([
      ...new URL(begun.headers.get("location") ?? "").searchParams,
      ["name", "Ada"],
      ["role", "client"],
    ]);
    const signed = await fetch(`${app.issuerUrl}/authorize`, {
      method: "POST",
      body: form,
      redirect: "manual",
    });
    const callback = new URL(signed.headers.get("location") ?? "");
    const path = callback.pathname + callback.search;
    expect((await ask(path)).status).toBe(400);
    const done = await ask(path, { headers: { cookie } });
    expect([done.status, done.headers.get("location")]).toEqual([303, "/privacy"]);
    expect((await ask(path, { headers: { cookie } })).status).toBe(400);

    const session = done.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    expect(await (await ask("/api/me", { headers: { cookie: session } })).json()).toMatchObject({
      displayName: "Ada",
      role: "client",
    });
    expect(await (await ask("/api/wallet", { headers: { cookie: session } })).json()).toMatchObject({
      balanceMinor: 0,
    });
    const signOut = (origin: string) =>
      ask("/sign-out", { method: "POST", headers: { cookie: session, origin } });
    expect((await signOut("https://evil.test")).status).toBe(403);
    expect((await signOut("https://soulseer.test")).status).toBe(303);
    expect((await ask("/api/me", { headers: { cookie: session } })).status).toBe(401);
  });

  it.each([
    ["expired", { exp: 1 }],
    ["for another audience", { aud: "https://other.test" }],
    ["of another issuer", { iss: "https://other.test" }],
    ["not valid yet", { nbf: 99_999_999_999 }],
    ["without expiry", { exp: null }],
  ])("refuses a token that is %s", async (_, claims) => {
    expect((await ask("/api/me", as(await app.token({ sub: "t|1", ...claims })))).status).toBe(401);
  });

  it("makes one profile of two first requests", async () => {
    const token = await app.token({ sub: "t|twice" });
    const answers = await Promise.all([1, 2, 3, 4].map(async () => (await ask("/api/me", as(token))).json()));
    expect(new Set(answers.map((each) => (each as { id: string }).id)).size).toBe(1);
  });

  it("keeps readers' doors for readers", async () => {
    const put = async (roles: string[]) =>
      (
        await ask("/api/readers/me", {
          ...as(await app.token({ sub: `t|${roles}`, name: "Rhea", roles }), { rateMinor: 199 }),
          method: "PUT",
        })
      ).status;
    expect(await put(["client"])).toBe(403);
    expect(await put(["reader"])).toBe(200);
  });
});

describe("Stripe's webhook", () => {
  const paid = (id: string, whose: string, amount: unknown = 2_500) => ({
    id: `evt_${id}`,
    type: "checkout.session.completed",
    data: {
      object: {
        id: `cs_${id}`,
        client_reference_id: whose,
        amount_total: amount,
        currency: "usd",
        payment_status: "paid",
      },
    },
  });

  it("credits a payment once, however often and by whichever event it is told", async () => {
    const ada = await person(app.world, "Ada");
    const event = paid("once", ada);
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => app.deliver(event)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    await app.deliver({ ...event, id: "evt_again", type: "checkout.session.async_payment_succeeded" });
    expect(await balance(app.world, ada)).toBe(2_500);
    expect(await troubles(app.world)).toEqual([]);
  });

  it("refuses what Stripe did not sign, and what is too old", async () => {
    const ada = await person(app.world, "Ada");
    expect((await app.deliver(paid("a", ada), { secret: "whsec_other" })).status).toBe(400);
    expect((await app.deliver(paid("b", ada), { ageSeconds: 301 })).status).toBe(400);
    expect((await app.deliver(paid("c", ada), { ageSeconds: -301 })).status).toBe(400);
    expect(
      (await ask("/stripe/webhook/", { method: "POST", body: JSON.stringify(paid("d", ada)) })).status,
    ).toBe(400);
    expect(await balance(app.world, ada)).toBe(0);
  });

  it("moves no money for amounts that are none", async () => {
    const ada = await person(app.world, "Ada");
    for (const [index, amount] of [-5, 0, 1.5, "2500", 2 ** 60].entries()) {
      expect((await app.deliver(paid(`odd${index}`, ada, amount))).status).toBe(200);
    }
    expect(await balance(app.world, ada)).toBe(0);
  });

  it("verifies the bytes as they came", async () => {
    expect(
      (await app.deliver('{ "id":"evt_odd",\n\t"type" : "ping\\u0021", "data":{"object":{}} }\n')).status,
    ).toBe(200);
  });
});

describe("a session", () => {
  it("goes from request to call to end, with money only where it should go", async () => {
    const [client, host] = [
      await app.token({ sub: "t|client", name: "Cleo" }),
      await app.token({ sub: "t|host", name: "Rhea", roles: ["reader"] }),
    ];
    const post = async (token: string, path: string, body: unknown = {}) => {
      const response = await ask(path, as(token, body));
      return { status: response.status, value: (await response.json()) as Record<string, unknown> };
    };
    await ask("/api/readers/me", { ...as(host, { rateMinor: 300 }), method: "PUT" });
    const { id: readerId } = (await (await ask("/api/me", as(host))).json()) as { id: string };
    const { id: clientId } = (await (await ask("/api/me", as(client))).json()) as { id: string };
    expect((await post(client, "/api/sessions", { readerId })).status).toBe(402);
    await app.deliver({
      id: "evt_fund",
      type: "checkout.session.completed",
      data: {
        object: {
          id: "cs_fund",
          client_reference_id: clientId,
          amount_total: 1_000,
          currency: "usd",
          payment_status: "paid",
        },
      },
    });
    const asked = await post(client, "/api/sessions", { readerId });
    expect(asked.status).toBe(201);
    const path = `/api/sessions/${asked.value.id}`;
    expect((await post(client, `${path}/accept`)).status).toBe(403);
    expect((await post(host, `${path}/accept`)).value).toMatchObject({ state: "active" });
    expect(await balance(app.world, clientId)).toBe(700);
    const token = await post(client, `${path}/rtc-token`);
    expect(token.value).toMatchObject({
      expiresInSeconds: RTC_TOKEN_SECONDS,
      token: expect.stringMatching(/^007/),
    });
    expect((await post(await app.token({ sub: "t|eve" }), `${path}/rtc-token`)).status).toBe(403);
    expect((await post(client, `${path}/pause`)).value).toMatchObject({ state: "grace" });
    expect((await post(client, `${path}/resume`)).value).toMatchObject({ state: "active" });
    expect(await balance(app.world, clientId)).toBe(700);
    expect((await post(client, `${path}/end`)).value).toMatchObject({ state: "ended" });
    expect((await post(client, `${path}/rtc-token`)).status).toBe(410);
    expect((await post(client, `${path}/resume`)).status).toBe(409);
    expect(await troubles(app.world)).toEqual([]);
  });

  it("gives no token without funds", async () => {
    const token = await app.token({ sub: "t|poor" });
    const { id: client } = (await (await ask("/api/me", as(token))).json()) as { id: string };
    const session = await activeSession(app.world, {
      client,
      reader: await reader(app.world, "Ria", 100),
      rateCents: 100,
      dueSecondsAgo: 0,
    });
    expect((await ask(`/api/sessions/${session}/rtc-token`, as(token, {}))).status).toBe(402);
    await app.world.admin("delete from reading_session where id = $1", [session]);
  });
});

describe("the live socket", () => {
  const open = (headers: Record<string, string>) =>
    new Promise<{ first?: string; status?: number; socket: WebSocket }>((resolve) => {
      const socket = new WebSocket(`${app.url.replace("http", "ws")}/live`, { headers });
      socket.once("message", (data) => resolve({ first: String(data), socket }));
      socket.once("unexpected-response", (_, response) =>
        resolve({ status: response.statusCode ?? 0, socket }),
      );
      socket.on("error", () => undefined);
    });

  it("opens for its own pages only", async () => {
    expect((await open({ origin: "https://evil.test" })).status).toBe(403);
    const { first, socket } = await open({ origin: "https://soulseer.test" });
    expect(JSON.parse(first ?? "")).toEqual({ kind: "hello", signedIn: false });
    socket.terminate();
  });

  it("tells a person of their own wallet", async () => {
    const token = await app.token({ sub: "t|live" });
    const { id } = (await (await ask("/api/me", as(token))).json()) as { id: string };
    const { socket } = await open({ authorization: `Bearer ${token}` });
    const heard = new Promise((resolve) =>
      socket.once("message", (data) => resolve(JSON.parse(String(data)))),
    );
    await app.deliver({
      id: "evt_live",
      type: "checkout.session.completed",
      data: {
        object: {
          id: "cs_live",
          client_reference_id: id,
          amount_total: 1,
          currency: "usd",
          payment_status: "paid",
        },
      },
    });
    expect(await heard).toEqual({ kind: "wallet" });
    socket.terminate();
  });
});

describe("the log", () => {
  it("is JSON with request ids and holds no secret", () => {
    const entries = app.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(
      entries
        .filter(({ message }) => message === "request")
        .every(({ requestId }) => typeof requestId === "string"),
    ).toBe(true);
    expect(app.lines.filter((line) => /eyJ|whsec|__Host|client-secret|"007eJ/.test(line))).toEqual([]);
  });
});

describe("stopping", () => {
  it("finishes what is in flight and tells sockets to come back", async () => {
    const socket = new WebSocket(`${app.url.replace("http", "ws")}/live`);
    await new Promise((resolve) => socket.once("message", resolve));
    const closed = new Promise((resolve) => socket.once("close", resolve));
    const body = new ReadableStream({
      async start(stream) {
        stream.enqueue(new TextEncoder().encode("{"));
        await closed;
        stream.enqueue(new TextEncoder().encode("}"));
        stream.close();
      },
    });
    const arrived = once(app.application.server, "request");
    const inFlight = ask("/stripe/webhook/", { method: "POST", body, duplex: "half" } as RequestInit);
    await arrived;
    const stopped = app.application.stop();
    expect(await closed).toBe(1012);
    expect((await inFlight).status).toBe(400);
    await stopped;
    await expect(ask("/health")).rejects.toThrow();
  });
});
