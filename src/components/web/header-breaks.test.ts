import type { IncomingMessage } from "node:http";
import { describe } from "vitest";
import { type Answer, isHtmlAnswer, setHeader, without } from "../../../test/fixtures/web-app.ts";
import { type Break, testBreaks } from "../../../test/fixtures/web-breaks.ts";

type Edit = (answer: Answer, request: IncomingMessage) => void;

const everywhere = (name: string, value: string | undefined): Edit => {
  return (answer) => (value === undefined ? without(answer, name) : setHeader(answer, name, value));
};
const onPages = (name: string, value: string | undefined): Edit => {
  return (answer) => {
    if (!isHtmlAnswer(answer)) return;
    if (value === undefined) without(answer, name);
    else setHeader(answer, name, value);
  };
};
const SAFE = "default-src 'self'; script-src 'self'; object-src 'none'";

const TRANSPORT: readonly Break[] = [
  {
    id: "http.header.hsts",
    by: "no header",
    changes: { edit: everywhere("Strict-Transport-Security", undefined) },
    says: "no HSTS header",
  },
  {
    id: "http.header.hsts",
    by: "a month",
    changes: { edit: everywhere("Strict-Transport-Security", "max-age=2592000") },
    says: "HSTS lasts less than six months",
  },
  {
    id: "http.header.hsts",
    by: "180 days",
    changes: { edit: everywhere("Strict-Transport-Security", "max-age=15552000") },
    status: "warn",
    says: "HSTS lasts a few days less than six months",
  },
  {
    id: "http.header.hsts",
    by: "zero",
    changes: { edit: everywhere("Strict-Transport-Security", "max-age=0") },
    says: "the HSTS header switches HSTS off",
  },
  {
    id: "http.header.hsts",
    by: "no max-age",
    changes: { edit: everywhere("Strict-Transport-Security", "includeSubDomains") },
    says: "the HSTS header cannot be read",
  },
  {
    id: "http.header.hsts-preload-ready",
    by: "a header that does not ask for it",
    options: { hsts: { preload: true } },
    says: "not ready for preload: preload missing",
  },
  {
    id: "http.mixed-content",
    by: "an image over plain HTTP",
    changes: {
      edit: (answer, { url }) => {
        if (url === "/about") answer.body = `${answer.body}<img src="http://img.example/a.png">`;
      },
    },
    says: "1 resource loads over plain HTTP",
    findings: ["http://img.example/a.png"],
  },
  {
    id: "http.redirect.to-https",
    by: "a plain door that serves",
    changes: { plain: () => ({ status: 200 }) },
    says: "plain HTTP is answered instead of redirected",
  },
  {
    id: "http.redirect.to-https",
    by: "another host first",
    changes: { plain: () => ({ status: 301, location: "https://www.app.example/" }) },
    says: "the first redirect leaves the host before HTTPS is reached",
  },
  {
    id: "http.redirect.to-https",
    by: "a temporary redirect",
    changes: { plain: (path, to) => ({ status: 302, location: `${to}${path}` }) },
    status: "warn",
    says: "the redirect to HTTPS is temporary (302)",
  },
  {
    id: "http.redirect.loop-free",
    by: "a slash that is added and taken away",
    changes: {
      answers: {
        "/about/": { status: 301, headers: [["Location", "/round"]] },
        "/round": { status: 301, headers: [["Location", "/about/"]] },
      },
    },
    says: "a page redirects in a circle",
    findings: ["/about/"],
  },
];

const POLICY: readonly Break[] = [
  {
    id: "http.header.csp-present",
    by: "no policy",
    changes: { edit: onPages("Content-Security-Policy", undefined) },
    says: "pages without a content security policy",
    findings: ["/", "/about"],
    also: ["http.header.csp-no-unsafe", "http.header.csp-frame-ancestors"],
  },
  {
    id: "http.header.csp-present",
    by: "a policy that only reports",
    changes: {
      edit: (answer) => {
        if (!isHtmlAnswer(answer)) return;
        without(answer, "Content-Security-Policy");
        setHeader(answer, "Content-Security-Policy-Report-Only", SAFE);
        setHeader(answer, "X-Frame-Options", "DENY");
      },
    },
    says: "the policy is only reported, not enforced",
    also: ["http.header.csp-no-unsafe"],
  },
  {
    id: "http.header.csp-present",
    by: "a missing semicolon",
    changes: {
      edit: onPages(
        "Content-Security-Policy",
        "frame-ancestors 'none'; default-src 'self' script-src 'self'",
      ),
    },
    says: "the policy does not say what was meant",
  },
  {
    id: "http.header.csp-no-unsafe",
    by: "unsafe-inline",
    changes: {
      edit: onPages(
        "Content-Security-Policy",
        `${SAFE.replace("script-src", "script-src 'unsafe-inline'")}; frame-ancestors 'none'`,
      ),
    },
    says: "the policy lets injected scripts run",
    findings: ["script-src 'unsafe-inline'"],
  },
  {
    id: "http.header.csp-frame-ancestors",
    by: "neither header",
    changes: { edit: onPages("Content-Security-Policy", SAFE) },
    says: "pages can be framed by any site",
  },
  {
    id: "http.header.csp-frame-ancestors",
    by: "every site named",
    changes: { edit: onPages("Content-Security-Policy", `${SAFE}; frame-ancestors *`) },
    says: "frame-ancestors allows every site",
  },
  {
    id: "http.header.csp-frame-ancestors",
    by: "ALLOW-FROM",
    changes: {
      edit: (answer) => {
        if (!isHtmlAnswer(answer)) return;
        setHeader(answer, "Content-Security-Policy", SAFE);
        setHeader(answer, "X-Frame-Options", "ALLOW-FROM https://a.example");
      },
    },
    says: "browsers ignore ALLOW-FROM: pages can be framed by any site",
  },
  {
    id: "http.sri.third-party",
    by: "a script without a hash",
    changes: {
      edit: (answer) => {
        answer.body = String(answer.body).replace(/ integrity="[^"]*"/, "");
      },
    },
    says: "1 third-party script has no integrity hash",
    findings: ["https://scripts.other.example/v1.js"],
  },
];

