import { defineCheck } from "../../model/check.ts";
import { fail, notApplicable, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { listed, mainPage, sendHeaders } from "./advice.ts";
import { parsePolicies } from "./csp.ts";
import { charset, hasHeader, headerValues, mediaType } from "./headers.ts";
import { metaEquivalents } from "./html.ts";
import { isHtml, type Page, tagsIn } from "./page.ts";
import { httpPages } from "./pages.ts";

interface Guard {
  readonly header: string;
  /** Only answers with a document in them need it. */
  readonly htmlOnly: boolean;
}
const GUARDS: readonly Guard[] = [
  { header: "Strict-Transport-Security", htmlOnly: false },
  { header: "X-Content-Type-Options", htmlOnly: false },
  { header: "Content-Security-Policy", htmlOnly: true },
  { header: "X-Frame-Options", htmlOnly: true },
  { header: "Referrer-Policy", htmlOnly: true },
];

export const consistentHeaders = defineCheck({
  id: "http.header.consistent",
  title: "Error pages, redirects, data and assets carry the same security headers as pages",
  consequence: "An attacker uses the one kind of answer that is unguarded, most often the error page.",
  severity: "warning",
  phase: "staging",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    security headers on all responses | security headers on error pages | headers on 404 and 500
    security headers | headers set | headers always on errors
    API and static files have the same security headers | error responses have security headers
    security headers on redirects | security headers on API and assets | same headers on every response
    404 responses carry security headers | security headers in all responses including errors
    headers also on 4xx and 5xx | security headers not missing on static files
    security headers on every path | static assets carry the security headers | security headers on assets
    security headers on static files | redirects carry security headers
  `),
  needs: { pages: httpPages },
  run: ({ pages }, subject) => {
    const main = mainPage(pages);
    const inUse = GUARDS.filter(({ header }) => main && hasHeader(main.headers, header));
    if (!main || inUse.length === 0) return notApplicable("the main page carries none of these headers");
    const others = pages.list.filter((page) => page !== main);
    const missing = inUse.flatMap(({ header, htmlOnly }) =>
      others
        .filter((page) => (!htmlOnly || isHtml(page)) && !hasHeader(page.headers, header))
        .map((page) => ({ header, page })),
    );
    const kinds = new Set(others.map((page) => page.kind));
    if (missing.length === 0) return pass(`the same headers on ${[...kinds].join(", ")} answers`);
    const rows = Map.groupBy(missing, ({ page }) => page.label);
    const lacking = [...new Set(missing.map(({ header }) => header))];
    return fail(
      `${rows.size === 1 ? "1 kind of answer lacks" : `${rows.size} kinds of answer lack`} headers that ${main.label} carries`,
      {
        expected: `${inUse.map(({ header }) => header).join(", ")} on every answer, whatever its status`,
        found: [...rows]
          .map(([label, lacks]) => `${label} lacks ${lacks.map(({ header }) => header).join(", ")}`)
          .join("; "),
        fix: sendHeaders(
          subject,
          lacking.map((header) => [header, headerValues(main.headers, header)[0] ?? ""]),
          "before routing and error handling, so also with errors, redirects, data and assets",
        ),
        findings: missing.map(({ header, page }) => `${page.label}: ${header}`),
        measured: { answersLookedAt: pages.list.length, missing: missing.length },
      },
    );
  },
});

export const contentTypes = defineCheck({
  id: "http.header.content-type-charset",
  title: "Every answer says its type, pages their character set",
  consequence: "Browsers guess: text turns to gibberish, and data is read as a page.",
  severity: "warning",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    Content-Type charset utf-8 | JSON content type | Content-Type headers | UTF-8 charset | Encoding UTF-8
    HTML as text/html charset UTF-8 | response has correct content type
    JSON endpoints return application/json | correct MIME types | MIME types for js and css
    responses carry a content type | Content-Type with encoding UTF-8 | charset utf-8 in config
    wrong MIME type | MIME type of assets | API responses are application/json
    character encoding declared | charset declared | pages declare UTF-8 | UTF-8 declared | charset meta
  `),
  source: "OWASP ZAP 10019; WHATWG MIME Sniffing",
  needs: { pages: httpPages },
  run: ({ pages }, { component }) => {
    const looked = pages.list.filter((page) => page.sizeBytes > 0 && page.status < 300);
    if (looked.length === 0) return notApplicable("no answer with a body was looked at");
    const faults = looked.flatMap((page) => {
      const fault = typeFault(page);
      return fault ? [{ page, ...fault }] : [];
    });
    const first = faults[0];
    if (!first) return pass(quantity(looked.length, "answer says its type", "answers say their type"));
    const same = faults.filter(({ summary }) => summary === first.summary);
    return fail(first.summary, {
      expected: `Content-Type: ${first.expected}`,
      found: same
        .map(({ page }) => `${page.label}: ${headerValues(page.headers, "content-type")[0] ?? "no header"}`)
        .join("; "),
      fix: `let ${component} send Content-Type: ${first.expected} for ${listed(same.map(({ page }) => page.label))}`,
      findings: faults.map(({ page }) => page.label),
    });
  },
});

