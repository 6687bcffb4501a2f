import { httpAnswer } from "../../facts/http/connection.ts";
import { headerValue } from "../../facts/http/headers.ts";
import { isHtml, pageFrom } from "../../facts/http/page.ts";
import { requestsTo } from "../../facts/http/requests.ts";
import { defineCheck } from "../../model/check.ts";
import { defineFact, Undeclared } from "../../model/fact.ts";
import { fail, pass } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import type { SiteOptions } from "./options.ts";

interface Seen {
  readonly status: number;
  readonly isHtml: boolean;
  readonly type: string | undefined;
}

export interface Fallback {
  /** A deep path no file has, asked as a browser asks for a page. */
  readonly page: Seen;
  /** A script no file has, asked as a page asks for it. */
  readonly script: Seen;
}

const siteFallback = defineFact<Fallback, SiteOptions>({
  id: "site.fallback",
  access: "read",
  reach: "application",
  async collect(context) {
    if (context.subject.options.fallback === undefined) throw new Undeclared("no fallback is declared");
    const address = await context.get(httpAnswer);
    const mark = context.doors.random.hex(6);
    const asks = [
      {
        path: `${address.base}/gonogo/${mark}/deep`,
        headers: { accept: "text/html,application/xhtml+xml,*/*;q=0.8" },
      },
      { path: `${address.base}/assets/gonogo-${mark}.js`, headers: { accept: "*/*" } },
    ];
    const answers = await requestsTo(context, address).sendAll(asks);
    const [page, script] = answers
      .map((answer) => pageFrom("page", "", answer))
      .map((each) => ({
        status: each.status,
        isHtml: isHtml(each),
        type: headerValue(each.headers, "content-type"),
      }));
    return { page: page as Seen, script: script as Seen };
  },
});

export const fallbackWorks = defineCheck({
  id: "site.fallback.works",
  title: "Deep links open the app, and missing assets are missing",
  consequence:
    "A reload or a shared link ends in a 404; or a stale page runs HTML as a script and stays blank.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    SPA fallback | deep links work | page refresh does not 404 | client-side routing works
    try_files index.html | direct URLs work after refresh | SPA routing works
    client-side routing works on refresh | deep links work after reload | rewrite rules for SPA
    page reload keeps the route | refreshing a sub page works | history fallback configured
    deep link does not 404 | Direct URL access works | Page reload does not 404
    refreshing a nested route does not 404 | nested routes survive a refresh | SPA rewrites
    rewrites for client-side routing | try_files for SPA | redirects file for SPA routing
    router works on page refresh | direct navigation to deep links | hard refresh on sub routes works
    no 404 on refresh | refresh on any route works | browser refresh keeps the route
    React Router URLs work on reload | Vue Router history mode works
    missing images return 404 and not index.html | missing assets return 404
    rewrite all paths to index.html | 404 rewritten to index.html | all routes fall back to index.html
    refreshing a sub route shows no 404 | direct links to nested pages open | unknown paths serve index.html
    bookmarked URLs open | catch-all rewrite to index.html | _redirects for single page app
    sub pages can be opened directly | CloudFront custom error response to index.html
    reloading any page works | any page can be reloaded | falls back to index.html
    fallback to index.html for unknown paths | nginx fallback index.html | refresh on any route
    deep links return 200 | deep links answer 200 | direct URLs return 200
  `),
  needs: { seen: siteFallback },
  run: ({ seen: { page, script } }, { component, options }) => {
    const fallback = options.fallback ?? "";
    if (page.status !== 200 || !page.isHtml)
      return fail("deep links do not open the app", {
        expected: `200 with ${fallback} for a path that is no file`,
        found: `${page.status}, ${page.type ?? "no content type"}`,
        fix: `let whatever serves ${component} answer unknown pages with ${options.directory}/${fallback} (nginx: try_files $uri /${fallback};)`,
        findings: ["deep link"],
      });
    if (script.status < 400 || script.isHtml)
      return fail("missing assets answer with a page", {
        expected: "404 for a script that does not exist",
        found: `${script.status}, ${script.type ?? "no content type"}`,
        fix: `leave paths below /assets/ out of the fallback of ${component} (nginx: location /assets/ { try_files $uri =404; })`,
        findings: ["missing asset"],
      });
    return pass(`deep links open ${fallback}, missing assets answer ${script.status}`);
  },
});
