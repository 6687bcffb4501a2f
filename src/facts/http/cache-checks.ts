import { defineCheck } from "../../model/check.ts";
import { formatDuration } from "../../model/duration.ts";
import { fail, notApplicable, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { formatSize } from "../../model/size.ts";
import { ways } from "../../model/ways.ts";
import { listed, sendHeader } from "./advice.ts";
import { httpCompression } from "./compression.ts";
import { cookiesOf, isSessionCookie } from "./cookies.ts";
import { cacheControl, hasHeader, headerValue } from "./headers.ts";
import { hasHashedName, type Page } from "./page.ts";
import { htmlPages, httpPages } from "./pages.ts";

export const compressionEnabled = defineCheck({
  id: "http.compression.enabled",
  title: "Text goes out compressed",
  consequence: "Pages take three to five times as long on slow networks, and traffic costs as much more.",
  severity: "warning",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    gzip enabled | compression enabled | response compression | compression middleware
    text compression | gzip compression | gzip or brotli compression enabled | gzip/brotli
    enable compression | assets compressed | text compression enabled | response compression configured
    compression middleware enabled | gzip on | Brotli or gzip | gzip active | responses compressed
    gzip compression active | text compressed | UseResponseCompression | GZipMiddleware
    nginx gzip for text | server.compression.enabled | server.compression.enabled=true | gzip_types
    Content-Encoding gzip | Rack::Deflater | mod_deflate
    compression of JSON and HTML | HTML, CSS and JS are gzipped | responses gzipped
    compression at the CDN | gzip at the proxy
  `),
  source: "RFC 9110 section 8.4",
  needs: { texts: httpCompression },
  run: ({ texts }, { component }) => {
    if (texts.length === 0) return notApplicable("no text of more than 1 KB was looked at");
    const measured = {
      answers: texts.length,
      plainBytes: texts.reduce((sum, each) => sum + each.plainBytes, 0),
      sentBytes: texts.reduce((sum, each) => sum + each.sentBytes, 0),
    };
    const isEncoded = (encoding: string | undefined): boolean =>
      /\b(gzip|br|zstd|deflate)\b/.test(encoding ?? "");
    const plain = texts.filter(({ encoding }) => !isEncoded(encoding));
    if (plain.length > 0)
      return fail(`${plain.length} of ${texts.length} texts go out uncompressed`, {
        expected: "Content-Encoding: gzip, br or zstd for clients that accept it",
        found: listed(plain.map(({ label, plainBytes }) => `${label} (${formatSize(plainBytes)})`)),
        fix: `switch compression of text, JSON, scripts and style sheets on in ${component} or in the proxy before it`,
        findings: plain.map(({ label }) => label),
        measured,
      });
    const unvaried = texts.filter(({ vary }) => !/accept-encoding|\*/i.test(vary ?? ""));
    if (unvaried.length === 0)
      return pass(
        `${formatSize(measured.plainBytes)} of text goes out as ${formatSize(measured.sentBytes)}`,
        measured,
      );
    return fail("compressed answers without Vary: caches hand them to clients that cannot read them", {
      expected: "Vary: Accept-Encoding",
      found: `no such header on ${listed(unvaried.map(({ label }) => label))}`,
      fix: `let ${component} send with compressed answers: Vary: Accept-Encoding`,
      findings: unvaried.map(({ label }) => label),
      measured,
    });
  },
});

const YEAR_S = 31_536_000;

export const staticImmutable = defineCheck({
  id: "http.cache.static-immutable",
  title: "Assets with a hash in their name are kept for a year",
  consequence: "Every visit asks for every asset again, although it can never change.",
  severity: "warning",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    cache headers for static assets | immutable assets | static files cached for 1 year | browser caching
    cache-control headers | long cache for assets | HTTP caching headers | HTTP cache | static assets cached
    cache headers configured | browser caching enabled | cache-control headers set
    long cache for static assets | caching headers for static files | leverage browser caching
    static asset caching | cache headers set for assets | assets served with far-future expires headers
    far future expires header | far-future expires on assets | cache headers verified
    caching headers verified | hashed files with long cache | static files served with cache headers
    assets cached for a long time
    static assets served with long cache lifetime | cache-control max-age for assets | Cache-Control
    cache static assets | expires headers
    cache policy for static files | cache TTL for assets | ManifestStaticFilesStorage
    long-lived cache headers | hashed bundles cached long | public_file_server max-age
    static resources cached a year | max-age one year for assets | fingerprinted assets cached forever
    static files with long cache | hashed assets immutable | cache assets with hash for a year
    long cache lifetime | static assets expire after one year | digest assets far future
    _next/static immutable | WhiteNoise cache forever
    caching rules for static files | CSS and JS cached for a year
    digest files cached for a year | JS and CSS with hash cached | files with digest cached
    hashed filenames with long max-age | hashed filenames | content hash in filenames | Cache busting
    cache busting via hashed filenames
    HTTP caching enabled | web caching enabled | caching for assets enabled
  `),
  source: "RFC 8246; lighthouse cache-insight",
  needs: { pages: httpPages },
  run: ({ pages }, subject) => {
    const assets = pages.list.filter(
      (page) => page.kind === "asset" && page.status === 200 && hasHashedName(page.path),
    );
    if (assets.length === 0) return notApplicable("no asset with a hash in its name was seen");
    const short = assets.filter(({ headers }) => {
      const { maxAge, immutable } = cacheControl(headers);
      return (maxAge ?? 0) < YEAR_S || !immutable;
    });
    if (short.length === 0)
      return pass(`${quantity(assets.length, "hashed asset is", "hashed assets are")} kept for a year`);
    const value = `public, max-age=${YEAR_S}, immutable`;
    return fail(`${short.length} of ${assets.length} hashed assets are not kept`, {
      expected: `Cache-Control: ${value}`,
      found: listed(
        short.map(
          ({ label, headers }) => `${label}: ${headerValue(headers, "cache-control") ?? "no header"}`,
        ),
      ),
      fix:
        subject.kind === "site"
          ? `take Cache-Control out of the headers of ${subject.component}: the edge sends it for hashed names`
          : sendHeader(subject, "Cache-Control", value, "with files that have a hash in their name"),
      findings: short.map(({ label }) => label),
    });
  },
});

