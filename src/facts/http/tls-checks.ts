import { defineCheck } from "../../model/check.ts";
import { formatDuration } from "../../model/duration.ts";
import { fail, pass, unknown } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import { listed } from "./advice.ts";
import { httpTls, httpTlsVersions, type Tls } from "./tls.ts";

const DAY_MS = 86_400_000;
const ALTNAME = /ALTNAME|does not match certificate|not in the cert/i;
const EXPIRED = /EXPIRED/i;
const COMMON = { phase: "staging", freshFor: "1d", every: "6h" } as const;

function hasExpired({ peer, observedAt }: Tls): boolean {
  return peer.notAfter <= observedAt;
}

export const validChain = defineCheck({
  ...COMMON,
  id: "tls.certificate.valid-chain",
  title: "The certificate chain leads to a trusted authority",
  consequence: "Browsers show a full-page warning and other clients refuse to connect.",
  severity: "blocker",
  asks: ways(`
    SSL certificate valid | valid TLS certificate | SSL configured | TLS and domain configured
    TLS for the production URL | TLS for the production domain | domain and SSL configured
    TLS and transport security | HTTPS enabled | SSL/TLS certificate installed
    SSL certificate installed and validated | certificate valid | obtain SSL certificate | TLS termination
    SSL certificate installed | SSL certificates | HTTPS configured | HTTPS works | SSL/TLS configured
    SSL active | TLS certificate configured | SSL enabled | valid SSL certificate | SSL certificate issued
    HTTPS certificate installed | Let's Encrypt certificate | HTTPS working | TLS configured
    TLS certificates provisioned | SSL certificate configured | site works over HTTPS
    SSL certificate valid and installed | certificate installed | certificate health | check SSL certificate
    HTTPS active | certificate from Let's Encrypt | Traefik obtains certificates | Caddy automatic HTTPS
    automatic HTTPS | HTTPS listener with ACM certificate | HTTPS listener on port 443
    managed certificate for the custom domain
    certificate provisioned automatically | certificate issued with certbot
    certificate for the API | TLS enabled | HTTPS certificate valid | padlock shown | SSL
    padlock in the browser | no certificate warnings | no SSL warnings in the browser
    no certificate errors | certificate attached to the load balancer | certificate on the load balancer
    ingress TLS | TLS secret for the ingress | site accessible over HTTPS | website accessible via HTTPS
    site loads over HTTPS | SSL certificate for the domain
    HTTPS tested | intermediate certificates | no self-signed certificate
    fullchain.pem | full chain served | intermediate certificates served | certificate chain complete
    chain of trust | certificate trusted by browsers | certificate from a trusted authority
    intermediate certificate installed | openssl verify return code 0 | nginx serves the site over TLS
    Nginx HTTPS | reverse proxy with SSL termination | nginx SSL termination | certbot --nginx
    HTTPS works on the custom domain | managed certificate active | self-signed certificate replaced
    SSL certificate uploaded | no missing intermediates
    certificate trusted on phones | certificate trusted everywhere | intermediates served
    certificate chain trusted
    SSL Labs grade A | SSL Labs test passed | SSL Labs A rating | A+ on SSL Labs | SSL Labs score A
    testssl.sh without findings | SSL rating A or better
    reverse proxy with HTTPS | reverse proxy terminates TLS | proxy with TLS in front of the application
    TLS termination at the proxy
  `),
  source: "RFC 5280 section 6",
  needs: { tls: httpTls },
  run: ({ tls }, { component, environment }) => {
    const { authorized, authorizationError: error, issuer } = tls.peer;
    if (authorized || ALTNAME.test(error ?? "")) return pass(`trusted, issued by ${commonName(issuer)}`);
    if (EXPIRED.test(error ?? "") && hasExpired(tls))
      return unknown("not evaluated: tls.certificate.expiry failed", "http.tls");
    const code = error ?? "unknown reason";
    const trouble = {
      expected: "a chain that verifies, intermediates included",
      found: `${code}, issued by ${commonName(issuer)}`,
    };
    if (/SELF_SIGNED/.test(code))
      return fail("the certificate is signed by nobody clients know", {
        ...trouble,
        fix: `obtain a certificate for ${tls.hostname} from a public authority (ACME) for ${environment.name}`,
      });
    if (/UNABLE_TO_(VERIFY|GET)/.test(code))
      return fail("the intermediate certificate is not sent", {
        ...trouble,
        fix: `let the server of ${component} send the full chain (fullchain.pem, not cert.pem)`,
      });
    return fail("the certificate chain does not verify", {
      ...trouble,
      fix: `renew the certificate of ${tls.hostname} and serve its full chain`,
    });
  },
});

function commonName(issuer: string): string {
  return /CN=([^,]+)/.exec(issuer)?.[1] ?? issuer;
}

