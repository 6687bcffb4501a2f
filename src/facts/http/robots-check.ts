import { defineCheck } from "../../model/check.ts";
import { fail, notApplicable, type Outcome, pass, unknown } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { htmlPages, httpPages } from "./pages.ts";
import { httpPublicFiles, type RobotsAnswer } from "./public.ts";

const SITEMAP = /^sitemap$/i;
/** RFC 9309 section 2.2, and the two fields that crawlers read besides. */
const FIELD = /^\s*(user-agent|allow|disallow|sitemap|crawl-delay)\s*:/i;

export const robotsReadable = defineCheck({
  id: "seo.robots",
  title: "There is a robots.txt, and crawlers can read it",
  consequence:
    "Crawlers go where nobody wanted them, or, when its server fails, stay away from the whole site.",
  severity: "info",
  phase: "production",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    robots.txt | robots.txt present | robots.txt exists | robots.txt in place | robots.txt accessible
    robots.txt configured | robots.txt created | robots.txt returns 200 | robots.txt reachable
    robots.txt available | robots.txt served | robots.txt loads | robots.txt added | robots.txt file
    robots.txt published | robots.txt at the root of the domain | app/robots.ts | robots.txt valid
    robots.txt generated | serve a robots.txt | robots.txt readable | robots.txt responds
    robots.txt vorhanden | robots.txt erreichbar | robots.txt présent | robots.txt configurado
    robots.txt exists and is readable by crawlers | robots.txt deployed | add robots.txt
  `),
  source: "RFC 9309",
  needs: { pages: httpPages, files: httpPublicFiles },
  run({ pages, files: { robots } }, { component, environment }) {
    if (!htmlPages(pages)[0]) return notApplicable("no page looked at is HTML");
    if (environment.stage !== "production")
      return notApplicable(
        "crawlers read it in production; seo.indexable tells what keeps them out elsewhere",
      );
    return judged(robots, component);
  },
});

function judged(robots: RobotsAnswer, component: string): Outcome {
  const { status, location, type, isHtml, text, truncated } = robots;
  if (status === 429) return unknown("/robots.txt answered 429: a limiter was in the way");
  const measured = { status };
  const expected = "GET /robots.txt answers 200 with text/plain, as RFC 9309 describes it";
  const fix = `let ${component} serve /robots.txt as text/plain:\nUser-agent: *\nDisallow:\nSitemap: https://<host>/sitemap.xml`;
  if (status >= 500)
    return fail(`/robots.txt answers ${status}, which crawlers take for "stay away"`, {
      expected,
      found: String(status),
      fix: `see the log of ${component}; then ${fix}`,
      measured,
    });
  // RFC 9309 section 2.3.1.2: crawlers follow, to other hosts too.
  if (status >= 300 && status < 400 && URL.parse(location ?? "")?.pathname === "/robots.txt")
    return unknown(`/robots.txt leads to ${location}, where crawlers follow and which is not asked`);
  if (status >= 300 && status < 400)
    return fail("/robots.txt leads elsewhere", {
      expected,
      found: `${status}${location === undefined ? "" : ` to ${location}`}`,
      fix,
      measured,
    });
  if (status !== 200)
    return fail("there is no robots.txt", { expected, found: String(status), fix, measured });
  if (isHtml)
    return fail("/robots.txt answers a page, as every path does", {
      expected,
      found: "HTML, most likely the fallback of a front end",
      fix,
      measured,
    });
  if (truncated)
    return fail("robots.txt is longer than crawlers read", {
      expected: "at most 500 KiB",
      found: "more than 512 KiB",
      fix: "leave out rules that repeat each other",
      measured,
    });
  if (type !== "text/plain")
    return fail("robots.txt is not served as text", {
      expected,
      found: type ?? "no content type",
      fix,
      measured,
    });
  const fields = text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\r|\n/)
    .flatMap((line) => FIELD.exec(line)?.[1] ?? []);
  if (fields.length === 0)
    return fail("robots.txt has no line that a crawler knows", {
      expected: "User-agent, Disallow, Allow or Sitemap",
      found: text.trim() === "" ? "an empty file" : "other text",
      fix,
      measured,
    });
  const rules = fields.filter((each) => !SITEMAP.test(each)).length;
  return pass(`/robots.txt answers 200, ${quantity(rules, "rule")}`, { ...measured, rules });
}
