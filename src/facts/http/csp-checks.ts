import { defineCheck } from "../../model/check.ts";
import { fail, notApplicable, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { listed, sendHeader } from "./advice.ts";
import { enforcedPolicies, isBroad, type Policy, policyMistakes, scriptWeaknesses } from "./csp.ts";
import { advisedPolicy } from "./csp-advice.ts";
import { hasHeader, headerValue } from "./headers.ts";
import { metaEquivalents, resourcesOf } from "./html.ts";
import { type Page, tagsIn } from "./page.ts";
import { htmlPages, httpPages, type Pages, resolveUrl } from "./pages.ts";

const NO_HTML = "no page looked at is HTML";

interface Guarded {
  readonly page: Page;
  readonly policies: readonly Policy[];
}

function guarded(pages: Pages): Guarded[] {
  return htmlPages(pages).map((page) => ({
    page,
    policies: enforcedPolicies(page.headers, metaEquivalents(tagsIn(page), "content-security-policy")),
  }));
}

const labels = (pages: readonly Guarded[]): string[] => pages.map(({ page }) => page.label);

export const cspPresent = defineCheck({
  id: "http.header.csp-present",
  title: "Every page enforces a content security policy",
  consequence: "Any script an attacker manages to inject runs with the user's session.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    Content Security Policy | CSP header | security headers configured | CSP configured
    headers set | CSP headers
    Content-Security-Policy header set | Content Security Policy configured | CSP enabled | security headers
    review security headers | secure headers set | CSP set | CSP header set | content security policy active
    CSP enforced | CSP directives | Helmet contentSecurityPolicy | laravel-csp
    django-csp | csp middleware | SecureHeaders CSP | content security policy defined
    CSP in the response headers | content security policy sent with every page | CSP not only report-only
    CSP from report-only to enforced | enforce CSP | security headers (HSTS, CSP, X-Frame-Options)
    security headers (CSP, HSTS) | security headers tested
    security headers implemented and tested | security headers in vercel.json
    missing security headers fixed | Content Security Policy tested | security headers returned by all pages
    CSP header on each response | CSP on every HTML page | report-only policy enforced
    report-only CSP turned into enforced | CSP on all pages
    XSS protection headers | headers against XSS | CSP headers configured and tested
  `),
  source: "CSP Level 3; MDN HTTP Observatory",
  needs: { pages: httpPages },
  run: ({ pages }, subject) => {
    const looked = guarded(pages);
    if (looked.length === 0) return notApplicable(NO_HTML);
    const expected = "Content-Security-Policy on every HTML page";
    const fix = sendHeader(
      subject,
      "Content-Security-Policy",
      advisedPolicy(subject),
      "with every HTML page",
    );
    const bare = looked.filter(({ policies }) => policies.length === 0);
    if (bare.length > 0) {
      const reported = bare.filter(({ page }) =>
        hasHeader(page.headers, "content-security-policy-report-only"),
      );
      const trouble = { expected, fix, findings: labels(bare) };
      return reported.length === bare.length
        ? fail("the policy is only reported, not enforced", {
            ...trouble,
            found: `Content-Security-Policy-Report-Only alone on ${listed(labels(bare))}`,
            fix: `rename the header to Content-Security-Policy once its reports are quiet; ${fix}`,
          })
        : fail("pages without a content security policy", {
            ...trouble,
            found: `none on ${listed(labels(bare))}`,
          });
    }
    const mistakes = looked.flatMap(({ page, policies }) =>
      policies.flatMap(policyMistakes).map((mistake) => `${page.label}: ${mistake}`),
    );
    if (mistakes.length === 0) return pass(`a policy is enforced on ${looked.length} HTML pages`);
    return fail("the policy does not say what was meant", {
      expected: "directives and sources a browser understands",
      found: listed(mistakes),
      fix: `correct the Content-Security-Policy of ${subject.component}: ${listed(mistakes)}`,
      findings: [...new Set(mistakes)],
    });
  },
});

export const cspNoUnsafe = defineCheck({
  id: "http.header.csp-no-unsafe",
  title: "The content security policy lets no injected script run",
  consequence: "The policy is there but stops nothing: one injection hole is enough to run a script.",
  severity: "warning",
  phase: "staging",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    CSP without unsafe-inline | no unsafe-eval | strict CSP | strict content security policy
    No unsafe-inline | CSP nonces | nonces for inline scripts | hashes for inline scripts
    inline JavaScript not allowed | script-src without wildcards | script-src without unsafe-inline
    CSP allows no inline scripts | CSP without unsafe-eval | script-src strict
    inline scripts forbidden by CSP | no wildcard in script-src
    inline scripts have nonces | unsafe-inline removed | CSP hardening | CSP tightened | tighten the CSP
    CSP hardened | harden the CSP | CSP for inline scripts | CSP allows only trusted sources
    XSS protection headers | headers against XSS
  `),
  source: "CSP Level 3; csp-evaluator; MDN HTTP Observatory",
  needs: { pages: httpPages },
  run: ({ pages }, { component }) => {
    const looked = guarded(pages);
    if (looked.length === 0) return notApplicable(NO_HTML);
    const withPolicy = looked.filter(({ policies }) => policies.length > 0);
    if (withPolicy.length === 0) return notApplicable("there is no policy: http.header.csp-present tells");
    // Every policy must allow a script before it runs, so one strict policy is enough.
    const weak = withPolicy.flatMap(({ page, policies }) => {
      const each = policies.map(scriptWeaknesses);
      return each.some((found) => found.length === 0) ? [] : (each[0] ?? []).map((what) => ({ page, what }));
    });
    if (weak.length === 0) return pass(`no unsafe source on ${withPolicy.length} HTML pages`);
    const what = [...new Set(weak.map((each) => each.what))];
    return fail("the policy lets injected scripts run", {
      expected: "script-src with 'self', nonces or hashes; object-src 'none'",
      found: `${listed(what)} on ${listed(weak.map(({ page }) => page.label))}`,
      fix: `in the policy of ${component} take out ${listed(what)}; give inline scripts a nonce: script-src 'self' 'nonce-{random per answer}'; object-src 'none'`,
      findings: what,
    });
  },
});

