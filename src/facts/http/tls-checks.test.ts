import { describe, expect, it } from "vitest";
import { z } from "zod";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import type { TlsPeer } from "../../model/doors.ts";
import type { Outcome } from "../../model/outcome.ts";
import { httpOptionsShape } from "./options.ts";
import type { Tls } from "./tls.ts";
import { expiry, keyStrength, nameMatch, validChain } from "./tls-checks.ts";

const DAY_MS = 86_400_000;
const subject = subjectFor({ component: "api", options: z.object(httpOptionsShape).parse({}) });

function seen(change: Partial<TlsPeer> = {}, hostname = "app.example"): { tls: Tls } {
  return {
    tls: {
      hostname,
      observedAt: 100 * DAY_MS,
      peer: {
        protocol: "TLSv1.3",
        cipher: "TLS_AES_128_GCM_SHA256",
        authorized: true,
        authorizationError: undefined,
        subjectAltNames: ["DNS:app.example"],
        issuer: "C=XX, O=Trust, CN=Trust R1",
        notBefore: 60 * DAY_MS,
        notAfter: 150 * DAY_MS,
        keyBits: 256,
        keyType: "ec",
        signatureAlgorithm: "ecdsa-with-SHA256",
        ...change,
      },
    },
  };
}

const told = (outcome: Outcome): string =>
  "summary" in outcome ? `${outcome.status}: ${outcome.summary}` : `${outcome.status}: ${outcome.reason}`;

describe("tls.certificate.key-strength", () => {
  it.each<[string, Partial<TlsPeer>, string]>([
    ["P-256", {}, "pass: ec 256 bit, ecdsa-with-SHA256"],
    ["RSA 2048", { keyType: "rsa", keyBits: 2_048 }, "pass: rsa 2048 bit, ecdsa-with-SHA256"],
    ["Ed25519", { keyType: "ed25519", keyBits: undefined }, "pass: ed25519, ecdsa-with-SHA256"],
    ["RSA 1024", { keyType: "rsa", keyBits: 1_024 }, "fail: the key is too short"],
    ["P-192", { keyBits: 192 }, "fail: the curve is too small"],
    ["DSA", { keyType: "dsa", keyBits: 2_048 }, "fail: clients refuse DSA keys"],
    ["SHA-1", { signatureAlgorithm: "sha1WithRSAEncryption" }, "fail: the signature's hash is broken"],
  ])("%s", (_, change, expected) => {
    expect(told(keyStrength.run(seen(change), subject))).toBe(expected);
  });
});

describe("tls.certificate.name-match", () => {
  it.each([
    ["app.example", ["DNS:app.example"], "pass"],
    ["APP.example", ["DNS:app.Example"], "pass"],
    ["api.app.example", ["DNS:*.app.example"], "pass"],
    ["a.b.app.example", ["DNS:*.app.example"], "fail"],
    ["app.example", ["DNS:*.app.example"], "fail"],
    ["127.0.0.1", ["IP Address:127.0.0.1"], "pass"],
    ["app.example", [], "fail"],
  ])("%s with %j", (hostname, subjectAltNames, status) => {
    expect(nameMatch.run(seen({ subjectAltNames }, hostname), subject).status).toBe(status);
  });
});

describe("tls.certificate.expiry", () => {
  it.each([
    ["three weeks and a day of 90", 60, 122.5, "pass"],
    ["three weeks of 64", 57, 121, "fail"],
    ["3 of 6 days: renewed at a third", 97, 103, "pass"],
    ["1 of 6 days", 95, 101, "fail"],
    ["not valid yet", 101, 190, "fail"],
  ])("%s", (_, from, until, status) => {
    const change = { notBefore: from * DAY_MS, notAfter: until * DAY_MS };
    expect(expiry.run(seen(change), subject).status).toBe(status);
  });
});

describe("tls.certificate.valid-chain", () => {
  it.each([
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", 150, "fail: the intermediate certificate is not sent"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", 150, "fail: the certificate is signed by nobody clients know"],
    ["CERT_HAS_EXPIRED", 150, "fail: the certificate chain does not verify"],
    ["CERT_HAS_EXPIRED", 99, "unknown: not evaluated: tls.certificate.expiry failed"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", 150, "pass: trusted, issued by Trust R1"],
  ])("%s, good until day %d", (authorizationError, until, expected) => {
    const change = { authorized: false, authorizationError, notAfter: until * DAY_MS };
    expect(told(validChain.run(seen(change), subject))).toBe(expected);
  });
});
