import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAuthority, selfSigned, type TestAuthority } from "../../test/fixtures/certificates.ts";
import {
  headerLines,
  hugeBody,
  rawAnswer,
  redirectLoop,
  serve,
  slow,
} from "../../test/fixtures/http-servers.ts";
import type { HttpRequest } from "../model/doors.ts";
import { OutsideError } from "../model/errors.ts";
import { openHttp } from "./http.ts";

const http = openHttp();
let authority: TestAuthority;

beforeAll(async () => {
  authority = await createAuthority();
});
afterAll(() => http[Symbol.asyncDispose]());

async function failureOf(request: HttpRequest): Promise<OutsideError> {
  const thrown: unknown = await http.send(request).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof OutsideError) return thrown;
  throw new Error(`expected an OutsideError, got ${String(thrown)}`);
}

describe("what comes back", () => {
  test("header lines keep their doubles, their order and their case", async () => {
    const lines = [
      ["Set-Cookie", "a=1"],
      ["X-Frame-Options", "DENY"],
      ["x-frame-options", "SAMEORIGIN"],
      ["Set-Cookie", "b=2"],
    ] as const;
    await using server = await headerLines(lines);
    const answer = await http.send({ url: server.url });
    expect(answer.headerLines.slice(0, 4)).toEqual(lines);
    expect(new TextDecoder().decode(answer.body)).toBe("ok");
    expect(answer.truncated).toBe(false);
    expect(answer.tookMs).toBeGreaterThan(0);
  });

  test("a redirect is an answer and is not followed", async () => {
    await using server = await redirectLoop();
    const answer = await http.send({ url: `${server.url}/a` });
    expect(answer.status).toBe(302);
    expect(server.requests).toEqual(["GET /a"]);
  });

  test("a huge body is cut at the cap", async () => {
    await using server = await hugeBody(200_000_000);
    const answer = await http.send({ url: server.url, maxBodyBytes: 100_000 });
    expect(answer.body.length).toBe(100_000);
    expect(answer.truncated).toBe(true);
  });

  test("a body exactly as long as the cap is whole", async () => {
    await using server = await hugeBody(100_000);
    const answer = await http.send({ url: server.url, maxBodyBytes: 100_000 });
    expect(answer.truncated).toBe(false);
  });

  test("method, headers and body arrive; Host may be another one", async () => {
    await using server = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () =>
        response.end(
          `${request.method} ${request.headers.host} ${request.headers["x-a"]} ${Buffer.concat(chunks)}`,
        ),
      );
    });
    const answer = await http.send({
      url: server.url,
      method: "PATCH",
      headers: { Host: "other.example", "X-A": "1" },
      body: "text",
    });
    expect(new TextDecoder().decode(answer.body)).toBe("PATCH other.example 1 text");
  });

  test("CONNECT and an upgrade nobody asked for are answers too", async () => {
    await using server = await rawAnswer("HTTP/1.1 200 Fine\r\nx-a: 1\r\n\r\n");
    expect((await http.send({ url: server.url, method: "CONNECT" })).status).toBe(200);
    await using switching = await rawAnswer(
      "HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n",
    );
    expect(
      (await http.send({ url: switching.url, headers: { connection: "upgrade", upgrade: "x" } })).status,
    ).toBe(101);
  });
});

describe("connections", () => {
  test("names under localhost are loopback", async () => {
    await using server = await serve((request, response) => response.end(request.headers.host));
    const answer = await http.send({ url: server.urlFor("api.app.localhost") });
    expect(new TextDecoder().decode(answer.body)).toBe(`api.app.localhost:${server.port}`);
  });

  test("fresh asks for a connection of its own, the rest share", async () => {
    await using server = await serve((request, response) => response.end(String(request.socket.remotePort)));
    const port = async (fresh: boolean): Promise<string> =>
      new TextDecoder().decode((await http.send({ url: server.url, fresh })).body);
    const first = await port(false);
    expect(await port(false)).toBe(first);
    expect(await port(true)).not.toBe(first);
  });

  test("a pooled connection that the server has closed meanwhile is no failure", async () => {
    await using server = await serve((request, response) => {
      response.end("ok");
      // Closed after the answer without saying so beforehand: the pool still believes in it.
      response.on("finish", () => setImmediate(() => request.socket.resetAndDestroy()));
    });
    for (let count = 0; count < 20; count++) expect((await http.send({ url: server.url })).status).toBe(200);
  });
});

