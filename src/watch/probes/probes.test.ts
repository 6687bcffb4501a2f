import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, createServer as createTcp } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { createAuthority, type TestAuthority } from "../../../test/fixtures/certificates.ts";
import { startDnsServer, type TestDnsServer } from "../../../test/fixtures/dns-server.ts";
import { serve } from "../../../test/fixtures/http-servers.ts";
import { startPostgres, type TestPostgres } from "../../../test/fixtures/postgres.ts";
import { startRedis, type TestRedis } from "../../../test/fixtures/redis.ts";
import { site } from "../../components/site/site.ts";
import { web } from "../../components/web/web.ts";
import type { AnyComponentKind } from "../../model/component.ts";
import type { HostStatus } from "../../model/host.ts";
import type { Probe } from "../../model/probe.ts";
import { Secret } from "../../model/secret.ts";
import { openDoors } from "../../system/doors.ts";
import { openLightHttp } from "../../system/light-http.ts";
import { askProbe, farHostOf } from "./ask-probe.ts";
import type { ProbeGround } from "./sighting.ts";

const doors = openDoors();
const http = openLightHttp();
let postgres: TestPostgres;
let redis: TestRedis;
let dns: TestDnsServer;
let authority: TestAuthority;

beforeAll(async () => {
  [postgres, redis, dns, authority] = await Promise.all([
    startPostgres(),
    startRedis(),
    startDnsServer(["host-record=app.example,192.0.2.7", "mx-host=app.example,mail.example,10"]),
    createAuthority(),
  ]);
  await postgres.run("create table payment (minor bigint); insert into payment values (1200), (300)");
}, 90_000);
afterAll(async () => {
  await postgres?.[Symbol.asyncDispose]();
  await redis?.[Symbol.asyncDispose]();
  await dns?.[Symbol.asyncDispose]();
  await http[Symbol.asyncDispose]();
  await doors[Symbol.asyncDispose]();
});

const HOST: Pick<HostStatus, "disk" | "memory" | "cpus" | "load"> = {
  disk: { path: "/", usedBytes: 95, freeBytes: 5, totalFiles: 0, freeFiles: 0 },
  memory: { totalBytes: 100, availableBytes: 60 },
  cpus: 2,
  load: [0.2, 3, 4],
};

function ask(
  probe: Probe,
  given: Partial<ProbeGround> & { variables?: never; set?: Record<string, Secret> } = {},
) {
  const values = new Map(
    Object.entries(given.set ?? {}).map(([name, value]) => [name, { value, source: "test" }] as const),
  );
  return askProbe(probe, {
    doors,
    http,
    address: undefined,
    host: async () => HOST as HostStatus,
    signal: AbortSignal.timeout(20_000),
    ...given,
    variables: { declared: [], values },
  });
}

test("http: what is accepted is up, anything else and nobody is down", async () => {
  await using server = await serve((request, response) => {
    response.setHeader("x-gonogo-release", "r9");
    response.writeHead(request.url === "/ill" ? 503 : request.url === "/gone" ? 404 : 302).end();
  });
  const address = { url: server.url };
  const http2xx = { type: "http", at: "/health", accept: "2xx" } as const;
  expect(await ask(http2xx, { address })).toMatchObject({
    state: "down",
    detail: "/health answered 302",
    release: "r9",
  });
  expect(await ask({ ...http2xx, accept: "below 400" }, { address })).toMatchObject({
    state: "up",
    release: "r9",
  });
  expect(await ask({ ...http2xx, at: "/gone", accept: "below 500" }, { address })).toMatchObject({
    state: "up",
  });
  expect(await ask({ ...http2xx, at: "/ill", accept: "below 500" }, { address })).toMatchObject({
    state: "down",
  });
  expect(await ask({ ...http2xx, at: "http://127.0.0.1:1/" })).toMatchObject({
    state: "down",
    detail: "127.0.0.1:1 refused the connection",
  });
  expect(await ask(http2xx)).toMatchObject({ state: "unknown" });
});

test("tcp and tls: a port that takes connections, a certificate that lasts and is trusted", async () => {
  const fresh = await authority.issue({ names: ["app.localhost"], untilDays: 30 });
  await using server = await serve((_, response) => response.end(), { certificate: fresh });
  const address = { url: server.urlFor("app.localhost"), ca: authority.ca };
  expect(await ask({ type: "tcp", host: "127.0.0.1", port: server.port })).toMatchObject({ state: "up" });
  expect(await ask({ type: "tcp", host: "127.0.0.1", port: 1 })).toMatchObject({ state: "down" });
  expect(await ask({ type: "tls", daysLeft: 14 }, { address })).toMatchObject({ state: "up", value: 29 });
  expect(await ask({ type: "tls", daysLeft: 60 }, { address })).toMatchObject({ state: "down", value: 29 });
  const stranger = { url: address.url };
  expect(await ask({ type: "tls", daysLeft: 14 }, { address: stranger })).toMatchObject({ state: "down" });
  expect(await ask({ type: "tls", host: "127.0.0.1", port: 1, daysLeft: 1 })).toMatchObject({
    state: "down",
  });
});

