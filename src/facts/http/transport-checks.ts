import { defineCheck } from "../../model/check.ts";
import { fail, notApplicable, pass, undeclared, warn } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { listed, mainPage, sendHeader } from "./advice.ts";
import { directives, headerValues } from "./headers.ts";
import { resourcesOf } from "./html.ts";
import { tagsIn } from "./page.ts";
import { htmlPages, httpPages, resolveUrl } from "./pages.ts";

const SIX_MONTHS_S = 15_768_000;
/** 180 days, which many frameworks send for "six months". */
const HALF_A_YEAR_ROUNDED_S = 15_552_000;
const YEAR_S = 31_536_000;
const ADVISED = `max-age=${YEAR_S}; includeSubDomains`;

export const hsts = defineCheck({
  id: "http.header.hsts",
  title: "Browsers are told to use HTTPS only, for six months or longer",
  consequence: "The first request of every visit can be read and changed on a hostile network.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    HSTS | Strict-Transport-Security header | HTTPS enforced by HSTS | security headers configured
    headers set | HSTS enabled | HSTS configured | HSTS header | HSTS headers set | SECURE_HSTS_SECONDS set
    enable HSTS | security headers | review security headers | secure headers set | SECURE_HSTS_SECONDS
    HSTS max-age | Helmet middleware | Helmet with sensible defaults | Spring Security headers
    default security headers active | Helmet configured in Express | SecurityMiddleware in Django | UseHsts
    UseHsts configured | server sends Strict-Transport-Security | add_header Strict-Transport-Security
    Strict-Transport-Security for 6 months | HSTS sent | HSTS long enough | HSTS max-age of six months
    security headers (HSTS, CSP, X-Frame-Options) | security headers (CSP, HSTS) | security headers tested
    security headers implemented and tested | security headers in vercel.json
    missing security headers fixed | HSTS at least half a year | HSTS active | long HSTS
  `),
  source: "RFC 6797; MDN HTTP Observatory",
  figures: {
    "max-age": { measured: "maxAgeSeconds", keeps: "no less", in: "seconds" },
    hsts: { quality: "reach", keeps: "no worse", order: ["this name", "includesubdomains", "preload"] },
  },
  needs: { pages: httpPages },
  run: ({ pages }, subject) => {
    if (!pages.address.https) return notApplicable(`${pages.address.origin} is not HTTPS`);
    const values = headerValues(mainPage(pages)?.headers ?? [], "strict-transport-security");
    const fix = sendHeader(subject, "Strict-Transport-Security", ADVISED, "with every HTTPS answer");
    const expected = `Strict-Transport-Security: max-age of ${SIX_MONTHS_S} or more`;
    const first = values[0];
    if (first === undefined) return fail("no HSTS header", { expected, found: "no such header", fix });
    const said = directives(first, ";");
    const age = said.get("max-age");
    if (age === undefined || !/^\d+$/.test(age) || first.includes(","))
      return fail("the HSTS header cannot be read", { expected, found: first, fix });
    const seconds = Number(age);
    const measured = { maxAgeSeconds: seconds, reach: reachOf(said) };
    if (seconds === 0)
      return fail("the HSTS header switches HSTS off", { expected, found: first, fix, measured });
    const trouble = { expected, found: first, fix, measured };
    if (seconds < HALF_A_YEAR_ROUNDED_S) return fail("HSTS lasts less than six months", trouble);
    if (seconds < SIX_MONTHS_S) return warn("HSTS lasts a few days less than six months", trouble);
    return pass(`HSTS for ${quantity(Math.floor(seconds / 86_400), "day")}`, measured);
  },
});

/** Preload lists take nothing that leaves out the names below. */
function reachOf(said: ReadonlyMap<string, unknown>): string {
  if (!said.has("includesubdomains")) return "this name";
  return said.has("preload") ? "preload" : "includesubdomains";
}

export const hstsPreloadReady = defineCheck({
  id: "http.header.hsts-preload-ready",
  title: "The HSTS header meets the rules of browsers' preload lists",
  consequence: "The host is refused by the preload list, or dropped from it.",
  severity: "info",
  phase: "production",
  freshFor: "7d",
  every: "1d",
  asks: ways(`
    HSTS preload | HSTS includeSubDomains preload | preload directive
    HSTS includeSubDomains | Strict-Transport-Security with includeSubDomains and preload
    SECURE_HSTS_PRELOAD | SECURE_HSTS_PRELOAD and SECURE_HSTS_INCLUDE_SUBDOMAINS
    HSTS covers subdomains and preload | HSTS with preload | eligible for HSTS preload
    includeSubDomains and preload set | Strict-Transport-Security preload
    Strict-Transport-Security max-age includeSubDomains preload
  `),
  source: "https://hstspreload.org",
  needs: { pages: httpPages },
  run: ({ pages }, subject) => {
    if (!subject.options.hsts.preload) return undeclared("hsts.preload is not declared");
    if (!pages.address.https) return notApplicable(`${pages.address.origin} is not HTTPS`);
    const found = headerValues(mainPage(pages)?.headers ?? [], "strict-transport-security")[0] ?? "no header";
    const parts = directives(found, ";");
    const missing = [
      ...(Number(parts.get("max-age")) >= YEAR_S ? [] : [`max-age=${YEAR_S}`]),
      ...(parts.has("includesubdomains") ? [] : ["includeSubDomains"]),
      ...(parts.has("preload") ? [] : ["preload"]),
    ];
    if (missing.length === 0) return pass("max-age of a year, includeSubDomains, preload");
    return fail(`not ready for preload: ${missing.join(", ")} missing`, {
      expected: `${ADVISED}; preload`,
      found,
      fix: sendHeader(subject, "Strict-Transport-Security", `${ADVISED}; preload`, "with every HTTPS answer"),
    });
  },
});

export const mixedContent = defineCheck({
  id: "http.mixed-content",
  title: "HTTPS pages load nothing over plain HTTP",
  consequence: "Browsers block the resource, or an attacker on the network replaces it.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    no mixed content | all assets over HTTPS | mixed content warnings resolved | no mixed content warnings
    mixed content resolved | no insecure content warnings | all assets loaded over HTTPS
    All resources over HTTPS | mixed content fixed | mixed content warnings fixed | no mixed content errors
    images and scripts loaded over HTTPS | no resources loaded over HTTP
    images, fonts and scripts over HTTPS | no http:// URLs in pages | browser console free of mixed content
    no insecure resources on secure pages | http links to assets removed
    no insecure resources | resources loaded from https URLs | no plain http assets | mixed content
    no active mixed content
    embedded content over HTTPS | no insecure images | no resources fetched via http
    no insecure content errors | console shows no insecure content | insecure content
  `),
  source: "W3C Mixed Content; lighthouse is-on-https",
  needs: { pages: httpPages },
  run: ({ pages }, { component }) => {
    if (!pages.address.https) return notApplicable(`${pages.address.origin} is not HTTPS`);
    const looked = htmlPages(pages);
    if (looked.length === 0) return notApplicable("no page looked at is HTML");
    const plain = looked.flatMap((page) => {
      const urls = resourcesOf(tagsIn(page)).map(({ url }) => resolveUrl(url, page.url));
      const forms = tagsIn(page).flatMap((tag) =>
        tag.name === "form" ? (resolveUrl(tag.attributes.get("action") ?? "", page.url) ?? []) : [],
      );
      return [...urls, ...forms].filter((url) => url?.protocol === "http:").map((url) => `${url}`);
    });
    if (plain.length === 0) return pass(`${looked.length} HTML pages load over HTTPS only`);
    return fail(`${quantity(new Set(plain).size, "resource loads", "resources load")} over plain HTTP`, {
      expected: "https: or relative addresses only",
      found: listed(plain),
      fix: `in the pages of ${component} write https: for ${listed(plain)}`,
      findings: [...new Set(plain)],
    });
  },
});
