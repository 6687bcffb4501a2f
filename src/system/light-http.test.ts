import { once } from "node:events";
import { createServer as createHttp, type RequestListener } from "node:http";
import { createServer as createHttps } from "node:https";
import { type AddressInfo, createServer as createTcp, type Server } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAuthority } from "../../test/fixtures/certificates.ts";
import { type LightHttp, openLightHttp } from "./light-http.ts";
import { createAnswerReader } from "./light-http-answer.ts";

let http: LightHttp;
const servers: Server[] = [];

beforeAll(() => {
  http = openLightHttp();
});
afterAll(async () => {
  await http[Symbol.asyncDispose]();
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
});

async function listening(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

const answering: RequestListener = (request, response) => {
  response.setHeader("x-gonogo-release", "r7");
  if (request.url === "/chunked") {
    response.write("a".repeat(70_000));
    return void setImmediate(() => response.end("b".repeat(70_000)));
  }
  if (request.url === "/empty") return void response.writeHead(204).end();
  if (request.url === "/long") return void response.end(Buffer.alloc(3_000_000));
  if (request.url === "/early") {
    response.writeEarlyHints({ link: "</a.css>; rel=preload; as=style" });
    return void response.end("ok");
  }
  response.writeHead(request.url === "/ill" ? 503 : 200).end(`hello ${request.headers.host}`);
};

test("asks again on one connection, whatever the length of the answer is said by", async () => {
  let connections = 0;
  const server = createHttp(answering).on("connection", () => (connections += 1));
  const port = await listening(server);
  for (const [path, status] of [
    ["/", 200],
    ["/chunked", 200],
    ["/empty", 204],
    ["/early", 200],
    ["/ill", 503],
  ] as const) {
    const answer = await http.get({ url: new URL(`http://127.0.0.1:${port}${path}`), timeoutMs: 2_000 });
    expect(answer).toMatchObject({ status, release: "r7" });
  }
  expect(connections).toBe(1);
  const url = new URL(`http://127.0.0.1:${port}/long`);
  expect(await http.get({ url, timeoutMs: 2_000 })).toMatchObject({ status: 200 });
  expect(await http.get({ url, timeoutMs: 2_000, fresh: true })).toMatchObject({ status: 200 });
  expect(connections).toBe(2);
});

test("a kept connection the server has closed is no failure", async () => {
  const server = createHttp(answering);
  const port = await listening(server);
  const url = new URL(`http://127.0.0.1:${port}/`);
  await http.get({ url, timeoutMs: 2_000 });
  server.closeAllConnections();
  expect(await http.get({ url, timeoutMs: 2_000 })).toMatchObject({ status: 200 });
});

test("TLS is verified against the name asked for and the authority given", async () => {
  const { ca, issue } = await createAuthority();
  const { key, cert } = await issue({ names: ["light.localhost"] });
  const port = await listening(createHttps({ key, cert }, answering));
  const url = new URL(`https://light.localhost:${port}/`);
  expect(await http.get({ url, ca, timeoutMs: 2_000 })).toMatchObject({ status: 200 });
  await expect(http.get({ url, timeoutMs: 2_000, fresh: true })).rejects.toThrow(
    /certificate|authority|issuer/,
  );
  const other = new URL(`https://other.localhost:${port}/`);
  await expect(http.get({ url: other, ca, timeoutMs: 2_000 })).rejects.toThrow(/other names/);
});

test("says what is wrong: nobody there, silence, no HTTP, an answer cut short", async () => {
  const closed = await listening(createTcp());
  servers.pop()?.close();
  await expect(http.get({ url: new URL(`http://127.0.0.1:${closed}/`), timeoutMs: 2_000 })).rejects.toThrow(
    "refused the connection",
  );
  const silent = await listening(createTcp((socket) => socket.on("error", () => undefined).resume()));
  await expect(http.get({ url: new URL(`http://127.0.0.1:${silent}/`), timeoutMs: 50 })).rejects.toThrow(
    "within 50 ms",
  );
  const says = (text: string) =>
    listening(
      createTcp((socket) =>
        socket
          .on("error", () => undefined)
          .resume()
          .end(text),
      ),
    );
  const ssh = await says("SSH-2.0-OpenSSH_9.2\r\n\r\n");
  await expect(http.get({ url: new URL(`http://127.0.0.1:${ssh}/`), timeoutMs: 2_000 })).rejects.toThrow(
    "not HTTP",
  );
  const short = await says("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
  await expect(http.get({ url: new URL(`http://127.0.0.1:${short}/`), timeoutMs: 2_000 })).rejects.toThrow(
    "without an answer",
  );
  const old = await says("HTTP/1.0 200 OK\r\n\r\nuntil the end");
  expect(await http.get({ url: new URL(`http://127.0.0.1:${old}/`), timeoutMs: 2_000 })).toMatchObject({
    status: 200,
  });
});

test("an answer is whole at the same byte however it is cut into pieces", () => {
  const answers = [
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;a=b\r\nabc\r\n0\r\nTrailer: x\r\n\r\n",
    "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n",
  ];
  for (const answer of answers) {
    for (let size = 1; size <= answer.length; size++) {
      const reader = createAnswerReader(1_000);
      let wholeAt = 0;
      for (let at = 0; at < answer.length && wholeAt === 0; at += size) {
        if (reader.take(Buffer.from(answer.slice(at, at + size))))
          wholeAt = Math.min(at + size, answer.length);
      }
      expect({ size, wholeAt }).toEqual({ size, wholeAt: answer.length });
      expect(reader.mayKeep).toBe(true);
    }
  }
});
