import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { openClock } from "../../system/clock.ts";
import { findFreePort } from "./free-port.ts";
import { type HealthAnswer, isHealthy, probe } from "./health-probe.ts";

async function probing(listener: RequestListener): Promise<HealthAnswer> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const result = await probe({ port, path: "/up", timeoutMs: 300, host: "shop.localhost:8443" }, openClock());
  server.closeAllConnections();
  server.close();
  return result;
}

test("it asks under the public name, as over HTTPS, and keeps the beginning of the answer", async () => {
  const result = await probing(({ headers, url }, response) => {
    response.end(`${url} ${headers.host} ${headers["x-forwarded-proto"]} ${"x".repeat(500)}`);
  });
  expect(result).toMatchObject({ status: 200, error: undefined });
  expect(result.body).toHaveLength(200);
  expect(result.body).toMatch(/^\/up shop\.localhost:8443 https x+$/);
  expect(isHealthy(result)).toBe(true);
});

test.each<[string, RequestListener, Partial<HealthAnswer>]>([
  [
    "a redirect",
    (_, response) => response.writeHead(302, { location: "/login" }).end(),
    { status: 302, location: "/login" },
  ],
  ["an error", (_, response) => response.writeHead(500).end("broken"), { status: 500, body: "broken" }],
  ["silence", () => undefined, { status: undefined, error: "no answer within 300 ms" }],
  [
    "a body that never ends",
    (_, response) => response.write("ok"),
    { status: undefined, body: "ok", error: "no answer within 300 ms" },
  ],
  [
    "a closed connection",
    (request) => request.socket.destroy(),
    { status: undefined, error: "socket hang up" },
  ],
])("%s is not health", async (_, listener, seen) => {
  const result = await probing(listener);
  expect(result).toMatchObject(seen);
  expect(isHealthy(result)).toBe(false);
});

test("a port nobody listens on is told as such", async () => {
  const port = await findFreePort(() => false);
  const result = await probe({ port, path: "/", timeoutMs: 300, host: "x" }, openClock());
  expect(result).toMatchObject({ status: undefined, error: "connection refused" });
});
