import { defineCheck } from "../../model/check.ts";
import { fail, notApplicable, pass, undeclared } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { listed } from "./advice.ts";
import { debugSigns, stockPage } from "./debug.ts";
import { headerValue } from "./headers.ts";
import { withoutQuery } from "./masking.ts";
import type { Page } from "./page.ts";
import { httpPages, isRedirect } from "./pages.ts";

export const pagesAnswer = defineCheck({
  id: "http.page.answers",
  title: "Every declared page and data path answers",
  consequence: "Users who open the page see an error.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1h",
  every: "5m",
  asks: ways(`
    home page loads | all pages load | All pages work | API responds | critical pages reachable
    site is live | application accessible | frontend accessible | API endpoints respond
    API base URL responds | API endpoints return 200 | application accessible from the public internet
    smoke test of public pages | smoke test of key pages | publicly accessible application
    API endpoints accessible | main pages accessible | no 404 on main routes | login page accessible
    deployment URL accessible | visit https://example.com | open /{} | /{} routes work | check /{} page
    open /{} and confirm | index.html loads
    open https://example.com | all endpoints respond | test API endpoints
    API endpoints working | site loads | web app loads | app loads without errors
    application loads without errors | test the live URL
    site accessible after DNS switch | frontend accessible over HTTPS | home, about and contact pages load
    contact page loads | main page displayed | smoke test of endpoints | web server responds
    production deployment loads | deployment URL verified
    pricing and contact pages load | Vercel deployment accessible | access https://example.com
    test the production URL | GET /{} returns 200 | public pages accessible without login
    endpoints return 200 to a real call
    index page loads | backend API accessible | web UI accessible | web UI loads | staging site is up
    publicly accessible app | web interface loads | user interface loads
    app reachable from outside | front-end site live | application reachable from outside the network
    application loads | website accessible | application is accessible | frontend loads
    site accessible via domain | application responds | main pages load correctly
    production URL accessible | API responding | API endpoints responding | all endpoints working
    site is up | homepage accessible | verify the site loads | verify application is running
    landing page loads | pages load without errors
    page loads | returns 200 | site returns 200 | home page returns 200 | curl returns 200 | website loads
    page opens | landing page opens | URL responds with 200 | website online | pages open without errors
    application is up | home page opens | site works | website loads correctly | home page displayed
    application opens | visit the site | pages reachable | API endpoint works | endpoints return 200
    can access application | web app accessible | app opens in the browser | visit URL
    API reachable | Backend reachable | endpoint accessible | URL opens | health of pages
    all routes accessible | all routes work | site accessible at custom domain
    site accessible from the internet | page accessible from the internet | deployed app accessible
    backend responds | application responds to requests | services respond | GraphQL endpoint responds
    navigate to the site | navigate to the URL | app URL loads
    site loads in the browser | /{} loads | /{} returns 200 | /{} accessible | test /{} endpoint
    smoke test on production URL | GET /{} works | GET /{} responds
    curl the pages and expect 200 | every route responds successfully
    each public page returns HTTP 200 | key URLs answer 200
    pages return 200 | public pages do not return 500 | pages respond without errors
    no 500 errors on pages | deployment URL works | frontend is served | open the app in an incognito window
    API root returns 200 | hit the production URL
    no 404s or 500s on key pages | website reachable from outside | web app online
    application serves traffic
    deployment successful and site accessible | deployed site accessible | production site accessible
    public endpoints tested | test public endpoints
    URLs return 200 | open the homepage | all URLs respond | visit the Vercel URL
    Netlify URL opens | Vercel URL works | Render URL responds | Heroku app opens | Railway URL works
    Vercel deployment loads | API is up and responds | production URL loads | main pages answer
    /login renders | login renders
    robots.txt accessible | robots.txt reachable | GET /robots.txt returns 200
    robots.txt reachable and points to the sitemap
    deployed frontend loads | frontend loads after the deployment
  `),
  needs: { pages: httpPages },
  run: ({ pages }, { component }) => {
    const looked = pages.list.filter(({ kind }) => ["page", "api", "asset"].includes(kind));
    if (looked.length === 0) return undeclared("no page is declared");
    const bad = looked.filter(({ status }) => status >= 400);
    const slowest = Math.max(...looked.map(({ tookMs }) => tookMs));
    const measured = { answers: looked.length, slowestMs: Math.round(slowest) };
    if (bad.length === 0)
      return pass(quantity(looked.length, "declared page answers", "declared pages answer"), measured);
    return fail(`${bad.length} of ${looked.length} declared pages do not answer`, {
      expected: "a status below 400",
      found: listed(bad.map(({ label, status }) => `${label}: ${status}`)),
      fix: `see the log of ${component} for ${listed(bad.map(({ label }) => label))}; a page that is gone: take it out of pages`,
      findings: bad.map(({ label }) => label),
      measured,
    });
  },
});