export const nameMatch = defineCheck({
  ...COMMON,
  id: "tls.certificate.name-match",
  title: "The certificate is for the name users type",
  consequence: "Browsers show a full-page warning instead of the app.",
  severity: "blocker",
  asks: ways(`
    certificate covers the domain | SSL certificate matches domain
    SSL certificates for all domains | certificate for the custom domain
    SSL certificate covers all domains | Certificate matches domain
    SSL certificate for custom domain | hostname mismatch | no hostname mismatch warnings
    certificate SAN | certificate issued for the production host | ACM certificate for the domain
    certificate name matches the host | certificate common name
    certificate for every domain | no certificate name errors | certificate subject alternative names
    certificate for all hosts | certificate valid for every hostname
    certificate valid for the hostname | certificate valid for the API host
    certificate bound to the custom domain
  `),
  source: "RFC 9525",
  needs: { tls: httpTls },
  run: ({ tls: { hostname, peer } }) => {
    const names = peer.subjectAltNames.map((name) => name.replace(/^(DNS|IP Address|URI):/, ""));
    if (names.some((name) => covers(name, hostname))) return pass(`for ${listed(names)}`);
    return fail(`the certificate is not for ${hostname}`, {
      expected: hostname,
      found: names.length > 0 ? listed(names) : "no subject alternative name",
      fix: `obtain a certificate that names ${listed([hostname, ...names])}`,
      findings: [hostname],
    });
  },
});

/** RFC 9525 section 6.3: a wildcard stands for exactly one label. */
function covers(name: string, hostname: string): boolean {
  const pattern = name.toLowerCase();
  const host = hostname.toLowerCase().replace(/^\[|\]$/g, "");
  if (!pattern.startsWith("*.")) return pattern === host;
  const rest = host.slice(host.indexOf(".") + 1);
  return host.includes(".") && rest === pattern.slice(2);
}

export const expiry = defineCheck({
  ...COMMON,
  id: "tls.certificate.expiry",
  title: "The certificate lasts long enough to be renewed in peace",
  consequence: "On the day it expires the app is down for everybody, without any deploy.",
  severity: "blocker",
  asks: ways(`
    SSL certificate expiry | certificate not expiring within 30 days | certificate expiration monitored
    SSL certificate expiring soon | SSL certificate expiration monitored | certificate expiry monitoring
    certificate expiration alert | certificate has less than 14 days left | certificate days left
    certificate expiry date | check certificate expiry | certificate valid for 30 more days
    HTTPS certificate not expired | certificate not expired | SSL certificate monitoring
    certificate monitoring
  `),
  figures: { "expires-within": { measured: "daysLeft", keeps: "no less", in: "days" } },
  needs: { tls: httpTls },
  run: ({ tls }) => {
    const { notBefore, notAfter } = tls.peer;
    const leftMs = notAfter - tls.observedAt;
    // A certificate of a few days is renewed at a third of its life; three weeks would never be reached.
    const neededMs = Math.min(21 * DAY_MS, (notAfter - notBefore) / 3);
    const measured = { daysLeft: Math.floor(leftMs / DAY_MS), notAfter: new Date(notAfter).toISOString() };
    const trouble = {
      expected: `more than ${formatDuration(neededMs)} left`,
      found: leftMs > 0 ? `${formatDuration(leftMs)} left` : `expired ${formatDuration(-leftMs)} ago`,
      fix: `renew the certificate of ${tls.hostname} and reload the server; then see why the renewal did not run by itself`,
      measured,
    };
    if (leftMs <= 0) return fail("the certificate has expired", trouble);
    if (notBefore > tls.observedAt)
      return fail("the certificate is not valid yet", {
        ...trouble,
        found: `valid from ${new Date(notBefore).toISOString()}`,
      });
    if (leftMs <= neededMs) return fail("the certificate expires soon", trouble);
    return pass(`${formatDuration(leftMs)} left`, measured);
  },
});

export const keyStrength = defineCheck({
  ...COMMON,
  id: "tls.certificate.key-strength",
  title: "Key and signature of the certificate are strong enough",
  consequence: "The key can be broken, or clients that follow today's rules refuse it.",
  severity: "blocker",
  asks: ways(`
    certificate key strength | RSA 2048 | strong TLS keys | Strong certificate key | Certificate key length
    2048-bit key | certificate signed with SHA-256 | RSA 2048 or ECDSA certificate
    no SHA-1 signature in the certificate | no SHA-1 signed certificates
    strong private key for the certificate | strong private key for TLS
    certificate with at least a 2048-bit key | RSA key of the certificate | certificate signature algorithm
    weak certificate keys refused | key size of the certificate | SHA-256 signature
    signature SHA-256 of the certificate
    SSL Labs grade A | SSL Labs test passed | SSL Labs A rating | A+ on SSL Labs | SSL Labs score A
    testssl.sh without findings | SSL rating A or better
  `),
  source: "CA/Browser Forum Baseline Requirements section 6.1.5",
  needs: { tls: httpTls },
  run: ({ tls: { hostname, peer } }) => {
    const { keyType = "unknown", keyBits, signatureAlgorithm = "" } = peer;
    const found = `${keyType}${keyBits ? ` ${keyBits} bit` : ""}, ${signatureAlgorithm || "signature unknown"}`;
    const trouble = {
      expected: "RSA of 2048 bits or more, or P-256 and better; signed with SHA-256 or better",
      found,
      fix: `make a new key (openssl ecparam -name prime256v1 -genkey) and a certificate for ${hostname} with it`,
    };
    if (/^rsa/.test(keyType) && (keyBits ?? 0) < 2_048) return fail("the key is too short", trouble);
    if (keyType === "ec" && (keyBits ?? 0) < 256) return fail("the curve is too small", trouble);
    if (keyType === "dsa") return fail("clients refuse DSA keys", trouble);
    if (/sha-?1\b|sha1|md5/i.test(signatureAlgorithm)) return fail("the signature's hash is broken", trouble);
    return pass(found);
  },
});

