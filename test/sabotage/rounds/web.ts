import type { Sabotage } from "../sabotage.ts";

const HEADERS = "src/http/security-headers.ts";
const LISTENER = "src/http/listener.ts";
const FILES = "src/http/static-files.ts";

export const web: readonly Sabotage[] = [
  {
    name: "leave the security headers off errors",
    changes: [
      {
        in: LISTENER,
        replace: '...SECURITY_HEADERS,\n      "x-request-id"',
        by: '...(answer.status < 500 && SECURITY_HEADERS),\n      "x-request-id"',
      },
    ],
    turns: { "api/http.header.consistent": "warning" },
  },
  {
    name: "hold browsers to HTTPS for five minutes",
    changes: [{ in: HEADERS, replace: "max-age=31536000", by: "max-age=300" }],
    turns: { "api/http.header.hsts": "failing" },
  },
  {
    name: "allow scripts inside pages",
    changes: [{ in: HEADERS, replace: `"script-src 'self'"`, by: `"script-src 'self' 'unsafe-inline'"` }],
    turns: { "api/http.header.csp-no-unsafe": "warning" },
  },
  {
    name: "tell everybody what runs here",
    changes: [
      {
        in: HEADERS,
        replace: '"cross-origin-opener-policy"',
        by: '"x-powered-by": "Express/4.18.2",\n  "cross-origin-opener-policy"',
      },
    ],
    turns: { "api/http.header.no-version-leak": "warning" },
  },
  {
    name: "send the sign-in cookie without Secure",
    changes: [{ in: "src/http/cookies.ts", replace: "Secure; HttpOnly", by: "HttpOnly" }],
    turns: { "api/http.cookie.secure": "failing", "api/http.cookie.prefix-and-scope": "warning" },
  },
  {
    name: "let any origin read answers with credentials",
    changes: [
      {
        in: "src/http/origins.ts",
        replace: "origin === undefined || !rules.allowedOrigins.includes(origin)",
        by: "origin === undefined || rules.allowedHosts.length === 0",
      },
    ],
    turns: {
      "api/http.cors.no-reflect-credentials": "failing",
      "api/http.cors.null-origin": "failing",
    },
  },
  {
    name: "send everything uncompressed",
    changes: [
      {
        in: "src/http/encoding.ts",
        replace: "(wanted.get(each) ?? 0) > 0",
        by: "(wanted.get(each) ?? 0) > 9",
      },
    ],
    turns: { "api/http.compression.enabled": "warning" },
  },
  {
    name: "take a body of any size",
    changes: [{ in: "src/wallet/stripe-webhook.ts", replace: "256 * 1024", by: "1024 ** 3" }],
    turns: { "api/limit.body.size": "warning" },
  },
  {
    name: "show the stack on the error page",
    changes: [
      {
        in: LISTENER,
        replace:
          'return world.files.page("500", 500, preferredEncoding(message.headers["accept-encoding"]));',
        by: 'return { status: 500, headers: { "content-type": "text/plain; charset=utf-8" }, body: String((thrown as Error).stack) };',
      },
    ],
    turns: { "api/config.debug.off": "failing" },
  },
  {
    name: "answer whatever the method is called",
    changes: [
      {
        in: LISTENER,
        replace: "if (!METHODS.includes(method)) return notAllowed(METHODS);",
        by: "if (!METHODS.includes(method)) return json(200, { method });",
      },
    ],
    turns: { "api/http.method.restricted": "warning" },
  },
  {
    name: "forget styles and scripts after a minute",
    changes: [{ in: FILES, replace: "public, max-age=31536000, immutable", by: "public, max-age=60" }],
    turns: { "api/http.cache.static-immutable": "warning" },
  },
  {
    name: "publish a dump of the database",
    changes: [
      { write: "public/dump.sql", text: "-- PostgreSQL database dump\ncreate table person (id uuid);\n" },
      { in: FILES, replace: '".txt":', by: '".sql": "application/sql",\n  ".txt":' },
    ],
    turns: { "api/probe.exposed-files": "failing" },
  },
  {
    name: "load an image over HTTP",
    changes: [
      {
        in: "public/index.html",
        replace: "</main>",
        by: '<img src="http://images.soulseer.example/hero.png" alt="">\n</main>',
      },
    ],
    turns: { "api/http.mixed-content": "failing" },
  },
  {
    name: "link to a page that is not there",
    changes: [{ in: "public/terms.html", replace: "</main>", by: '<a href="/refunds">Refunds</a>\n</main>' }],
    turns: { "api/link.broken": "warning" },
  },
  {
    name: "let strangers in by a route for people who signed in",
    changes: [
      {
        in: "src/accounts/routes.ts",
        replace: 'path: "/sign-out",\n      access: "signed in"',
        by: 'path: "/sign-out",\n      access: "public"',
      },
    ],
    turns: { "api/auth.route.anonymous-denied": "failing" },
  },
  {
    name: "hold no burst back",
    changes: [{ in: "src/readers/routes.ts", replace: "requests: 120,", by: "requests: 120_000," }],
    // Where nothing is limited, nobody can tell whether a forged address gets past a limit.
    turns: { "api/limit.rate.api": "warning", "api/limit.rate.proxy-aware": "unknown" },
  },
  {
    name: "open the live socket to pages of other sites",
    changes: [
      {
        in: "src/live/sockets.ts",
        replace: "if (origin !== undefined &&",
        by: 'if (origin === "https://" &&',
      },
    ],
    turns: { "api/ws.origin.checked": "failing" },
  },
  {
    name: "say ready without a word on the database and Redis",
    changes: [
      {
        in: "src/http/health.ts",
        replace:
          '          database: databaseUp ? "up" : "down",\n          redis: redisUp ? "up" : "down",\n',
        by: "",
      },
    ],
    turns: { "api/process.health.honest": "warning" },
  },
  {
    name: "run in development mode",
    changes: [{ variable: "NODE_ENV", value: "development" }],
    turns: { "settings/config.env.node-env": "failing" },
  },
];