function typeFault(page: Page): { summary: string; expected: string } | undefined {
  const type = mediaType(page.headers);
  const suited = suitedType(page);
  if (type === undefined) return { summary: "answers without a content type", expected: suited };
  if (isHtml(page) && page.kind !== "asset" && page.kind !== "api") {
    const inMeta =
      tagsIn(page).some(
        (tag) => tag.name === "meta" && /^utf-?8$/i.test(tag.attributes.get("charset") ?? ""),
      ) || metaEquivalents(tagsIn(page), "content-type").some((each) => /charset=utf-8/i.test(each));
    if (charset(page.headers) === undefined && !inMeta)
      return { summary: "pages that do not say their character set", expected: suited };
  }
  if (page.kind === "api" && isJson(page.text) && !/^application\/(.+\+)?json$/.test(type))
    return { summary: "data that is not labelled as JSON", expected: suited };
  const isScript = /\.m?js(\?|$)/.test(page.path);
  if (isScript && !/^(text|application)\/(x-)?javascript$/.test(type))
    return { summary: "scripts with a type browsers refuse", expected: suited };
  if (/\.css(\?|$)/.test(page.path) && type !== "text/css")
    return { summary: "style sheets with a type browsers refuse", expected: suited };
  return undefined;
}

function suitedType(page: Page): string {
  if (/\.m?js(\?|$)/.test(page.path)) return "text/javascript; charset=utf-8";
  if (/\.css(\?|$)/.test(page.path)) return "text/css; charset=utf-8";
  if (page.kind === "api" || isJson(page.text)) return "application/json";
  return "text/html; charset=utf-8";
}

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const SINGLE = [
  "strict-transport-security",
  "content-type",
  "content-length",
  "x-frame-options",
  "x-content-type-options",
  "access-control-allow-origin",
  "access-control-allow-credentials",
  "location",
  "etag",
];

export const noDuplicateHeaders = defineCheck({
  id: "http.header.no-duplicate",
  title: "No header is sent twice with different words",
  consequence:
    "Browsers and proxies pick one of the two, each another, so a protection holds for some users.",
  severity: "warning",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    no duplicate headers | conflicting security headers | no duplicate response headers
    headers not set twice | only one Strict-Transport-Security header | conflicting headers removed
    each header appears once | duplicate headers | repeated headers | headers sent twice
    header appears twice | headers not duplicated | no header repeated by the CDN
    proxy does not repeat headers | headers already set by the app not repeated | header sent once
    no repeated headers
  `),
  source: "RFC 9110 section 5.3",
  needs: { pages: httpPages },
  run: ({ pages }, { component }) => {
    const doubled = pages.list.flatMap((page) => doubledHeaders(page).map((header) => ({ page, ...header })));
    const first = doubled[0];
    if (!first) return pass(`no doubled header on ${quantity(pages.list.length, "answer")}`);
    const names = [...new Set(doubled.map(({ name }) => name))];
    return fail(`${listed(names)} sent more than once`, {
      expected: "one line of each",
      found: `${first.page.label}: ${first.values.map((value) => `${first.name}: ${value}`).join(" and ")}`,
      fix: `${component} and something in front of it (or two middlewares) both send ${listed(names)}: keep one`,
      findings: [...new Set(doubled.map(({ name, page }) => `${page.label}: ${name}`))],
    });
  },
});

function doubledHeaders({ headers }: Page): { name: string; values: string[] }[] {
  const single = SINGLE.flatMap((name) => {
    // A proxy may have joined two lines into one: "DENY, SAMEORIGIN".
    const values = headerValues(headers, name).flatMap((value) =>
      name === "location" || name === "etag" ? [value] : value.split(",").map((each) => each.trim()),
    );
    return values.length > 1 ? [{ name, values }] : [];
  });
  const policies = headerValues(headers, "content-security-policy");
  const clashing = policies.filter((policy) => {
    const own = parsePolicies([policy])[0]?.directives;
    return policies.some(
      (other) =>
        other !== policy &&
        [...(parsePolicies([other])[0]?.directives.keys() ?? [])].some((key) => own?.has(key)),
    );
  });
  return clashing.length > 0 ? [...single, { name: "content-security-policy", values: policies }] : single;
}
