import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createAuthority } from "../../test/fixtures/certificates.ts";
import { openClock } from "../system/clock.ts";
import { openCertificateKeeper } from "./certificate-keeper.ts";
import { openEdge } from "./edge/edge.fixture.ts";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "gonogo-certificates-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

const bought = () => ({ cert: join(directory, "fullchain.pem"), key: join(directory, "privkey.pem") });

async function keeper(publicSide: Parameters<typeof openCertificateKeeper>[0]["publicSide"]) {
  const told: string[] = [];
  const kept = await openCertificateKeeper({
    stateDirectory: directory,
    settings: { hostName: "odd.localhost", httpsPort: 443, httpPort: 80 },
    publicSide,
    clock: openClock(),
    tell: (message) => told.push(message),
    use: () => undefined,
  });
  return { kept, told };
}

/** The names in the certificate that a client is shown who asks for a name. */
function namesShown(port: number, servername: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", servername, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().subjectaltname);
      socket.destroy();
    });
    socket.once("error", reject);
  });
}

test("the public name is shown the certificate that was brought, names below localhost our own", async () => {
  const authority = await createAuthority();
  const { cert, key } = await authority.issue({ names: ["shop.example"] });
  writeFileSync(bought().cert, cert);
  writeFileSync(bought().key, key);
  const { kept, told } = await keeper({ name: "shop.example", certificate: bought() });
  expect(kept.served.isOwn).toBe(false);
  expect(told).toEqual([]);
  await using edge = await openEdge({ listeners: { https: { port: 0, ...kept.served } } });
  expect(await namesShown(edge.httpsPort ?? 0, "shop.example")).toBe("DNS:shop.example");
  expect(await namesShown(edge.httpsPort ?? 0, "odd.localhost")).toContain("DNS:odd.localhost");
});

test("without one that can be used our own is for the public name too, and it is told once why", async () => {
  const { kept, told } = await keeper({ name: "shop.example", certificate: bought() });
  expect(kept.served).toMatchObject({ isOwn: true });
  await kept.reissue();
  expect(told.filter((each) => each.includes("fullchain.pem cannot be read"))).toHaveLength(1);
  await using edge = await openEdge({ listeners: { https: { port: 0, ...kept.served } } });
  expect(await namesShown(edge.httpsPort ?? 0, "shop.example")).toContain("DNS:shop.example");
});

test.each([
  ["203.0.113.7", "IP Address:203.0.113.7"],
  ["2001:db8::7", "IP Address:2001:DB8:0:0:0:0:0:7"],
])("our own is for the address %s where there is no name", async (name, shown) => {
  const { kept } = await keeper({ name });
  await using edge = await openEdge({ listeners: { https: { port: 0, ...kept.served } } });
  expect(await namesShown(edge.httpsPort ?? 0, "odd.localhost")).toContain(shown);
});

test("the plain door answers an authority's question from the directory, and nothing else of it", async () => {
  const folder = join(directory, ".well-known", "acme-challenge");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "token-1"), "token-1.thumbprint");
  writeFileSync(join(directory, "secret"), "not for you");
  const { kept } = await keeper({ name: "shop.example" });
  await using edge = await openEdge({
    listeners: { https: { port: 0, ...kept.served }, http: { port: 0 }, challenges: directory },
  });
  const ask = (path: string) =>
    new Promise<string>((resolve) => {
      get({ port: edge.port, host: "127.0.0.1", path }, (answer) => {
        let body = `${answer.statusCode} `;
        answer.on("data", (chunk: Buffer) => {
          body += chunk.toString("utf8");
        });
        answer.once("end", () => resolve(body));
      });
    });
  expect(await ask("/.well-known/acme-challenge/token-1")).toBe("200 token-1.thumbprint");
  expect(await ask("/.well-known/acme-challenge/token-2")).toMatch(/^404 /);
  expect(await ask("/.well-known/acme-challenge/..%2f..%2fsecret")).toMatch(/^308 /);
});
