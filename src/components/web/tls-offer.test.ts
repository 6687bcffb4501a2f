import { createSecureServer } from "node:http2";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAuthority, type TestAuthority } from "../../../test/fixtures/certificates.ts";
import { answerOf } from "../../../test/fixtures/component-answer.ts";
import { rawAnswer, serve } from "../../../test/fixtures/http-servers.ts";
import { GOOD_CIPHERS } from "../../../test/fixtures/web-app.ts";
import type { Doors } from "../../model/doors.ts";
import { openDoors } from "../../system/doors.ts";
import { web } from "./web.ts";

const NAME = "app.localhost";

describe("what TLS offers", () => {
  let doors: Doors & AsyncDisposable;
  let authority: TestAuthority;
  beforeAll(async () => {
    doors = openDoors();
    authority = await createAuthority();
  });
  afterAll(() => doors[Symbol.asyncDispose]());

  const answer = (id: string, url: string, options: object = { http2: true }) =>
    answerOf(web.definition, id, {
      doors,
      options: { start: "node server.js", ...options },
      subject: { address: { url, ca: authority.ca } },
    });

  async function listening(rules: object, kind: "h2" | "http/1.1" = "http/1.1") {
    const settings = { ...(await authority.issue({ names: [NAME] })), ...rules };
    const handle = (_: unknown, response: { end(text: string): void }) => response.end("x");
    const server =
      kind === "h2"
        ? createSecureServer({ ...settings, allowHTTP1: true }, handle)
        : createServer(settings, handle);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return {
      url: `https://${NAME}:${(server.address() as AddressInfo).port}`,
      [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
    };
  }

  it("tls.alpn.http2 and tls.cipher.modern pass with HTTP/2 and AEAD suites", async () => {
    await using server = await listening({ ciphers: GOOD_CIPHERS }, "h2");
    expect(await answer("tls.alpn.http2", server.url)).toMatchObject({ status: "pass" });
    expect(await answer("tls.cipher.modern", server.url)).toMatchObject({
      status: "pass",
      measured: { taken: 0 },
    });
  });

  it("fail where only HTTP/1.1 is spoken, and where anybody may leave the encryption out", async () => {
    await using server = await listening({ ciphers: "ALL:eNULL:@SECLEVEL=0" });
    expect(await answer("tls.alpn.http2", server.url)).toMatchObject({
      status: "fail",
      found: "h2 is refused in the handshake",
    });
    expect(await answer("tls.cipher.modern", server.url)).toMatchObject({
      status: "fail",
      findings: expect.arrayContaining(["ECDHE_ECDSA_NULL_SHA", "ECDH_anon_AES_128_CBC_SHA"]),
      fix: expect.stringContaining("before web"),
    });
  });

  it("tls.cipher.modern warns of CBC, which Node offers by default", async () => {
    await using server = await listening({});
    expect(await answer("tls.cipher.modern", server.url)).toMatchObject({
      status: "warn",
      findings: expect.arrayContaining(["ECDHE_ECDSA_AES_128_CBC_SHA", "ECDHE_ECDSA_AES_256_CBC_SHA384"]),
    });
  });

  it("tls.cipher.modern passes where nothing older than TLS 1.3 is spoken", async () => {
    await using server = await listening({ minVersion: "TLSv1.3" });
    expect(await answer("tls.cipher.modern", server.url)).toMatchObject({ status: "pass" });
  });

  it("do not apply without TLS, nor to HTTP/2 that nobody declared", async () => {
    await using plain = await serve((_, response) => void response.end("x"));
    await using server = await listening({});
    for (const id of ["tls.alpn.http2", "tls.cipher.modern"])
      expect(await answer(id, plain.url)).toMatchObject({ status: "not applicable" });
    expect(await answer("tls.alpn.http2", server.url, {})).toMatchObject({
      status: "not applicable",
      reason: expect.stringContaining("http2: true"),
    });
  });

  it("are unknown where nobody, or nobody who knows TLS, answers", async () => {
    await using silent = await rawAnswer("HTTP/1.1 400 Bad Request\r\n\r\n");
    for (const id of ["tls.alpn.http2", "tls.cipher.modern"]) {
      expect(await answer(id, `https://${NAME}:${silent.port}`)).toMatchObject({ status: "unknown" });
      expect(await answer(id, `https://${NAME}:9`)).toMatchObject({ status: "unknown" });
    }
  });
});
