import { describe } from "vitest";
import { type Changes, FRIEND, isHtmlAnswer, setHeader, without } from "../../../test/fixtures/web-app.ts";
import { type Break, testBreaks } from "../../../test/fixtures/web-breaks.ts";
import { QUICK, STRIPE_CANARY, stopped } from "../../../test/fixtures/web-subject.ts";

/** Of the release that `webSubject` looks at. */
const CODE = "0123456789abcdef";
const stop = (signal: string | null, commit = "other") =>
  ({ release: commit, commit, process: "api", index: 0, code: signal ? null : 0, signal, at: 0 }) as const;

/** The first request of each origin meets a limit. */
function heldOnce(edit: NonNullable<Changes["edit"]>): typeof edit {
  const known = new Set<string>();
  return (answer, request) => {
    const { origin } = request.headers;
    if (origin === undefined || known.has(origin)) return edit(answer, request);
    known.add(origin);
    Object.assign(answer, { status: 429, headers: [["Retry-After", "0"]] });
  };
}

/** Each way to break the healthy app, and the lines that must fail by it: these and no others. */
const BREAKS: readonly Break[] = [
  // Health and release
  {
    id: "process.health.alive",
    by: "no health path",
    changes: { answers: { "/health": { status: 404 } } },
    says: "there is no /health",
  },
  {
    id: "process.health.alive",
    by: "a health path that redirects to the login",
    changes: { answers: { "/health": { status: 302, headers: [["Location", "/login"]], body: "" } } },
    says: "/health redirects: a login page would count as healthy",
  },
  {
    id: "process.health.alive",
    by: "a front end's fallback",
    changes: {
      answers: { "/health": { headers: [["Content-Type", "text/html"]], body: "<!doctype html>" } },
    },
    says: "/health answers a page, as every path does",
  },
  {
    id: "process.health.ready",
    by: "a database that is down",
    changes: {
      answers: { "/ready": { status: 503, body: `{"db":"down","cache":"ok","key":"${STRIPE_CANARY}"}` } },
    },
    says: "/ready answers 503",
  },
  {
    id: "process.health.honest",
    by: "a readiness path that names nothing",
    changes: { answers: { "/ready": { body: '{"status":"ok"}' } } },
    status: "warn",
    says: "/ready does not tell about db, cache",
    findings: ["db", "cache"],
  },
  {
    id: "process.health.honest",
    by: "one path for both",
    options: { ready: "/health" },
    says: "one path answers both questions",
  },
  ...[
    { by: "no readiness path", answer: { status: 404 } },
    { by: "no readiness path, and a login before everything", answer: { status: 401 } },
    {
      by: "no readiness path, and a front end's fallback",
      answer: { headers: [["Content-Type", "text/html"]] as [string, string][], body: "<!doctype html>" },
    },
  ].map(
    ({ by, answer }): Break => ({
      id: "process.health.honest",
      by,
      changes: { answers: { "/ready": answer } },
      status: "warn",
      says: "no readiness path is declared: /health answers both questions",
      also: ["process.health.ready"],
    }),
  ),
  {
    id: "process.health.ready",
    by: "a declared readiness path that is not there",
    options: { ready: "/readyz" },
    says: "there is no /readyz",
    also: ["process.health.honest"],
  },
  {
    id: "process.version.exposed",
    by: "an older release behind the address",
    changes: { edit: (answer) => setHeader(answer, "x-gonogo-release", "r0") },
    says: "another release answers",
    findings: ["r0"],
  },
  {
    id: "process.version.exposed",
    by: "no release named",
    changes: { edit: (answer) => without(answer, "x-gonogo-release") },
    says: "nothing tells which release answers",
  },
  {
    id: "process.graceful-shutdown",
    by: "an instance that had to be killed",
    given: { runtime: { schedules: [], instances: [stopped({ code: null, signal: "SIGKILL" })] } },
    says: "1 of 1 instances had to be killed",
  },
  {
    id: "process.graceful-shutdown",
    by: "an instance of the same code that had to be killed, though another ended well since",
    given: { runtime: { schedules: [], instances: [], stops: [stop("SIGKILL", CODE), stop(null)] } },
    says: "1 of 1 instances had to be killed",
  },
  {
    id: "process.graceful-shutdown",
    by: "an instance of the code before, which must not keep its successor out",
    given: {
      runtime: { schedules: [], instances: [], stops: [stop(null), { ...stop("SIGKILL"), release: "r2" }] },
    },
    status: "warn",
    says: "1 of 1 instances of an earlier release had to be killed",
  },
  {
    id: "process.graceful-shutdown",
    by: "an instance without a handler",
    given: { runtime: { schedules: [], instances: [stopped({ code: null, signal: "SIGTERM" })] } },
    status: "warn",
    says: "instances die of the signal instead of ending",
  },
  {
    id: "process.graceful-shutdown",
    by: "a package manager that dies of the signal first",
    options: { start: "npm start" },
    given: { runtime: { schedules: [], instances: [stopped({ code: null, signal: "SIGTERM" })] } },
    status: "warn",
    says: "npm dies of the signal, so how instances end cannot be seen",
  },
  // Pages and errors
  {
    id: "http.page.answers",
    by: "a page that is gone",
    options: { pages: { ...QUICK.pages, html: ["/", "/pricing"] } },
    says: "1 of 5 declared pages do not answer",
    findings: ["/pricing"],
  },
  {
    id: "http.error.pages",
    by: "unknown paths that answer 200",
    changes: {
      edit: (answer) => {
        if (answer.status === 404) answer.status = 200;
      },
    },
    says: "unknown paths answer as if they existed",
    findings: ["404"],
  },
  {
    id: "http.error.pages",
    by: "a stock page",
    changes: {
      edit: (answer) => {
        if (answer.status === 404) answer.body = "<pre>Cannot GET /nothing</pre>";
      },
    },
    says: "an error page is a stock one",
  },
  {
    id: "http.error.pages",
    by: "an error that answers 200",
    changes: { answers: { "/boom": { status: 200 } } },
    says: "errors answer a wrong status",
    findings: ["500"],
  },
  {
    id: "config.debug.off",
    by: "a stack trace",
    changes: {
      answers: { "/boom": { body: "<pre>Error: no\n    at handle (/srv/app/server.js:12:7)</pre>" } },
    },
    says: "answers show a stack trace (JavaScript)",
    findings: ["the 500 page /boom: a stack trace (JavaScript)"],
  },
  {
    id: "http.method.restricted",
    by: "TRACE that repeats the request",
    changes: {
      edit: (answer, request) => {
        if (request.method !== "TRACE") return;
        answer.status = 200;
        answer.body = JSON.stringify(request.headers);
      },
    },
    says: "TRACE repeats the request's headers",
    findings: ["TRACE"],
  },
  {
    id: "probe.exposed-files",
    by: "a project served as it is",
    changes: {
      answers: {
        "/.env": { body: "# settings\nSECRET=1\n" },
        "/.git/HEAD": { body: "ref: refs/heads/main\n" },
      },
    },
    says: "the Git repository, environment variables can be downloaded",
    findings: ["/.git/HEAD", "/.env"],
  },
  {
    id: "probe.exposed-files",
    by: "a source map",
    changes: {
      answers: { "/assets/app.3f9a1c2b.js.map": { body: '{"version":3,"mappings":"AAAA"}' } },
    },
    status: "warn",
    says: "source maps give away the original source",
    findings: ["/assets/app.3f9a1c2b.js.map"],
  },
  {
    id: "link.broken",
    by: "a link to a page that is gone",
    changes: {
      edit: (answer, request) => {
        if (request.url === "/about") answer.body = `${answer.body}<a href="/gone">x</a>`;
      },
    },
    says: "1 of 2 links are broken",
    findings: ["/gone"],
  },
  {
    id: "security.txt",
    by: "an expiry in the past",
    changes: {
      answers: {
        "/.well-known/security.txt": {
          body: "Contact: mailto:security@app.example\nExpires: 2020-01-01T00:00:00Z\n",
        },
      },
    },
    says: "security.txt has expired",
  },
  // Access
  {
    id: "auth.route.anonymous-denied",
    by: "an open admin page",
    changes: { answers: { "/admin": { status: 200 } } },
    says: "1 of 2 protected routes answer strangers",
    findings: ["GET /admin"],
  },
  {
    id: "auth.route.anonymous-denied",
    by: "an open route that writes, where writing is allowed",
    changes: { answers: { "/api/drop": { status: 204 } } },
    options: { protectedRoutes: [{ path: "/admin" }, { path: "/api/drop", method: "POST" }] },
    says: "1 of 2 protected routes answer strangers",
    findings: ["POST /api/drop"],
  },
  {
    id: "ws.upgrade.ok",
    by: "no upgrade",
    changes: { socketOrigins: "none" },
    options: { websocket: { path: "/live" } },
    says: "the WebSocket does not open",
  },
  {
    id: "ws.origin.checked",
    by: "any origin",
    changes: { socketOrigins: "any" },
    options: { websocket: { path: "/live" } },
    says: "the WebSocket opens for any origin",
  },
  {
    id: "http.cors.no-reflect-credentials",
    by: "every origin repeated",
    changes: {
      edit: (answer, { headers, url }) => {
        if (!url?.startsWith("/api/") || !headers.origin || headers.origin === "null") return;
        setHeader(answer, "Access-Control-Allow-Origin", headers.origin);
        setHeader(answer, "Access-Control-Allow-Credentials", "true");
      },
    },
    says: "any origin may read with credentials",
    findings: ["/api/items"],
  },
  {
    id: "http.cors.no-reflect-credentials",
    by: "a star where origins are declared",
    changes: {
      edit: (answer, { headers, url }) => {
        if (url?.startsWith("/api/") && headers.origin) setHeader(answer, "Access-Control-Allow-Origin", "*");
      },
    },
    status: "warn",
    says: "any origin may read /api/items, though without credentials",
  },
  {
    id: "http.cors.no-reflect-credentials",
    by: "origins compared by their beginning",
    changes: {
      edit: (answer, { headers, url }) => {
        if (!url?.startsWith("/api/") || !headers.origin?.startsWith(FRIEND)) return;
        setHeader(answer, "Access-Control-Allow-Origin", headers.origin);
        setHeader(answer, "Access-Control-Allow-Credentials", "true");
      },
    },
    says: "an origin that only looks like a declared one may read with credentials",
  },
  ...[429, 503].map(
    (status): Break => ({
      id: "http.cors.no-reflect-credentials",
      by: `a limit that answers ${status} before CORS is looked at`,
      changes: {
        edit: (answer, { headers }) => {
          if (headers.origin) Object.assign(answer, { status, headers: [] });
        },
      },
      status: "unknown",
      also: ["http.cors.declared-origins", "http.cors.null-origin"],
    }),
  ),
  {
    id: "http.cors.no-reflect-credentials",
    by: "every origin repeated, once a limit that was held lets somebody in again",
    changes: {
      edit: heldOnce((answer, { headers, url }) => {
        if (!url?.startsWith("/api/") || !headers.origin || headers.origin === "null") return;
        setHeader(answer, "Access-Control-Allow-Origin", headers.origin);
        setHeader(answer, "Access-Control-Allow-Credentials", "true");
      }),
    },
    says: "any origin may read with credentials",
  },
  {
    id: "http.cors.null-origin",
    by: "null among the origins",
    changes: { origins: [FRIEND, "null"] },
    says: "the origin null is trusted",
  },
  {
    id: "http.cors.declared-origins",
    by: "a declared origin that is refused",
    changes: { origins: [] },
    says: "1 of 1 declared origins are refused",
    findings: [FRIEND],
  },
  // Limits
  {
    id: "limit.body.size",
    by: "no limit",
    changes: { bodyLimitBytes: Number.POSITIVE_INFINITY },
    says: "an oversize body is accepted",
  },
  {
    id: "limit.header.size",
    by: "no limit",
    changes: { maxHeaderBytes: 1_048_576 },
    says: "64 KB of headers are accepted",
  },
  {
    id: "config.env.bundle-leak",
    by: "a secret in a script",
    changes: {
      answers: { "/assets/app.3f9a1c2b.js": { body: `const key = "sk_live_canary0123456789abcdef";` } },
    },
    says: "STRIPE_SECRET_KEY, something that begins like STRIPE_SECRET_KEY, a Stripe secret key sent to browsers",
  },
  {
    id: "seo.indexable",
    by: "production that hides",
    changes: {
      edit: (answer) => void (isHtmlAnswer(answer) && setHeader(answer, "X-Robots-Tag", "noindex")),
    },
    given: { environment: { name: "production", stage: "production", allows: ["read", "active"] } },
    says: "production hides from search engines",
  },
  {
    id: "seo.robots",
    by: "no robots.txt in production",
    changes: { answers: { "/robots.txt": { status: 404 } } },
    given: { environment: { name: "production", stage: "production", allows: ["read", "active"] } },
    says: "there is no robots.txt",
  },
];

describe("a broken app", () => testBreaks(BREAKS));