test("dns: the name resolves, to what is expected", async () => {
  const asked = { type: "dns", name: "app.example", record: "A", server: dns.address } as const;
  expect(await ask(asked)).toMatchObject({ state: "up", detail: "A of app.example is 192.0.2.7" });
  expect(await ask({ ...asked, expect: "192.0.2.8" })).toMatchObject({
    state: "down",
    detail: "A of app.example is 192.0.2.7, not 192.0.2.8",
  });
  expect(await ask({ ...asked, record: "MX", expect: "mail.example" })).toMatchObject({ state: "up" });
  expect(await ask({ ...asked, name: "other.example" })).toMatchObject({
    state: "down",
    detail: "A of other.example is nothing",
  });
});

test("websocket: the upgrade is done, not merely answered", async () => {
  const server: Server = createServer((_, response) => response.writeHead(404).end());
  const sockets = new WebSocketServer({ server, path: "/live" });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  expect(await ask({ type: "websocket", at: "/live" }, { address })).toMatchObject({ state: "up" });
  expect(await ask({ type: "websocket", at: "/dead" }, { address })).toMatchObject({ state: "down" });
  sockets.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect(await ask({ type: "websocket", at: "/live" }, { address })).toMatchObject({ state: "down" });
});

test("postgres and redis: a new connection is taken and answered; no word of the password when not", async () => {
  const wrong = (url: Secret): Secret => new Secret(url.reveal().replace(/:[^:@/]+@/, ":canary-7be1@"));
  const database = { type: "postgres", variable: "DATABASE_URL" } as const;
  expect(await ask(database, { set: { DATABASE_URL: postgres.url } })).toMatchObject({ state: "up" });
  const refused = await ask(database, { set: { DATABASE_URL: wrong(postgres.url) } });
  expect(refused).toMatchObject({ state: "down" });
  const cache = { type: "redis", variable: "REDIS_URL" } as const;
  expect(await ask(cache, { set: { REDIS_URL: redis.url } })).toMatchObject({ state: "up" });
  const denied = await ask(cache, { set: { REDIS_URL: wrong(redis.url) } });
  expect(denied).toMatchObject({ state: "down" });
  expect(JSON.stringify([refused, denied])).not.toContain("canary-7be1");
  expect(await ask(database)).toMatchObject({ state: "unknown" });
  const gone = new Secret("postgres://app:secret@127.0.0.1:1/app");
  expect(await ask(database, { set: { DATABASE_URL: gone } })).toMatchObject({ state: "down" });
});

test("figure: one number out of the database, held to its limits, and nothing it could change", async () => {
  const set = { DATABASE_URL: postgres.url };
  const figure = { type: "figure", variable: "DATABASE_URL", unit: "cents" } as const;
  const paid = { ...figure, sql: "select sum(minor) from payment" };
  expect(await ask(paid, { set })).toEqual({ state: "up", detail: "1500 cents", value: 1_500 });
  expect(await ask({ ...paid, least: 2_000 }, { set })).toMatchObject({ state: "down", value: 1_500 });
  expect(await ask({ ...paid, most: 1_000 }, { set })).toMatchObject({ state: "down", value: 1_500 });
  const unknown = async (sql: string) => {
    const { state, detail } = await ask({ ...figure, sql }, { set });
    expect({ sql, state }).toEqual({ sql, state: "unknown" });
    return detail;
  };
  await unknown("delete from payment returning minor");
  await unknown("select 1; rollback; begin read write; delete from payment; commit");
  expect(await unknown("with gone as (delete from payment returning 1) select * from gone")).toMatch(
    /modify|read-only/,
  );
  expect(await unknown("select generate_series(1, 1000000000)")).toBe("the statement gave more than one row");
  expect(await unknown("select minor from payment where false")).toBe("the statement gave no row");
  expect(await unknown("select 'many'")).toMatch("not a number");
  expect(await unknown("select null")).toMatch("not a number");
  expect(await unknown("select pg_sleep(60)")).toMatch("statement timeout");
  expect(await postgres.run("select count(*)::int as n from payment")).toEqual([{ n: 2 }]);
}, 30_000);

