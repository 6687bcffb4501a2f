import { defineCheck } from "../../model/check.ts";
import { fail, notApplicable, pass, warn } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { isLoopback } from "./address.ts";
import { sendHeader } from "./advice.ts";
import { metaNamed } from "./html.ts";
import { tagsIn } from "./page.ts";
import { htmlPages, httpPages } from "./pages.ts";
import { httpPublicFiles } from "./public.ts";

const DAY_MS = 86_400_000;

export const securityTxt = defineCheck({
  id: "security.txt",
  title: "Researchers find out where to report a hole",
  consequence: "Whoever finds a hole publishes it, because nobody can be reached.",
  severity: "warning",
  phase: "production",
  freshFor: "7d",
  every: "1d",
  asks: ways(`
    security.txt | vulnerability disclosure contact | security contact published | security contact
    researchers know where to report security issues | RFC 9116 | security.txt published
    security.txt not expired | security.txt in .well-known | security.txt available
    report vulnerabilities to | contact for security reports | vulnerability reporting address
    responsible disclosure contact | .well-known/security.txt | security.txt with contact and expiry
    security email in security.txt | security address in security.txt
  `),
  source: "RFC 9116",
  needs: { files: httpPublicFiles },
  run: ({ files: { securityTxt: text, observedAt } }, { component, siblings, kind }) => {
    if (kind === "web" && siblings.some((each) => each.kind === "site"))
      return notApplicable("asked of the site");
    const inAYear = `${new Date(observedAt + 364 * DAY_MS).toISOString().slice(0, 10)}T00:00:00Z`;
    const expected = "Contact: and an Expires: in the future at /.well-known/security.txt";
    const fix = `let ${component} serve /.well-known/security.txt as text/plain: Contact: mailto:security@your-domain and Expires: ${inAYear}`;
    if (text === undefined) return fail("there is no security.txt", { expected, found: "no such file", fix });
    const fields = Map.groupBy(
      text.split(/\r?\n/).flatMap((line) => {
        const match = /^([A-Za-z-]+):\s*(\S.*)$/.exec(line);
        return match ? [{ name: (match[1] ?? "").toLowerCase(), value: match[2] ?? "" }] : [];
      }),
      ({ name }) => name,
    );
    if (!fields.has("contact"))
      return fail("security.txt names no contact", { expected, found: "no Contact field", fix });
    const expires = fields.get("expires") ?? [];
    const at = Date.parse(expires[0]?.value ?? "");
    if (expires.length !== 1 || Number.isNaN(at))
      return fail("security.txt does not say until when it holds", {
        expected,
        found: expires[0]?.value ?? "no Expires field",
        fix,
      });
    if (at <= observedAt)
      return fail("security.txt has expired", { expected, found: `Expires: ${expires[0]?.value}`, fix });
    const days = Math.floor((at - observedAt) / DAY_MS);
    if (days > 366)
      return warn("security.txt holds for more than a year", {
        expected: "an Expires less than a year ahead",
        found: `Expires: ${expires[0]?.value}`,
        fix,
      });
    return pass(`a contact, good for ${quantity(days, "day")}`);
  },
});

export const indexable = defineCheck({
  id: "seo.indexable",
  title: "Search engines index production and nothing else",
  consequence: "Staging turns up in search results, or production disappears from them.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    staging not indexed | noindex on staging | search engines can index
    indexing of the site enabled | public pages indexable | pages should be indexable
    noindex removed | robots.txt allows crawling | search engine indexing enabled
    no accidental noindex | no leftover noindex | robots meta tags
    noindex removed in production | site indexable | robots.txt doesn't block the site
    preview URLs have noindex | site can be crawled | enable site to be crawled | robots.txt does not block
    robots.txt is correct | disallow removed from robots.txt | crawling allowed
    site allows indexing | noindex tag removed | Crawlable | robots.txt lets search engines in
    robots.txt allows Google | Google may index the site | robots.txt checked
    staging blocked from search engines
    search engines blocked on staging | production not blocked for search engines
    site not hidden from search engines
    X-Robots-Tag noindex outside production | X-Robots-Tag | staging not indexed by Google
    staging hidden from Google
    Google can index the site | noindex only on staging | no noindex on live pages
    crawlers blocked on staging | test environment not indexed | search engine indexing turned on
    discourage search engines unchecked | search engine visibility on
    staging kept out of Google | staging out of Google
    crawlers may crawl the live site | staging out of search engines | keep staging out of search
    noindex header on staging | noindex header
    staging not indexable | staging URLs not indexable | preview deployments not indexed
    production indexable
    pages indexable | indexability
    public pages should be indexable
    search engines may index | indexing by search engines allowed
  `),
  source: "RFC 9309; X-Robots-Tag",
  needs: { pages: httpPages, files: httpPublicFiles },
  run: ({ pages, files }, subject) => {
    const { environment } = subject;
    const page = htmlPages(pages)[0];
    if (!page) return notApplicable("no page looked at is HTML");
    const isProduction = environment.stage === "production";
    if (!isProduction && isLoopback(pages.address.hostname))
      return notApplicable(`${pages.address.hostname} can be reached from this machine only`);
    const meta = metaNamed(tagsIn(page), "robots").join(", ");
    const isHidden = /\b(noindex|none)\b/i.test(`${files.robotsTag ?? ""}, ${meta}`);
    const isBarred = forbidsEverything(files.robotsTxt ?? "");
    const needsLogin = page.status === 401 || page.status === 403;
    const found = [
      files.robotsTag ? `X-Robots-Tag: ${files.robotsTag}` : "no X-Robots-Tag",
      meta ? `meta robots: ${meta}` : "no meta robots",
      isBarred ? "robots.txt: Disallow: /" : "robots.txt allows",
    ].join(", ");
    if (isProduction) {
      if (!isHidden && !isBarred && !needsLogin) return pass("production may be indexed");
      return fail("production hides from search engines", {
        expected: "no noindex and no Disallow: / in production",
        found,
        fix: `take ${isHidden ? "noindex" : "Disallow: /"} out of ${subject.component} in ${environment.name}`,
      });
    }
    if (isHidden || needsLogin) return pass(`${environment.name} is hidden from search engines`);
    return fail(
      isBarred
        ? "robots.txt keeps crawlers out, but linked pages are indexed all the same"
        : `${environment.name} may be indexed`,
      {
        expected: "X-Robots-Tag: noindex outside production",
        found,
        fix: sendHeader(subject, "X-Robots-Tag", "noindex", `with every answer in ${environment.name}`),
      },
    );
  },
});

/** RFC 9309: the group for every crawler forbids the root. */
function forbidsEverything(robots: string): boolean {
  let applies = false;
  let inNames = false;
  for (const line of robots.split(/\r?\n/)) {
    const [, field = "", value = ""] = /^\s*([a-z-]+)\s*:\s*([^\s#]*)/i.exec(line) ?? [];
    if (/^user-agent$/i.test(field)) {
      applies = value === "*" || (inNames && applies);
      inNames = true;
    } else if (field) {
      inNames = false;
      if (applies && /^disallow$/i.test(field) && value === "/") return true;
    }
  }
  return false;
}
