import { defineCheck } from "../../model/check.ts";
import { fail, notApplicable, pass, warn } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { listed, mainPage, sendHeader } from "./advice.ts";
import { headerValue, headerValues } from "./headers.ts";
import { metaNamed } from "./html.ts";
import { tagsIn } from "./page.ts";
import { htmlPages, httpPages } from "./pages.ts";

export const nosniff = defineCheck({
  id: "http.header.nosniff",
  title: "Browsers take every answer for the type it says",
  consequence: "An uploaded file or a data answer can be run as a script or shown as a page.",
  severity: "warning",
  phase: "staging",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    X-Content-Type-Options | nosniff header | security headers configured | headers set
    X-Content-Type-Options nosniff | MIME sniffing disabled | security headers | review security headers
    secure headers set | SECURE_CONTENT_TYPE_NOSNIFF | content type nosniff
    browsers do not guess content types | prevent content type guessing
    X-Content-Type-Options in the ingress | content sniffing off | contentTypeOptions
    security headers tested | security headers implemented and tested | MIME sniffing prevented
    nosniff for assets
  `),
  source: "WHATWG Fetch, nosniff; MDN HTTP Observatory",
  needs: { pages: httpPages },
  run: ({ pages }, subject) => {
    const faults = pages.list
      .filter((page) => ["page", "api", "asset"].includes(page.kind))
      .map((page) => ({ page, value: headerValues(page.headers, "x-content-type-options")[0] }))
      .filter(({ value }) => value?.toLowerCase() !== "nosniff");
    if (faults.length === 0) return pass("nosniff on every answer looked at");
    const wrong = faults.filter(({ value }) => value !== undefined);
    const told = wrong.length > 0 ? wrong : faults;
    const where = told.map(({ page }) => page.label);
    return fail(wrong.length > 0 ? "X-Content-Type-Options is misspelt" : "answers without nosniff", {
      expected: "X-Content-Type-Options: nosniff",
      found: `${wrong[0] ? `"${wrong[0].value}"` : "no such header"} on ${listed(where)}`,
      fix: sendHeader(subject, "X-Content-Type-Options", "nosniff", "with every answer"),
      findings: where,
    });
  },
});

const PRIVATE: ReadonlySet<string> = new Set([
  "no-referrer",
  "same-origin",
  "strict-origin",
  "strict-origin-when-cross-origin",
]);
const LEAKY: ReadonlySet<string> = new Set([
  "origin",
  "origin-when-cross-origin",
  "unsafe-url",
  "no-referrer-when-downgrade",
]);

export const referrerPolicy = defineCheck({
  id: "http.header.referrer-policy",
  title: "Pages do not tell other sites their full address",
  consequence: "Paths and tokens in addresses leak to every site that is linked or embedded.",
  severity: "warning",
  phase: "staging",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    Referrer-Policy header | referrer policy | security headers configured | headers set
    referrer policy set | security headers | review security headers | secure headers set
    Referrer-Policy: strict-origin-when-cross-origin | SECURE_REFERRER_POLICY
    Referrer header does not leak URLs | full address not passed in Referer
    referrer not leaked to other sites | Referer header trimmed
    referrer information limited | security headers tested
    security headers implemented and tested | paths not leaked by the Referer header
  `),
  source: "W3C Referrer Policy; MDN HTTP Observatory",
  needs: { pages: httpPages },
  run: ({ pages }, subject) => {
    const looked = htmlPages(pages);
    if (looked.length === 0) return notApplicable("no page looked at is HTML");
    const faults = looked.flatMap((page) => {
      const sent = [
        ...headerValues(page.headers, "referrer-policy"),
        ...metaNamed(tagsIn(page), "referrer"),
      ].join(", ");
      const known = sent
        .toLowerCase()
        .split(",")
        .map((each) => each.trim())
        .findLast((each) => PRIVATE.has(each) || LEAKY.has(each));
      return known !== undefined && PRIVATE.has(known) ? [] : [{ page, sent, known }];
    });
    const worst =
      faults.find(({ known }) => known !== undefined) ?? faults.find(({ sent }) => sent) ?? faults[0];
    if (!worst) return pass(`a private referrer policy on ${looked.length} HTML pages`);
    const summary =
      worst.known !== undefined
        ? `referrer policy ${worst.known} gives addresses away`
        : worst.sent
          ? "the referrer policy is not one browsers know"
          : "no referrer policy: what is sent depends on the browser";
    const where = faults.map(({ page }) => page.label);
    return fail(summary, {
      expected: [...PRIVATE].join(", "),
      found: `${worst.sent || "no such header"} on ${listed(where)}`,
      fix: sendHeader(subject, "Referrer-Policy", "strict-origin-when-cross-origin", "with every HTML page"),
      findings: where,
    });
  },
});