/** Longest time a rolled-back page may live on in a browser. */
const TOLERABLE_S = 300;

export const htmlRevalidates = defineCheck({
  id: "http.cache.html-revalidates",
  title: "Browsers ask for pages anew, so a deploy or a rollback takes effect",
  consequence: "Users stay on the old page for as long as it says, pointing at assets that are gone.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    HTML not cached | cache-control no-cache for index.html
    HTML cache headers | no stale pages after deployment
    HTML revalidates | HTML served with no-cache | HTML no-cache
    new deploy visible without clearing the browser cache | no-cache for index.html
    old pages not cached after release | must-revalidate | HTML must be revalidated
    HTML documents revalidated | HTML not cached by browsers
    users get the new version without hard refresh | index.html not cached
    no stale HTML | browsers fetch new HTML after deploy | cached HTML does not outlive a deploy
    users see the new release without reload
    new release visible without hard reload | users get new release immediately
    no hard reload needed after deploy
  `),
  source: "RFC 9111 section 4.2",
  needs: { pages: httpPages },
  run: ({ pages }, subject) => {
    const looked = htmlPages(pages).filter(({ status }) => status === 200);
    if (looked.length === 0) return notApplicable("no page looked at is HTML");
    const faults = looked.flatMap((page) => {
      const what = staleness(page);
      return what === undefined ? [] : [{ page, what }];
    });
    const first = faults[0];
    if (!first) return pass(`${looked.length} HTML pages are asked for anew`);
    const where = faults.map(({ page }) => page.label);
    return fail(first.what, {
      expected: `no-cache, no-store or max-age of at most ${TOLERABLE_S}, never immutable`,
      found: `Cache-Control: ${headerValue(first.page.headers, "cache-control") ?? "absent"} on ${listed(where)}`,
      fix: sendHeader(subject, "Cache-Control", "no-cache", "with HTML pages"),
      findings: where,
    });
  },
});

function staleness({ headers }: Page): string | undefined {
  const { present, immutable, maxAge, noCache, noStore } = cacheControl(headers);
  if (noStore || noCache) return undefined;
  if (immutable) return "pages say that they never change";
  if (maxAge !== undefined && maxAge > TOLERABLE_S)
    return `pages are kept for ${formatDuration(maxAge * 1_000)} without asking`;
  // RFC 9111 section 4.2.2: without a lifetime, a tenth of the time since Last-Modified is usual.
  if (!present && hasHeader(headers, "last-modified") && !hasHeader(headers, "expires"))
    return "pages without Cache-Control: browsers guess a lifetime from Last-Modified";
  return undefined;
}

export const privatePages = defineCheck({
  id: "http.cache.private-pages",
  title: "Answers that begin a session are not kept by shared caches",
  consequence: "A cache hands one user's session to the next one who asks.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    CDN does not cache Set-Cookie | responses with session cookies bypass the cache
    private no-store | Cache-Control private | responses with Set-Cookie not cached
    cache bypassed for sessions
  `),
  source: "RFC 9111 section 3",
  needs: { pages: httpPages },
  run: ({ pages }, subject) => {
    const { session } = subject.options.cookies;
    const personal = pages.list.filter((page) =>
      cookiesOf(page.headers).some((cookie) => !cookie.removes && isSessionCookie(cookie, session)),
    );
    if (personal.length === 0) return notApplicable("no answer set a session cookie");
    const open = personal.filter(({ headers }) => {
      const { isPublic, isPrivate, noStore, noCache, maxAge, sharedMaxAge } = cacheControl(headers);
      if (noStore || isPrivate) return false;
      return isPublic || (sharedMaxAge ?? 0) > 0 || (!noCache && (maxAge ?? 0) > 0);
    });
    if (open.length === 0)
      return pass(
        `${quantity(personal.length, "answer that sets a session stays", "answers that set a session stay")} out of shared caches`,
      );
    const where = open.map(({ label }) => label);
    return fail("answers that set a session may be kept by shared caches", {
      expected: "Cache-Control: no-store or private",
      found: listed(open.map(({ label, headers }) => `${label}: ${headerValue(headers, "cache-control")}`)),
      fix: sendHeader(subject, "Cache-Control", "no-store", `with ${listed(where)}`),
      findings: where,
    });
  },
});
