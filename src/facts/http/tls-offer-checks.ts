import { defineCheck } from "../../model/check.ts";
import { fail, pass, warn } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { listed } from "./advice.ts";
import { httpTlsSuites, httpTwo } from "./tls-offer.ts";

const COMMON = { phase: "staging", freshFor: "1d", every: "6h", severity: "warning" } as const;

export const tlsHttp2 = defineCheck({
  ...COMMON,
  id: "tls.alpn.http2",
  title: "HTTP/2 is offered",
  consequence: "A page of many files waits for them six at a time.",
  asks: ways(`
    HTTP/2 | HTTP/2 enabled | HTTP/2 offered | http2 on | listen 443 ssl http2 | HTTP/2 supported
    enable HTTP/2 | HTTP/2 on the load balancer | ALPN h2 negotiated | site served over HTTP/2
    HTTP/2 at the reverse proxy | HTTP/2 active | HTTP/2 aktiv | HTTP/2 aktiviert | HTTP/2 activado
    HTTP/2 activé | HTTP/2 ativado | HTTP/2 etkin
  `),
  source: "RFC 9113; RFC 7301",
  needs: { two: httpTwo },
  run: ({ two }, { component }) =>
    two.offered
      ? pass("h2 is taken in the handshake, and answered with frames of HTTP/2")
      : fail("HTTP/2 is not offered", {
          expected: "h2 in the TLS handshake (ALPN), then frames of HTTP/2",
          found: two.instead,
          fix: `switch it on in what ends TLS before ${component} (nginx: http2 on;); Gonogo's own edge speaks HTTP/1.1: there a proxy or a CDN before it offers HTTP/2, or take http2 out of the declaration`,
        }),
});

const STRONG =
  "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

export const tlsCipherModern = defineCheck({
  ...COMMON,
  id: "tls.cipher.modern",
  title: "Only strong cipher suites are offered",
  consequence: "Somebody who records the traffic, or sits in the middle of it, reads or changes it.",
  asks: ways(`
    strong cipher suites | weak ciphers disabled | only strong ciphers | modern cipher suites | no weak ciphers
    cipher suites configured | weak cipher suites disabled | strong ciphers only | secure cipher suites
    RC4 and 3DES disabled | no RC4, 3DES | export ciphers disabled | forward secrecy | perfect forward secrecy
    AEAD ciphers only | no CBC ciphers | ssl_ciphers | SSL ciphers hardened | sslscan shows no weak ciphers
    no static RSA key exchange | ECDHE ciphers only
    schwache Cipher deaktiviert | nur starke Cipher-Suites | cifrados débiles deshabilitados
    suites de chiffrement fortes | cifras fracas desativadas | zayıf şifreleme paketleri kapalı
    SSL Labs grade A | SSL Labs test passed | SSL Labs A rating | A+ on SSL Labs | SSL Labs score A
    testssl.sh without findings | SSL rating A or better
    Mozilla intermediate TLS configuration | Mozilla SSL configuration generator used
    modern TLS configuration
  `),
  source: "RFC 9325 section 4; https://wiki.mozilla.org/Security/Server_Side_TLS (intermediate)",
  needs: { suites: httpTlsSuites },
  run: ({ suites: { taken, asked } }, { component }) => {
    const measured = { asked, taken: taken.length };
    if (taken.length === 0) return pass(`none of ${asked} weak suites is taken`, measured);
    const fix = `in the TLS settings before ${component} (nginx: ssl_ciphers ${STRONG};)`;
    const open = taken.filter(({ fault }) => fault !== "CBC" && fault !== "no forward secrecy");
    const worst = open.length > 0 ? open : taken;
    const trouble = {
      expected: "suites with ECDHE (or DHE) and AES-GCM or ChaCha20-Poly1305 only",
      found: listed(
        worst.map(({ name, fault }) => `${name} (${fault})`),
        8,
      ),
      fix,
      findings: worst.map(({ name }) => name),
      measured,
    };
    return open.length > 0
      ? fail(
          `${quantity(open.length, "cipher suite that is", "cipher suites that are")} broken can be had`,
          trouble,
        )
      : warn(
          `${quantity(taken.length, "outdated cipher suite", "outdated cipher suites")} can be had`,
          trouble,
        );
  },
});
