import { createPrivateKey, X509Certificate } from "node:crypto";
import { copyFile, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { afterEach, beforeEach, expect, test } from "vitest";
import { localCertificate } from "./authority.ts";
import { openEdge } from "./edge.fixture.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "authority-"));
});
afterEach(() => rm(directory, { recursive: true }));

const DAY_MS = 86_400_000;
const now = Date.now();

test.each(["soulseer.localhost", "api.soulseer.localhost", "localhost", "127.0.0.1"])(
  "a client that trusts the authority reaches %s",
  async (host) => {
    const { ca, key, cert } = await localCertificate({ directory, name: "soulseer", now });
    await using edge = await openEdge({ listeners: { https: { port: 0, key, cert } } });
    const status = await new Promise((resolve, reject) => {
      request({ host: "127.0.0.1", port: edge.httpsPort, path: "/", ca, servername: host, headers: { host } })
        .on("response", (response) => resolve(response.resume().statusCode))
        .on("error", reject)
        .end();
    });
    expect(status).toBe(503);
  },
);

test.each([
  ["another name", { servername: "elsewhere.localhost" }, "ERR_TLS_CERT_ALTNAME_INVALID"],
  ["TLS 1.1", { servername: "localhost", maxVersion: "TLSv1.1", minVersion: "TLSv1.1" }, /PROTOCOL|ALERT/],
] as const)("%s is refused", async (_, options, code) => {
  const { ca, key, cert } = await localCertificate({ directory, name: "soulseer", now });
  await using edge = await openEdge({ listeners: { https: { port: 0, key, cert } } });
  const error = await new Promise<NodeJS.ErrnoException>((resolve, reject) => {
    connect({ host: "127.0.0.1", port: edge.httpsPort ?? 0, ca, ciphers: "DEFAULT@SECLEVEL=0", ...options })
      .on("secureConnect", () => reject(new Error("let in")))
      .on("error", resolve);
  });
  expect(error.code).toMatch(code);
});

test("it lives 397 days at most and says for what it stands", async () => {
  const made = await localCertificate({ directory, name: "soulseer", now });
  const leaf = new X509Certificate(made.cert);
  expect(Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)).toBeLessThanOrEqual(397 * DAY_MS);
  expect(leaf.subjectAltName).toBe(
    "DNS:soulseer.localhost, DNS:*.soulseer.localhost, DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1",
  );
  expect(leaf.checkIP("::1")).toBe("::1");
  expect(leaf.ca).toBe(false);
  const ca = new X509Certificate(made.ca);
  expect(ca.ca).toBe(true);
  expect(leaf.checkIssued(ca)).toBe(true);
  expect(ca.publicKey.asymmetricKeyDetails?.namedCurve).toBe("prime256v1");
});

test("keys can be read by their owner only", async () => {
  await localCertificate({ directory, name: "soulseer", now });
  for (const file of ["ca-key.pem", "certificate-key.pem"]) {
    expect((await stat(join(directory, file))).mode & 0o777).toBe(0o600);
  }
});

test("it is kept, and renewed by the same authority when under a third remains", async () => {
  const first = await localCertificate({ directory, name: "soulseer", now });
  expect(await localCertificate({ directory, name: "soulseer", now: now + 260 * DAY_MS })).toEqual(first);
  const renewed = await localCertificate({ directory, name: "soulseer", now: now + 270 * DAY_MS });
  expect(renewed.cert).not.toBe(first.cert);
  expect(renewed.ca).toBe(first.ca);
  expect(renewed.renewAt).toBeGreaterThan(first.renewAt);
});

test.each(["certificate.pem", "certificate-key.pem", "ca.pem", "ca-key.pem"])(
  "a damaged %s is made anew",
  async (file) => {
    const first = await localCertificate({ directory, name: "soulseer", now });
    await writeFile(join(directory, file), "half a fi");
    const mended = await localCertificate({ directory, name: "soulseer", now });
    expect(mended.cert).not.toBe(first.cert);
    expect(new X509Certificate(mended.cert).verify(new X509Certificate(mended.ca).publicKey)).toBe(true);
  },
);

test("a key that is not the certificate's is made anew", async () => {
  const first = await localCertificate({ directory, name: "soulseer", now });
  await copyFile(join(directory, "ca-key.pem"), join(directory, "certificate-key.pem"));
  const mended = await localCertificate({ directory, name: "soulseer", now });
  expect(new X509Certificate(mended.cert).checkPrivateKey(createPrivateKey(mended.key))).toBe(true);
  expect(mended.cert).not.toBe(first.cert);
});

test("another name in the same directory gets a certificate of its own", async () => {
  await localCertificate({ directory, name: "soulseer", now });
  const other = await localCertificate({ directory, name: "vocilia", now });
  expect(new X509Certificate(other.cert).checkHost("api.vocilia.localhost")).toBe("*.vocilia.localhost");
});