export const frameAncestors = defineCheck({
  id: "http.header.csp-frame-ancestors",
  title: "No foreign page can put these pages into a frame",
  consequence: "A hostile page lays the app invisibly under its own buttons and steals clicks.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    X-Frame-Options | clickjacking protection | frame-ancestors | security headers configured
    X-Frame-Options header | X-Frame-Options DENY | headers set | X-Frame-Options set
    frame options configured | security headers | review security headers | secure headers set
    X-Frame-Options SAMEORIGIN | frame options | X-Frame-Options: DENY | X_FRAME_OPTIONS = DENY
    site cannot be embedded in iframes | page not framed by other sites | framing denied
    frame-ancestors self | site not embeddable in an iframe | cannot be embedded in an iframe
    XFrameOptionsMiddleware | prevent framing | no framing by other domains | pages cannot be framed
    protection against clickjacking | prevent clickjacking | iframe embedding blocked | UI redressing
    frame-ancestors none | frameOptions deny | foreign sites cannot frame the app | xframe options
    security headers (HSTS, CSP, X-Frame-Options) | security headers tested
    security headers implemented and tested | security headers in vercel.json
    missing security headers fixed | security headers returned by all pages
    other sites cannot iframe our pages | cannot iframe | pages not iframed by others
    no iframes of our site elsewhere | login page cannot be framed | framing by third parties forbidden
    framing forbidden
  `),
  source: "CSP Level 3 section 6.4.2; RFC 7034; MDN HTTP Observatory",
  needs: { pages: httpPages },
  run: ({ pages }, subject) => {
    const looked = htmlPages(pages);
    if (looked.length === 0) return notApplicable(NO_HTML);
    const faults = looked.flatMap((page) => {
      const fault = framing(page);
      return fault ? [{ ...fault, page }] : [];
    });
    const worst = faults.find(({ kind }) => kind !== "absent") ?? faults[0];
    if (!worst) return pass(`framing is restricted on ${looked.length} HTML pages`);
    const same = faults.filter(({ kind }) => kind === worst.kind).map(({ page }) => page.label);
    return fail(worst.summary, {
      expected: "frame-ancestors 'none' or 'self', or X-Frame-Options: DENY or SAMEORIGIN",
      found: `${worst.found} on ${listed(same)}`,
      fix: sendHeader(subject, "Content-Security-Policy", "frame-ancestors 'none'", "with every HTML page"),
      findings: same,
    });
  },
});

function framing(page: Page): { kind: string; summary: string; found: string } | undefined {
  const ancestors = enforcedPolicies(page.headers, []).flatMap(({ directives }) => {
    const sources = directives.get("frame-ancestors");
    return sources ? [sources] : [];
  });
  if (ancestors.length > 0) {
    const isStrict = ancestors.some((sources) => !sources.some(isBroad));
    const found = `frame-ancestors ${ancestors[0]?.join(" ")}`;
    return isStrict ? undefined : { kind: "broad", summary: "frame-ancestors allows every site", found };
  }
  const value = headerValue(page.headers, "x-frame-options");
  if (value === undefined)
    return { kind: "absent", summary: "pages can be framed by any site", found: "neither header" };
  const words = new Set(value.split(",").map((each) => each.trim().toLowerCase()));
  if (words.size === 1 && (words.has("deny") || words.has("sameorigin"))) return undefined;
  const summary = /^allow-from/i.test(value)
    ? "browsers ignore ALLOW-FROM: pages can be framed by any site"
    : "the X-Frame-Options header cannot be read";
  return { kind: "wrong", summary, found: `X-Frame-Options: ${value}` };
}

export const thirdPartyIntegrity = defineCheck({
  id: "http.sri.third-party",
  title: "Scripts from other sites are pinned by an integrity hash",
  consequence: "Whoever controls that other server can run any script in the app's pages.",
  severity: "warning",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    subresource integrity | SRI on third-party scripts | external scripts have integrity
    Integrity hashes on scripts | SRI for CDN scripts | Third-party scripts with integrity
    integrity attribute on script tags | integrity attribute | SRI hashes
    third-party scripts pinned with sha384 | script tags from other domains have integrity
    integrity and crossorigin attributes | external JavaScript protected by SRI | CDN scripts with integrity
    SRI for external scripts | SRI used for CDN scripts | hash of external scripts checked by the browser
    external scripts pinned by hash | external scripts protected by SRI | external JS has SRI
  `),
  source: "W3C Subresource Integrity; MDN HTTP Observatory",
  needs: { pages: httpPages },
  run: ({ pages }, { component, options }) => {
    const looked = htmlPages(pages);
    if (looked.length === 0) return notApplicable(NO_HTML);
    const foreign = looked.flatMap((page) =>
      resourcesOf(tagsIn(page))
        .filter(({ element }) => element === "script")
        .map((script) => ({ ...script, at: resolveUrl(script.url, page.url) }))
        .filter(({ at }) => at && /^https?:$/.test(at.protocol) && !isOwnHost(at.hostname, pages)),
    );
    if (foreign.length === 0) return notApplicable("no script comes from another site");
    const isDynamic = (url: string): boolean => options.dynamicScripts.some((each) => url.startsWith(each));
    const loose = foreign.filter(({ integrity, at }) => !integrity && !isDynamic(`${at}`));
    const urls = [...new Set(loose.map(({ at }) => `${at}`))];
    if (urls.length === 0)
      return pass(
        `${quantity(foreign.length, "third-party script is", "third-party scripts are")} pinned or declared dynamic`,
      );
    const insecure = urls.filter((url) => url.startsWith("http:"));
    return fail(
      insecure.length > 0
        ? "scripts come from another site unpinned and over plain HTTP"
        : `${quantity(urls.length, "third-party script has", "third-party scripts have")} no integrity hash`,
      {
        expected: "integrity and crossorigin attributes",
        found: listed(urls),
        fix: `<script src="${urls[0]}" integrity="sha384-..." crossorigin="anonymous">, or declare it in dynamicScripts of ${component} when it changes in place`,
        findings: urls,
      },
    );
  },
});

/** The host itself and names below it are run by the same people. */
function isOwnHost(hostname: string, { address }: Pages): boolean {
  const own = address.hostname.replace(/^www\./, "");
  return hostname === address.hostname || hostname === own || hostname.endsWith(`.${own}`);
}
