import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterAll, describe, expect, it } from "vitest";
import { HOSTNAME, openWebApp } from "../../../test/fixtures/web-app.ts";
import { answersOf, FULL, isByTarget, webSubject } from "../../../test/fixtures/web-subject.ts";
import { openDoors } from "../../system/doors.ts";
import { web } from "./web.ts";

const doors = openDoors();
afterAll(() => doors[Symbol.asyncDispose]());

const ALL = web.definition.checks.map(({ id }) => id);

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe("an app that cannot be seen", () => {
  it("is unknown in every line, for one cause, when nothing listens", async () => {
    const port = await closedPort();
    const address = { url: `https://${HOSTNAME}:${port}`, plainUrl: `http://${HOSTNAME}:${port}` };
    const options = { ...FULL, hsts: { preload: true } };
    const outcomes = await answersOf(doors, webSubject({ options, given: { address } }));
    expect(ALL.filter((id) => outcomes[id]?.status !== "unknown")).toEqual(ALL.filter(isByTarget));
    const causes = new Set(
      Object.values(outcomes).flatMap((each) => (each.status === "unknown" ? [each.cause] : [])),
    );
    expect([...causes]).toEqual(["http.connection"]);
    expect(outcomes["http.header.hsts"]).toMatchObject({
      reason: `https://${HOSTNAME}:${port} accepts no connection: ${HOSTNAME}:${port} refused the connection`,
    });
  });

  it("is unknown in every line while nothing is deployed", async () => {
    const given = { release: undefined, runtime: undefined };
    const outcomes = await answersOf(doors, webSubject({ given }));
    expect(ALL.filter((id) => outcomes[id]?.status !== "unknown")).toEqual([]);
    expect(outcomes["http.header.hsts"]).toMatchObject({ reason: "nothing is deployed in staging yet" });
  });

  it("is unknown when the proxy has nothing behind it, but health says so", async () => {
    await using app = await openWebApp(
      { cert: "", key: "" },
      {
        insecure: true,
        edit: (answer) => {
          answer.status = 503;
        },
      },
    );
    const outcomes = await answersOf(doors, webSubject({ app }));
    expect(outcomes["http.header.nosniff"]).toMatchObject({ status: "unknown", cause: "http.answer" });
    expect(outcomes["process.health.alive"]).toMatchObject({
      status: "fail",
      summary: "/health answers 503",
    });
  });
});

describe("a plain data service", () => {
  it("is not asked about pages, cookies, TLS and what it did not declare", async () => {
    await using app = await openWebApp({ cert: "", key: "" }, { insecure: true });
    const options = {
      pages: { html: [], api: ["/api/items"] },
      login: undefined,
      limits: {},
      cors: {},
      protectedRoutes: [],
      websocket: undefined,
    };
    const given = {
      siblings: [{ name: "front", kind: "site", options: {} }],
      runtime: { instances: [], schedules: [] },
    };
    const outcomes = await answersOf(doors, webSubject({ app, options, given }));
    const reasons = Object.entries(outcomes).flatMap(([id, each]) =>
      each.status === "not applicable" ? [[id, each.reason.replace(/http:\S+/, "URL")]] : [],
    );
    expect(Object.fromEntries(reasons)).toEqual({
      "a11y.axe": "no page looked at is HTML",
      "auth.route.anonymous-denied": "no protectedRoutes are declared",
      "cdn.cache.hit": 'no CDN is declared, as in cdn: { vendor: "cloudflare" }',
      "http.cache.html-revalidates": "no page looked at is HTML",
      "http.cache.private-pages": "no answer set a session cookie",
      "http.cache.static-immutable": "no asset with a hash in its name was seen",
      "http.cookie.httponly-session": "no answer set a session cookie",
      "http.cookie.prefix-and-scope": "no answer set a cookie",
      "http.cookie.samesite": "no answer set a session cookie",
      "http.cookie.secure": "URL is not HTTPS",
      "http.cookie.size": "no answer set a cookie",
      "http.cors.declared-origins": "cors.origins declares none",
      "http.header.coop-coep-corp": "none of the three headers is sent",
      "http.header.csp-frame-ancestors": "no page looked at is HTML",
      "http.header.csp-no-unsafe": "no page looked at is HTML",
      "http.header.csp-present": "no page looked at is HTML",
      "http.header.hsts": "URL is not HTTPS",
      "http.header.hsts-preload-ready": "hsts.preload is not declared",
      "http.header.permissions-policy": "no page looked at is HTML",
      "http.header.referrer-policy": "no page looked at is HTML",
      "http.mixed-content": "URL is not HTTPS",
      "http.redirect.to-https": "URL is not HTTPS",
      "http.sri.third-party": "no page looked at is HTML",
      "limit.body.size": "no path that takes a body is declared (limits.bodyPath)",
      "limit.rate.api": "limits.requestsPerMinute is not declared",
      "limit.rate.login": "no login is declared",
      "limit.rate.proxy-aware": "neither limits.requestsPerMinute nor a login is declared",
      "limit.slowloris": "limits.slowRequest is not declared",
      "link.broken": "the declared pages link to no other page of the app",
      "log.correlation":
        'no header is declared that carries a request\'s id: web({ requestId: "x-request-id" })',
      "metrics.exposed": 'no metrics are declared: web({ metrics: { path: "/metrics" } })',
      "page.console.clean": "no page looked at is HTML",
      "page.responsive": "no page looked at is HTML",
      "perf.image.weight": "no page looked at is HTML",
      "perf.lighthouse": "no page looked at is HTML",
      "page.icons": "no page looked at is HTML",
      "seo.robots": "no page looked at is HTML",
      "seo.sitemap": "no page looked at is HTML",
      "perf.web-vitals.lab": "no page looked at is HTML",
      "process.graceful-shutdown":
        "no instance that was ready has been stopped yet; a drill or the next deploy tells",
      "security.txt": "asked of the site",
      "seo.indexable": "no page looked at is HTML",
      "seo.meta": "no page looked at is HTML",
      "tls.alpn.http2": "URL is not HTTPS",
      "tls.certificate.expiry": "URL is not HTTPS",
      "tls.certificate.key-strength": "URL is not HTTPS",
      "tls.certificate.name-match": "URL is not HTTPS",
      "tls.certificate.renewal": "URL is not HTTPS",
      "tls.certificate.valid-chain": "URL is not HTTPS",
      "tls.cipher.modern": "URL is not HTTPS",
      "tls.protocol.1-3": "URL is not HTTPS",
      "tls.protocol.min-1-2": "URL is not HTTPS",
      "ws.origin.checked": "no websocket is declared",
      "ws.upgrade.ok": "no websocket is declared",
    });
  });
});