export const errorPages = defineCheck({
  id: "http.error.pages",
  title: "Errors have their own pages and the right status",
  consequence: "Users meet a bare server page, and search engines index addresses that do not exist.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    custom 404 page | error pages | 404 handler is in place | 404 and 500 pages
    not found page returns 404 | custom error pages | 404 page works | custom 404 and 500 pages
    error pages configured | user-friendly error pages | error pages tested | custom error pages deployed
    error pages in production | 404.html and 500.html exist | 404 and 500 pages exist | error pages exist
    404 page | 404 page prepared | own error pages
    custom 404 | not-found page | unknown URL shows the 404 page
    non-existent URL shows the 404 page | error and not-found pages | branded error pages
    branded 404 | unknown URLs give a 404 status | 404 status for unknown paths
    404.html | page not found | handler404 and handler500 | soft 404
    missing pages return real 404 | error_page directive | error pages return the right status
    404 answers with status 404 | error pages customized
    templates for 404 and 500 | handlers for 404 and 500 | 404 and 500 templates
  `),
  source: "RFC 9110 section 15",
  needs: { pages: httpPages },
  run: ({ pages }, { component, options }) => {
    const fallback = (options as { fallback?: unknown }).fallback !== undefined;
    const missing = pages.list.find(({ kind }) => kind === "not found");
    const broken = pages.list.find(({ kind }) => kind === "error");
    const faults = [
      ...(missing && !fallback ? notFoundFault(missing) : []),
      ...(broken ? serverErrorFault(broken) : []),
    ];
    const first = faults[0];
    if (first)
      return fail(first.summary, {
        expected: first.expected,
        found: faults.map(({ found }) => found).join("; "),
        fix: `in ${component} ${first.fix}`,
        findings: faults.map(({ name }) => name),
      });
    if (fallback && !broken) return notApplicable("unknown paths answer the fallback page, as declared");
    return pass(
      broken ? "404 and 500 have their own pages" : "404 has its own page; no pages.error is declared",
    );
  },
});

interface Fault {
  readonly name: string;
  readonly summary: string;
  readonly expected: string;
  readonly found: string;
  readonly fix: string;
}

function notFoundFault(page: Page): Fault[] {
  const base = { name: "404", expected: "status 404 with a page of the app's own" };
  const { status } = page;
  if (isRedirect(status)) {
    const found = `unknown paths answer ${status} to ${withoutQuery(headerValue(page.headers, "location") ?? "nowhere")}`;
    return [{ ...base, summary: "unknown paths redirect", found, fix: "answer unknown paths with 404" }];
  }
  if (status === 401 || status === 403) return [];
  if (status !== 404 && status !== 410) {
    const summary =
      status < 300 ? "unknown paths answer as if they existed" : "unknown paths answer a wrong status";
    return [
      { ...base, summary, found: `unknown paths answer ${status}`, fix: "answer unknown paths with 404" },
    ];
  }
  return bodyFault(page, { ...base, fix: "render a page of its own for 404" });
}

function serverErrorFault(page: Page): Fault[] {
  const base = { name: "500", expected: "status 500 with a page of the app's own" };
  if (page.status < 500) {
    const found = `${page.path} answers ${page.status}`;
    const fix = `answer errors with 500 (${page.path} is declared as pages.error)`;
    return [{ ...base, summary: "errors answer a wrong status", found, fix }];
  }
  return bodyFault(page, { ...base, fix: "render a page of its own for 500" });
}

function bodyFault(page: Page, base: Pick<Fault, "name" | "expected" | "fix">): Fault[] {
  if (page.sizeBytes === 0)
    return [{ ...base, summary: "an error page is empty", found: `${page.label} has no body` }];
  const stock = stockPage(page);
  if (stock)
    return [{ ...base, summary: "an error page is a stock one", found: `${page.label} is ${stock}` }];
  return [];
}

export const debugOff = defineCheck({
  id: "config.debug.off",
  title: "No answer shows a stack trace or a development mode",
  consequence: "Errors hand code, paths and sometimes secrets to whoever provokes one.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    DEBUG=False | debug mode off | no stack traces in production | error messages do not leak
    debug disabled | error messages do not expose details | no sensitive information in error messages
    stack traces hidden | APP_DEBUG=false | errors do not leak internal details | DEBUG set to False
    debug mode disabled | no debug mode in production | error details hidden in production
    no stack traces exposed to users | display_errors off
    verbose errors disabled | DEBUG = False | debug off | debug mode turned off | debug mode is off
    display_errors off in php.ini | no debug info for users | debug flags off
    no debug information shown to users | generic error messages in production
    debug toolbar removed | developer exception page disabled | no sensitive data in errors
    no internal details in API errors | error responses contain no stack trace
    exceptions do not leak details | debug mode switched off | debug toolbar disabled | WP_DEBUG false
    display_errors = Off | development mode off | error messages do not leak information
    errors do not expose internals | no internal errors shown to users
    error messages hide details | error messages sanitized | error pages show no stack trace
    errors do not leak a stack trace | error pages do not leak internals | error output off
    developer exception page off | consider_all_requests_local false | Whoops error screens off
    Ignition disabled | stack trace not shown | debugger off | Flask debug off
    server.error.include-stacktrace never | detailed errors disabled | error screens do not show code
    Werkzeug debugger disabled | UseDeveloperExceptionPage only in development
    tracebacks not shown to users | Django debug page not visible
    custom errors on in web.config | no debug toolbar | debug toolbar off
    exceptions do not reveal code | exception details hidden | exceptions not shown to visitors
    internal errors not shown | stack traces not returned to clients | no stack traces in API responses
    error responses leak no sensitive details | change DEBUG to False in .env
    DEBUG=False in the production .env | DEBUG=False in settings | no details in error responses
    clients get no internal error details | error messages friendly, without stack traces
    detailed errors turned off | customErrors mode On | internals not exposed in error messages
    API returns generic errors, no stack traces | ASP.NET detailed errors disabled
  `),
  source: "Django security.W018; CWE-209",
  needs: { pages: httpPages },
  run: ({ pages }, { component }) => {
    const seen = pages.list.flatMap((page) => debugSigns(page).map((sign) => ({ sign, label: page.label })));
    const first = seen[0];
    const kinds = [...new Set(pages.list.map(({ kind }) => kind))];
    if (!first) return pass(`no trace of a debug mode in ${kinds.join(", ")} answers`);
    return fail(`answers show ${first.sign}`, {
      expected: "an error page without internals",
      found: listed(seen.map(({ sign, label }) => `${label}: ${sign}`)),
      fix: `run ${component} in production mode (NODE_ENV=production, DEBUG=False, RAILS_ENV=production) and handle errors in it without sending their stack`,
      findings: seen.map(({ sign, label }) => `${label}: ${sign}`),
    });
  },
});