const PERMISSION =
  /^[a-z*][a-z0-9_.*-]*\s*=\s*(\*|self|\(\s*((self|src|\*|"[a-z][a-z0-9+.-]*:\/\/[^"\s]+")\s*)*\))\s*(;.*)?$/i;

/** "camera=*" leaves the camera to every page that is embedded. */
const OPEN_TO_ALL = /=\s*(?:\*|\([^)]*(?<![^\s(])\*(?![^\s)])[^)]*\))/;

export const permissionsPolicy = defineCheck({
  id: "http.header.permissions-policy",
  title: "Pages give up the browser features they do not use",
  consequence: "An injected script or an embedded page can ask for camera, microphone or location.",
  severity: "info",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    Permissions-Policy header | Feature-Policy header | permissions policy set
    Feature-Policy replaced by Permissions-Policy | Permissions-Policy | browser APIs limited
    limit browser APIs
    Permissions-Policy disables camera and microphone
    camera, microphone and geolocation off by Permissions-Policy
    Permissions-Policy limits browser features
  `),
  source: "W3C Permissions Policy; RFC 9651",
  needs: { pages: httpPages },
  run: ({ pages }, subject) => {
    const page = htmlPages(pages)[0];
    if (!page) return notApplicable("no page looked at is HTML");
    const value = headerValue(page.headers, "permissions-policy");
    const expected = "a list such as camera=(), geolocation=(self)";
    const fix = sendHeader(subject, "Permissions-Policy", "camera=(), microphone=(), geolocation=()");
    if (value === undefined) {
      const old = headerValue(page.headers, "feature-policy");
      return old === undefined
        ? fail("no permissions policy", { expected, found: `no such header on ${page.label}`, fix })
        : fail("browsers no longer read Feature-Policy", {
            expected,
            found: `Feature-Policy: ${old}`,
            fix,
          });
    }
    const broken = members(value).filter((each) => !PERMISSION.test(each));
    if (broken.length === 0) {
      const restricted = members(value).filter((each) => !OPEN_TO_ALL.test(each)).length;
      if (restricted > 0)
        return pass(`${quantity(restricted, "browser feature is", "browser features are")} restricted`);
      return fail("the permissions policy restricts nothing", {
        expected,
        found: value || "an empty header",
        fix,
      });
    }
    return fail("the permissions policy cannot be read: browsers drop it whole", {
      expected,
      found: listed(broken),
      fix,
      findings: broken,
    });
  },
});

/** Members of a structured dictionary; commas inside parentheses or quotes do not part them. */
function members(value: string): string[] {
  return (value.match(/(?:\([^)]*\)|"[^"]*"|[^,])+/g) ?? []).map((each) => each.trim()).filter(Boolean);
}

/** What browsers do anyway, or would do without the header. */
const NO_ISOLATION = new Set(["unsafe-none", "cross-origin"]);

const ISOLATION: Readonly<Record<string, readonly string[]>> = {
  "Cross-Origin-Opener-Policy": [
    "same-origin",
    "same-origin-allow-popups",
    "noopener-allow-popups",
    "unsafe-none",
  ],
  "Cross-Origin-Embedder-Policy": ["require-corp", "credentialless", "unsafe-none"],
  "Cross-Origin-Resource-Policy": ["same-origin", "same-site", "cross-origin"],
};

export const crossOriginIsolation = defineCheck({
  id: "http.header.coop-coep-corp",
  title: "Cross-origin isolation headers say something browsers understand",
  consequence: "A misspelt value is dropped silently and the isolation it promised is not there.",
  severity: "info",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    Cross-Origin-Opener-Policy | COOP COEP CORP | COOP | COEP | CORP
    Cross-Origin-Resource-Policy | Cross-Origin-Embedder-Policy | SECURE_CROSS_ORIGIN_OPENER_POLICY
    COOP and COEP headers
  `),
  source: "WHATWG HTML; WHATWG Fetch",
  needs: { pages: httpPages },
  run: ({ pages }, subject) => {
    const page = mainPage(pages);
    const sent = Object.keys(ISOLATION).flatMap((name) => {
      const value = page && headerValue(page.headers, name);
      return value === undefined ? [] : [{ name, value, word: value.split(";")[0]?.trim() ?? "" }];
    });
    if (sent.length === 0) return notApplicable("none of the three headers is sent");
    const wrong = sent.filter(({ name, word }) => !ISOLATION[name]?.includes(word));
    const first = wrong[0];
    const found = sent.map(({ name, word }) => `${name}: ${word}`).join(", ");
    if (!first && sent.every(({ word }) => NO_ISOLATION.has(word)))
      return warn("the headers ask for no isolation", {
        expected: "same-origin, or another value that keeps other sites out",
        found,
        fix: sendHeader(subject, "Cross-Origin-Opener-Policy", "same-origin"),
      });
    if (!first) return pass(found);
    return fail(`${first.name} has a value no browser knows`, {
      expected: ISOLATION[first.name]?.join(", ") ?? "",
      found: wrong.map(({ name, value }) => `${name}: ${value}`).join(", "),
      fix: sendHeader(subject, first.name, ISOLATION[first.name]?.[0] ?? "same-origin"),
      findings: wrong.map(({ name }) => name),
    });
  },
});