export const tlsMinimum = defineCheck({
  ...COMMON,
  id: "tls.protocol.min-1-2",
  title: "TLS 1.0 and 1.1 are refused",
  consequence: "An attacker on the network can force connections down to broken protocols.",
  severity: "blocker",
  asks: ways(`
    TLS 1.2 or higher | TLS 1.0 and 1.1 disabled | minimum TLS version | TLS 1.2+ | TLS 1.2+ only
    TLS 1.2 minimum | old TLS versions disabled | SSLv3 and TLS 1.0 disabled | modern TLS only
    TLS 1.0/1.1 switched off | TLS 1.0 and 1.1 off | only TLS 1.2 and 1.3 | old protocols disabled
    ssl_protocols TLSv1.2 TLSv1.3 | weak TLS versions off | SSLv3 disabled
    ELBSecurityPolicy TLS | TLS security policy of the load balancer
    legacy protocols refused by the load balancer | legacy TLS disabled | insecure protocols refused
    SSLv2 and SSLv3 disabled | disable SSLv3, TLS 1.0 and TLS 1.1 | minimum protocol version TLS 1.2
    minimum TLS 1.2 | TLS 1.1 refused | outdated TLS versions refused | no TLS 1.0 | deprecated TLS versions
    only modern TLS versions | SslProtocols Tls12 | clients below TLS 1.2 rejected | only TLS 1.2 and newer
    TLS 1.2 and newer accepted | TLS 1.2 or newer | TLS below 1.2 refused
    SSL Labs grade A | SSL Labs test passed | SSL Labs A rating | A+ on SSL Labs | SSL Labs score A
    testssl.sh without findings | SSL rating A or better
    Mozilla intermediate TLS configuration | Mozilla SSL configuration generator used
    modern TLS configuration
  `),
  source: "RFC 8996",
  needs: { versions: httpTlsVersions },
  run: ({ versions: { old } }, { component }) =>
    old === undefined
      ? pass("TLS 1.1 and older are refused")
      : fail(`${old} is still accepted`, {
          expected: "TLS 1.2 or newer only",
          found: old,
          fix: `in the TLS settings before ${component}: minimum version TLS 1.2 (nginx: ssl_protocols TLSv1.2 TLSv1.3;)`,
        }),
});

export const tlsNewest = defineCheck({
  ...COMMON,
  id: "tls.protocol.1-3",
  title: "TLS 1.3 is offered",
  consequence:
    "Every new connection takes one round trip more, and forward secrecy hangs on the choice of cipher.",
  severity: "warning",
  asks: ways(`
    TLS 1.3 | TLS 1.3 enabled | TLS 1.3 at the reverse proxy
    TLS 1.3 at the ingress | modern TLS versions supported | TLSv1.3 | enable TLSv1.3
    load balancer negotiates TLS 1.3 | clients connect with TLS 1.3 | traffic uses TLS 1.3 | tls1_3 connects
    TLS 1.3 supported | TLS 1.3 offered | newest TLS version | handshake with TLS 1.3 | CDN speaks TLS 1.3
    HTTPS with TLS 1.3 | CDN offers TLS 1.3 | server speaks TLS 1.3 | TLS 1.3 on the load balancer
    TLS 1.3 handshake | CloudFront TLS 1.3
    TLS 1.3 enforced | force TLS 1.3 | TLS termination with TLS 1.3 | TLS 1.3 only | TLS 1.3 configured
  `),
  source: "RFC 8446",
  needs: { versions: httpTlsVersions },
  run: ({ versions: { newest } }, { component }) =>
    newest === "TLSv1.3"
      ? pass("TLS 1.3 is offered")
      : fail("TLS 1.3 is not offered", {
          expected: "TLSv1.3",
          found: newest ?? "refused",
          fix: `in the TLS settings before ${component}: allow TLS 1.3 (nginx: ssl_protocols TLSv1.2 TLSv1.3;)`,
        }),
});
