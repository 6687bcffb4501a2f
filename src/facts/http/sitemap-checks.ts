import { defineCheck } from "../../model/check.ts";
import { fail, pass, unknown } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { listed } from "./advice.ts";
import { httpSitemap } from "./sitemap.ts";

export const sitemapValid = defineCheck({
  id: "seo.sitemap",
  title: "The sitemap is valid, and names pages that answer",
  consequence: "Search engines throw the list away, or fetch errors where new pages should be.",
  severity: "warning",
  phase: "staging",
  freshFor: "7d",
  every: "1d",
  asks: ways(`
    sitemap.xml generated | sitemap.xml in place | sitemap.xml accessible | sitemap generated | sitemap
    XML sitemap | sitemap.xml valid | valid sitemap | sitemap is valid
    sitemap has no broken URLs | sitemap URLs return 200
    sitemap contains no redirects | sitemap reachable | sitemap works
    next-sitemap | app/sitemap.ts | sitemap index valid | Sitemap vorhanden | sitemap generado
    plan du site XML | sitemap gerado | site haritası
    sitemap present | sitemap exists | sitemap available | sitemap accessible | sitemap up to date
    sitemap lists all pages
    sitemap contains all public pages | sitemap returns 200 | sitemap configured | sitemap created
    sitemap published
  `),
  source: "https://www.sitemaps.org/protocol.html",
  needs: { sitemap: httpSitemap },
  run({ sitemap: { files, unread, foreign, named, asked } }, { component, environment }) {
    const isProduction = environment.stage === "production";
    const limited = asked.filter(({ status }) => status === 429);
    const troubles = [
      ...files.flatMap(({ path, trouble }) => (trouble === undefined ? [] : [`${path} ${trouble}`])),
      ...foreign.map((url) => `${url} is of another host, or no address`),
      ...asked.flatMap(({ url, status, isHidden }) => {
        if (status === 429) return [];
        if (status >= 300 && status < 400) return [`${url} leads elsewhere (${status})`];
        if (status !== 200) return [`${url} answers ${status}`];
        return isProduction && isHidden ? [`${url} asks not to be indexed`] : [];
      }),
      ...(files.length > 0 && named === 0 && files.every(({ trouble }) => trouble === undefined)
        ? [`${files.map(({ path }) => path).join(", ")} names no page`]
        : []),
    ];
    const measured = { sitemaps: files.length, named, asked: asked.length, troubles: troubles.length };
    if (troubles.length > 0) {
      const isFile = files.some(({ trouble }) => trouble !== undefined);
      return fail(
        isFile
          ? "the sitemap cannot be used as it is"
          : "the sitemap names what search engines should not be sent to",
        {
          expected: "XML as sitemaps.org describes it, and each page it names answers 200 at its own address",
          found: listed(troubles, 8),
          fix: isFile
            ? `let ${component} serve at ${listed(files.flatMap(({ path, trouble }) => (trouble === undefined ? [] : path)))} a <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"> with a <loc> for each page, as application/xml`
            : `let what writes ${listed(files.map(({ path }) => path))} of ${component} name only the last address of pages that are there and may be indexed`,
          findings: troubles,
          measured,
        },
      );
    }
    if (limited.length > 0)
      return unknown(
        `${quantity(limited.length, "page")} of the sitemap answered 429: a limiter was in the way`,
      );
    const some =
      asked.length < named ? `${asked.length} of ${named} pages asked, evenly chosen` : "all asked";
    return pass(
      `${quantity(named, "page is", "pages are")} named, ${some}: each answers 200${
        unread > 0 ? `; ${quantity(unread, "further sitemap")} of the index not read` : ""
      }`,
      measured,
    );
  },
});
