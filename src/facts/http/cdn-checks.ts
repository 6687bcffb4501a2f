import { defineCheck } from "../../model/check.ts";
import { fail, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { listed } from "./advice.ts";
import { type CdnAsset, httpCdn } from "./cdn.ts";

export const cdnCacheHit = defineCheck({
  id: "cdn.cache.hit",
  title: "Assets are answered by the CDN in front of the application",
  consequence:
    "Every picture and script is fetched from the application itself, from the other end of the world.",
  severity: "warning",
  phase: "production",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    CDN serves static assets | CDN configured for static assets | CDN in front of static files
    CDN set up for assets | static files served via CDN | static assets on a CDN | assets delivered by CDN
    CDN cache hit | cf-cache-status HIT | X-Cache Hit from cloudfront | CloudFront serves static files
    CloudFront caches assets | Cloudflare caches static assets | Fastly caches assets | CDN enabled for assets
    assets served from the edge cache | second request is a cache hit | Age header on assets
    asset_host points to the CDN | images served from CDN | CDN caching works | CDN caches static files
    CDN configuré pour assets statiques | CDN para archivos estáticos | CDN para arquivos estáticos
    CDN für statische Dateien | statische Dateien über CDN | statik dosyalar CDN üzerinden
    CDN configured | CDN enabled | CDN set up | CDN active | CDN in use | CDN in front of the site
    site behind a CDN | content delivery network configured
    assets come from the CDN | CDN answers for assets | CDN cache hit ratio
    second load comes from the CDN cache
    CDN konfiguriert | CDN configurado | CDN configuré | CDN yapılandırıldı
    CloudFront in front of the assets | CloudFront distribution serves the assets
    Cloudflare serves static assets
  `),
  source: "RFC 9211; RFC 9111 section 5.1",
  needs: { cdn: httpCdn },
  run: ({ cdn: { origin, assets } }, { options }) => {
    const vendor = options.cdn?.vendor;
    const named = vendor ?? origin;
    const measured = { assets: assets.length, hits: assets.filter(({ sign }) => sign?.isHit).length };
    const gone = assets.filter(({ status }) => status >= 300);
    if (gone.length > 0)
      return fail(`${quantity(gone.length, "asset is", "assets are")} not there`, {
        expected: "200",
        found: listed(gone.map(({ path, status }) => `${origin}${path}: ${status}`)),
        fix: `let ${named} fetch ${listed(gone.map(({ path }) => path))} from the application, or correct cdn.paths`,
        findings: gone.map(({ path }) => path),
        measured,
      });
    const past = assets.filter(({ isVendors }) => isVendors === false);
    if (past.length > 0)
      return fail(`${origin} is not answered by ${vendor}`, {
        expected: `the headers that ${vendor} puts on each answer`,
        found: `${listed(past.map(({ path }) => path))}: none of them`,
        fix: `let ${new URL(origin).hostname} lead to ${vendor} in the DNS (with Cloudflare: the proxy switched on, not "DNS only")`,
        findings: past.map(({ path }) => path),
        measured,
      });
    const silent = assets.filter(({ sign }) => sign === undefined);
    if (silent.length > 0)
      return fail(`no cache answers for ${quantity(silent.length, "asset", "assets")}`, {
        expected: "Age, Cache-Status, X-Cache or CF-Cache-Status on the second answer",
        found: `${listed(silent.map(({ path }) => path))}: none of them`,
        fix: `let ${new URL(origin).hostname} lead to the CDN, not to the application itself`,
        findings: silent.map(({ path }) => path),
        measured,
      });
    const missed = assets.filter(({ sign }) => !sign?.isHit);
    if (missed.length > 0)
      return fail(
        `${named} fetches ${quantity(missed.length, "asset", "assets")} from the application each time`,
        {
          expected: "a hit from the second request on",
          found: listed(missed.map(({ path, sign, asked }) => `${path}: ${sign?.said} at request ${asked}`)),
          fix: listed(missed.map((asset) => `${asset.path}: ${hindranceOf(asset)}`)),
          findings: missed.map(({ path }) => path),
          measured,
        },
      );
    const said = assets[0]?.sign?.said ?? "";
    return pass(
      `${quantity(assets.length, "asset is", "assets are")} answered by ${named} (${said})`,
      measured,
    );
  },
});

function hindranceOf({ cacheControl, setsCookie, vary }: CdnAsset): string {
  if (setsCookie) return "answer it without Set-Cookie";
  if (vary?.includes("*")) return `answer it without Vary: ${vary}`;
  if (/no-store|private|no-cache|max-age=0\b/i.test(cacheControl ?? ""))
    return `answer it with Cache-Control: public, max-age=31536000, immutable instead of ${cacheControl}`;
  if (cacheControl === undefined) return "answer it with Cache-Control: public, max-age=31536000, immutable";
  return "add a rule at the CDN that keeps it";
}