test("host: disk, memory and load against what is allowed", async () => {
  expect(await ask({ type: "host", what: "disk", most: 0.9 })).toMatchObject({ state: "down", value: 0.95 });
  expect(await ask({ type: "host", what: "memory", most: 0.9 })).toMatchObject({ state: "up", value: 0.4 });
  expect(await ask({ type: "host", what: "cpu", most: 1.2 })).toMatchObject({ state: "down", value: 1.5 });
  const hidden = { host: async () => undefined };
  expect(await ask({ type: "host", what: "disk", most: 0.9 }, hidden)).toMatchObject({ state: "unknown" });
});

test("what takes connections and never answers, or never ends its answer, is down after a time, whoever asks", async () => {
  const silent = createTcp(() => undefined).listen(0, "127.0.0.1");
  const dripping = createTcp((socket) => {
    const drip = setInterval(() => socket.write("x"), 100);
    socket.on("error", () => undefined).on("close", () => clearInterval(drip));
    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n");
  }).listen(0, "127.0.0.1");
  await Promise.all([once(silent, "listening"), once(dripping, "listening")]);
  const [port, slow] = [silent, dripping].map((each) => (each.address() as AddressInfo).port);
  const set = {
    DATABASE_URL: new Secret(`postgres://app:canary-3e@127.0.0.1:${port}/app`),
    REDIS_URL: new Secret(`redis://:canary-3e@127.0.0.1:${port}`),
  };
  const probes: Probe[] = [
    { type: "http", at: `http://127.0.0.1:${port}/`, accept: "2xx", timeoutMs: 500 },
    { type: "http", at: `http://127.0.0.1:${slow}/`, accept: "2xx", timeoutMs: 500 },
    { type: "tls", host: "127.0.0.1", port: port ?? 0, daysLeft: 1 },
    { type: "websocket", at: `http://127.0.0.1:${port}/live` },
    { type: "postgres", variable: "DATABASE_URL" },
    { type: "redis", variable: "REDIS_URL" },
  ];
  const seen = await Promise.all(
    probes.map((probe) => ask(probe, { set, signal: new AbortController().signal })),
  );
  expect(seen.map(({ state }, index) => `${probes[index]?.type} ${state}`)).toEqual(
    probes.map(({ type }) => `${type} down`),
  );
  expect(JSON.stringify(seen)).not.toContain("canary-3e");
  silent.close();
  dripping.close();
});

test("what is asked on this machine is never blamed on its network", () => {
  const ground = {
    address: { url: "https://tiny.localhost:8443" },
    variables: { declared: [], values: new Map() },
  };
  expect(farHostOf({ type: "http", at: "/health", accept: "2xx" }, ground)).toBeUndefined();
  expect(farHostOf({ type: "http", at: "https://cdn.example/a", accept: "2xx" }, ground)).toBe("cdn.example");
  expect(farHostOf({ type: "tcp", host: "127.0.0.1", port: 1 }, ground)).toBeUndefined();
});

test("what answers under a name of its own is asked under it, at the environment's address", async () => {
  const asked: (string | undefined)[] = [];
  await using server = await serve(({ headers }, response) => {
    asked.push(headers.host);
    response.writeHead(headers.host?.startsWith("shop.example:") ? 200 : 404).end();
  });
  const address = { url: server.url };
  const { port } = new URL(server.url);
  const front = { type: "http", at: "/", accept: "2xx" } as const;
  expect(await ask({ ...front, host: "shop.example" }, { address })).toMatchObject({
    state: "up",
    detail: `shop.example:${port}/ answered 200`,
  });
  expect(await ask(front, { address })).toMatchObject({ state: "down", detail: "/ answered 404" });
  expect(await ask({ ...front, host: new URL(server.url).hostname }, { address })).toMatchObject({
    state: "down",
  });
  await ask({ type: "websocket", at: "/live", host: "shop.example" }, { address });
  expect(asked).toEqual([
    `shop.example:${port}`,
    new URL(server.url).host,
    new URL(server.url).host,
    `shop.example:${port}`,
  ]);
});

test("sites and web processes of a name of their own have their probes ask under it", () => {
  const probesOf = ({ probes, options }: AnyComponentKind, given: unknown): readonly Probe[] =>
    (probes?.(options.parse(given), "front") ?? []).map(({ probe }) => probe);
  const named = probesOf(site.definition, { directory: "dist", host: "shop.example" });
  expect(named).toMatchObject([{ type: "http", at: "/", host: "shop.example" }]);
  const routes = [{ prefix: "/", host: "api.example" }];
  const both = probesOf(web.definition, { start: "node server.js", routes, websocket: { path: "/live" } });
  expect(both).toMatchObject([{ host: "api.example" }, { type: "websocket", host: "api.example" }]);
});