const PLAIN: readonly Break[] = [
  {
    id: "http.header.nosniff",
    by: "no header on assets",
    changes: {
      edit: (answer, { url }) => {
        if (url?.endsWith(".css")) without(answer, "X-Content-Type-Options");
      },
    },
    says: "answers without nosniff",
    findings: ["/assets/app.9b8c7d6e.css"],
    also: ["http.header.consistent"],
  },
  {
    id: "http.header.nosniff",
    by: "a misspelt value",
    changes: { edit: everywhere("X-Content-Type-Options", "no-sniff") },
    says: "X-Content-Type-Options is misspelt",
  },
  {
    id: "http.header.referrer-policy",
    by: "a leaky policy",
    changes: { edit: onPages("Referrer-Policy", "unsafe-url") },
    says: "referrer policy unsafe-url gives addresses away",
  },
  {
    id: "http.header.referrer-policy",
    by: "no policy",
    changes: { edit: onPages("Referrer-Policy", undefined) },
    says: "no referrer policy: what is sent depends on the browser",
  },
  {
    id: "http.header.permissions-policy",
    by: "the syntax of Feature-Policy",
    changes: { edit: onPages("Permissions-Policy", "camera 'none'; geolocation 'self'") },
    says: "the permissions policy cannot be read: browsers drop it whole",
  },
  {
    id: "http.header.permissions-policy",
    by: "a star for every feature",
    changes: { edit: onPages("Permissions-Policy", "camera=*, geolocation=(self *)") },
    says: "the permissions policy restricts nothing",
  },
  {
    id: "http.header.coop-coep-corp",
    by: "what browsers do anyway",
    changes: { edit: onPages("Cross-Origin-Opener-Policy", "unsafe-none") },
    status: "warn",
    says: "the headers ask for no isolation",
  },
  {
    id: "http.header.coop-coep-corp",
    by: "a value nobody knows",
    changes: { edit: onPages("Cross-Origin-Opener-Policy", "same-site") },
    says: "Cross-Origin-Opener-Policy has a value no browser knows",
  },
  {
    id: "http.header.no-version-leak",
    by: "X-Powered-By",
    changes: { edit: everywhere("X-Powered-By", "Express") },
    says: "headers name the software behind the app",
    findings: ["x-powered-by"],
  },
  {
    id: "http.header.consistent",
    by: "a bare 404 page and a bare redirect",
    changes: {
      edit: (answer) => {
        if (answer.status === 404) without(answer, "Content-Security-Policy");
        if (answer.status === 301) without(answer, "Strict-Transport-Security");
      },
    },
    says: "3 kinds of answer lack headers that / carries",
    findings: [
      "the redirect /old: Strict-Transport-Security",
      "the 404 page: Content-Security-Policy",
      "the answer to a malformed path: Content-Security-Policy",
    ],
  },
  {
    id: "http.header.content-type-charset",
    by: "data labelled as a page",
    changes: { answers: { "/api/items": { headers: [["Content-Type", "text/html; charset=utf-8"]] } } },
    says: "data that is not labelled as JSON",
    findings: ["/api/items"],
    also: ["http.header.consistent"],
  },
  {
    id: "http.header.content-type-charset",
    by: "no character set",
    changes: { edit: onPages("Content-Type", "text/html") },
    says: "pages that do not say their character set",
  },
  {
    id: "http.header.no-duplicate",
    by: "a proxy and an app that both send HSTS",
    changes: { edit: (answer) => void answer.headers.push(["Strict-Transport-Security", "max-age=0"]) },
    says: "strict-transport-security sent more than once",
  },
];

describe("transport", () => testBreaks(TRANSPORT));
describe("policies of pages", () => testBreaks(POLICY));
describe("other headers", () => testBreaks(PLAIN));