describe("what goes wrong", () => {
  test("nobody listens: retryable, with the host", async () => {
    const failure = await failureOf({ url: "http://127.0.0.1:1/secret-path" });
    expect(failure).toMatchObject({ host: "127.0.0.1:1", retryable: true });
    expect(failure.message).toBe("127.0.0.1:1 refused the connection");
  });

  test("no answer in time, before and after the head", async () => {
    await using silent = await slow(60_000);
    expect(await failureOf({ url: silent.url, timeoutMs: 50 })).toMatchObject({ retryable: true });
    await using endless = await slow(60_000, { afterHeaders: true });
    expect((await failureOf({ url: endless.url, timeoutMs: 50 })).message).toContain("within 50 ms");
  });

  test("aborted: says why", async () => {
    await using silent = await slow(60_000);
    const controller = new AbortController();
    const failing = failureOf({ url: silent.url, signal: controller.signal });
    controller.abort(new Error("the deploy was stopped"));
    expect((await failing).message).toContain("the deploy was stopped");
    expect((await failureOf({ url: silent.url, signal: controller.signal })).message).toContain("given up");
  });

  test("a body that breaks off half-way is no answer", async () => {
    await using server = await rawAnswer("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort");
    expect((await failureOf({ url: server.url })).message).toContain("closed the connection");
  });

  test("bytes that are not HTTP", async () => {
    await using server = await rawAnswer("220 mail.example ESMTP\r\n");
    expect((await failureOf({ url: server.url })).message).toContain("not HTTP");
  });

  test("an unknown name, another protocol and no URL at all; credentials are never told", async () => {
    expect(await failureOf({ url: "http://nobody.invalid/" })).toMatchObject({ retryable: false });
    expect((await failureOf({ url: "ftp://user:canary@example.test/" })).message).toBe(
      "example.test is not asked over HTTP: ftp:",
    );
    const words = await failureOf({ url: "user:canary@example.test" });
    expect(words.message).not.toContain("canary");
    expect((await failureOf({ url: "http://user:canary@127.0.0.1:1/" })).message).not.toContain("canary");
  });
});

describe("TLS", () => {
  const handler = (_: unknown, response: { end(text: string): void }): void => response.end("safe");

  test("an authority given as `ca` is trusted, otherwise it is not", async () => {
    const certificate = await authority.issue({ names: ["app.localhost"] });
    await using server = await serve(handler, { certificate });
    const url = server.urlFor("app.localhost");
    expect((await http.send({ url, ca: authority.ca })).status).toBe(200);
    const failure = await failureOf({ url });
    expect(failure.retryable).toBe(false);
    expect(failure.message).toContain("whose issuer is unknown");
  });

  test("a Host header of another name does not change the name asked for", async () => {
    const certificate = await authority.issue({ names: ["app.localhost"] });
    await using server = await serve(handler, { certificate });
    const request = {
      url: server.urlFor("app.localhost"),
      ca: authority.ca,
      headers: { host: "evil.example" },
    };
    expect((await http.send(request)).status).toBe(200);
  });

  test.each([
    ["expired", { names: ["app.localhost"], fromDays: -9, untilDays: -1 }, "has expired"],
    ["not valid yet", { names: ["app.localhost"], fromDays: 1 }, "not valid yet"],
    ["for another name", { names: ["other.localhost"] }, "for other names"],
  ])("a certificate that is %s is named so", async (_, request, words) => {
    await using server = await serve(handler, { certificate: await authority.issue(request) });
    const failure = await failureOf({ url: server.urlFor("app.localhost"), ca: authority.ca });
    expect(failure.message).toContain(words);
  });

  test("a self-signed one too", async () => {
    await using server = await serve(handler, {
      certificate: await selfSigned({ names: ["app.localhost"] }),
    });
    expect((await failureOf({ url: server.urlFor("app.localhost") })).message).toContain("self-signed");
  });
});
