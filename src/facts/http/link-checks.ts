import { defineCheck } from "../../model/check.ts";
import { fail, notApplicable, pass, unknown } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { listed } from "./advice.ts";
import { httpLinks } from "./public.ts";

export const linksWork = defineCheck({
  id: "link.broken",
  title: "Every link of the declared pages to the app's own leads somewhere",
  consequence: "Users end on an error page and leave.",
  severity: "warning",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    no broken links | all links work | broken link check | all links working | links tested
    links on the landing page work
    no 404s when clicking through the site | no dead links | navigation links work | internal links checked
    no 404 links | dead links | check for 404s | no 404s on the site | no broken links found
    check broken links | no dead links left | broken links fixed | internal links work
    no links to 404 pages | links lead somewhere | Footer links work | navigation works
    all navigation links work | internal links | no dead links or 404s
    check for broken links | broken link scan | links crawled
    footer and navigation links lead to existing pages | links lead to existing pages
    crawl the site for 404s | site crawled for broken pages | lychee | linkinator
    no links to missing pages | every link resolves | links do not 404 | internal links return 200
    header and footer links work | no 404 errors on the site | check all links | links checked
  `),
  needs: { links: httpLinks },
  run: ({ links: { asked: links, unasked } }, { component }) => {
    if (links.length === 0) return notApplicable("the declared pages link to no other page of the app");
    // Pages behind a login are there; they only do not open for a stranger.
    const broken = links.filter(({ status }) => status >= 400 && ![401, 403, 405, 429].includes(status));
    if (broken.length === 0 && unasked > 0)
      return unknown(`${links.length} links answer, and ${unasked} more were not asked`);
    if (broken.length === 0)
      return pass(quantity(links.length, "link answers", "links answer"), { links: links.length });
    return fail(`${broken.length} of ${links.length} links are broken`, {
      expected: "a status below 400",
      found: listed(broken.map(({ path, from, status }) => `${path} (${status}, linked from ${from})`)),
      fix: `in ${component} correct the links or bring back ${listed(broken.map(({ path }) => path))}`,
      findings: broken.map(({ path }) => path),
      measured: { links: links.length, broken: broken.length },
    });
  },
});