export const webAgain: readonly Sabotage[] = [
  {
    name: "let scripts read the sign-in cookie",
    changes: [{ in: "src/http/cookies.ts", replace: "Secure; HttpOnly", by: "Secure" }],
    turns: { "api/http.cookie.httponly-session": "failing" },
  },
  {
    name: "send the sign-in cookie with requests of other sites",
    changes: [{ in: "src/http/cookies.ts", replace: "SameSite=Lax", by: "SameSite=None" }],
    turns: { "api/http.cookie.samesite": "failing" },
  },
  {
    name: "keep pages for a year, so that a rollback reaches nobody",
    changes: [{ in: FILES, replace: '"no-cache"', by: '"public, max-age=31536000"' }],
    turns: { "api/http.cache.html-revalidates": "failing" },
  },
  {
    name: "answer 200 for what is not there",
    changes: [
      { in: LISTENER, replace: 'files.page("404", 404, encoding)', by: 'files.page("404", 200, encoding)' },
    ],
    turns: { "api/http.error.pages": "failing" },
  },
  {
    name: "let browsers guess what a file is",
    changes: [{ in: HEADERS, replace: '  "x-content-type-options": "nosniff",\n', by: "" }],
    turns: { "api/http.header.nosniff": "warning" },
  },
  {
    name: "let any site put our pages into a frame",
    changes: [
      { in: HEADERS, replace: `  "frame-ancestors 'none'",\n`, by: "" },
      { in: HEADERS, replace: '  "x-frame-options": "DENY",\n', by: "" },
    ],
    turns: { "api/http.header.csp-frame-ancestors": "failing" },
  },
  {
    name: "send the whole address along to other sites",
    changes: [{ in: HEADERS, replace: '"strict-origin-when-cross-origin"', by: '"unsafe-url"' }],
    turns: { "api/http.header.referrer-policy": "warning" },
  },
  {
    name: "name a way to report holes that ended last year",
    changes: [{ in: "scripts/build.ts", replace: "nowMs + YEAR_MS - 86_400_000", by: "nowMs - YEAR_MS" }],
    turns: { "api/security.txt": "warning" },
  },
  {
    name: "publish the source of the scripts",
    changes: [
      { write: "public/app.js.map", text: '{"version":3,"sources":["app.ts"],"mappings":"AAAA"}\n' },
      {
        in: "public/app.js",
        replace: "  else offerFunds();\n});\n",
        by: "  else offerFunds();\n});\n//# sourceMappingURL=/app.js.map\n",
      },
      { in: FILES, replace: '".txt":', by: '".map": "application/json",\n  ".txt":' },
    ],
    turns: { "api/probe.exposed-files": "warning" },
  },
  {
    name: "run a stranger's script",
    changes: [
      {
        in: "public/index.html",
        replace: "</head>",
        by: '<script src="https://cdn.example.net/widget.js"></script>\n</head>',
      },
    ],
    turns: { "api/http.sri.third-party": "warning" },
  },
  {
    name: "send the sign-in back to where it begins",
    changes: [
      {
        in: "src/accounts/routes.ts",
        replace: "return redirect(location, {",
        by: 'return redirect(location && "/sign-in", {',
      },
    ],
    turns: { "api/http.redirect.loop-free": "failing" },
  },
];