const TELLTALE = ["x-powered-by", "x-aspnet-version", "x-aspnetmvc-version", "x-generator", "x-drupal-cache"];

export const noVersionLeak = defineCheck({
  id: "http.header.no-version-leak",
  title: "Answers do not name the software and its version",
  consequence: "Scanners pick the exploit that fits before they send a single probe.",
  severity: "warning",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    remove X-Powered-By | hide server version | server header does not leak version | server tokens off
    X-Powered-By header removed | version information hidden | server version hidden | X-Powered-By removed
    X-Powered-By header disabled | X-Powered-By: PHP header removed
    X-Powered-By header is gone | server version not shown | expose_php off
    nginx version hidden | server_tokens off | no software versions in headers | hide nginx version
    disable X-Powered-By | poweredByHeader: false | X-AspNet-Version | hide framework banners
    X-AspNetMvc-Version removed | server version not exposed in headers | software version hidden
    ServerTokens Prod | no version numbers in response headers | version info removed from response headers
    nginx version not visible | server signature header off
    nginx server tokens disabled | no server version disclosure | server version disclosure prevented
    strip X-Powered-By | PHP version not visible | nginx version not in responses | X-Powered-By suppressed
    version header suppressed
  `),
  source: "OWASP ZAP 10036, 10037; RFC 9110 section 10.2.4",
  needs: { pages: httpPages },
  run: ({ pages }, { component }) => {
    const leaks = new Map<string, string>();
    for (const { headers } of pages.list) {
      for (const [name, value] of headers) {
        const key = name.toLowerCase();
        const isLeak = TELLTALE.includes(key) || (key === "server" && /\d/.test(value));
        if (isLeak) leaks.set(name, value);
      }
    }
    if (leaks.size === 0) return pass("no header names a version");
    const lines = [...leaks].map(([name, value]) => `${name}: ${value}`);
    const gone = [...leaks.keys()].map((name) =>
      name.toLowerCase() === "server" ? `send Server without its version` : `stop sending ${name}`,
    );
    return fail("headers name the software behind the app", {
      expected: "no X-Powered-By, no version in Server",
      found: lines.join(", "),
      fix: `let ${component} ${gone.join(" and ")}`,
      findings: [...leaks.keys()].map((name) => name.toLowerCase()),
    });
  },
});
