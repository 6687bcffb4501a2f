import { listed } from "../../facts/http/advice.ts";
import { httpAnswer } from "../../facts/http/connection.ts";
import { headerValue } from "../../facts/http/headers.ts";
import { isRedirect, resolveUrl } from "../../facts/http/pages.ts";
import { requestsTo } from "../../facts/http/requests.ts";
import { defineCheck } from "../../model/check.ts";
import { defineFact, Undeclared } from "../../model/fact.ts";
import { fail, notApplicable, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import type { WebOptions } from "./options.ts";

export interface RouteAnswers {
  readonly answers: readonly RouteAnswer[];
  /** Routes left alone: what their method does would be real if they were open, and the environment forbids it. */
  readonly notAsked: readonly string[];
}

export interface RouteAnswer {
  readonly method: string;
  readonly path: string;
  /** As declared; undefined: any refusal will do. */
  readonly wanted: number | undefined;
  readonly status: number;
  /** Path a redirect leads to; a full address when it leaves the host. */
  readonly location: string | undefined;
}

/** Every declared route asked by a stranger: no cookie, no token, no body. */
export const webProtectedRoutes = defineFact<RouteAnswers, WebOptions>({
  id: "web.protected-routes",
  access: "read",
  reach: "application",
  timeoutMs: 30_000,
  sends: "1 request without credentials to each of protectedRoutes",
  async collect(context) {
    const { options, environment } = context.subject;
    const { protectedRoutes: declared } = options;
    if (declared.length === 0) throw new Undeclared("no protectedRoutes are declared");
    const address = await context.get(httpAnswer);
    const isHarmless = ({ method }: { method: string }): boolean =>
      environment.allows.includes("active") || method === "GET" || method === "HEAD";
    const routes = declared.filter(isHarmless);
    const notAsked = declared
      .filter((route) => !isHarmless(route))
      .map(({ method, path }) => `${method} ${path}`);
    const sent = await requestsTo(context, address).sendAll(
      routes.map(({ method, path }) => ({ method, path, maxBodyBytes: 1_024 })),
    );
    const answers = sent.map(({ status, headerLines, url }, index) => {
      const { method = "GET", path = "", status: wanted } = routes[index] ?? {};
      const to = isRedirect(status) ? resolveUrl(headerValue(headerLines, "location") ?? "", url) : undefined;
      const location = to && (to.origin === address.origin ? to.pathname : to.href);
      return { method, path, wanted, status, location };
    });
    return { answers, notAsked };
  },
});

export const anonymousDenied = defineCheck({
  id: "auth.route.anonymous-denied",
  title: "Protected routes refuse strangers",
  consequence: "Anyone who knows the address reads or changes what belongs to others.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    protected routes require authentication | authentication required | unauthorized access denied
    all API endpoints protected | admin routes protected | protected endpoints return 401
    private routes redirect to login | unauthenticated access blocked | admin area protected
    route protection | protected routes | admin panel protected | unauthorized requests rejected
    protected routes tested | admin routes require authentication | API routes protected
    unauthorized access returns 401 | endpoints protected | authentication middleware on protected routes
    admin endpoints secured | auth guards on routes | API endpoints secured
    web UI behind authentication | pages need a login
    admin pages need a login | admin pages require login | redirects to login when signed out
    admin area only after login | only signed-in users | private routes require authentication
    access restricted to logged-in users | admin screen access restricted
    basic auth in front of the admin UI | members area requires login
    admin endpoints reject anonymous requests | protected pages redirect to the login
    endpoints have auth middleware | cron routes protected | API authentication
    API authentication implemented | endpoints secured with JWT
    sensitive endpoints protected by authentication
    private pages not accessible without login | auth guards in place
    unauthorized users cannot access the dashboard
    Sidekiq Web UI protected | Horizon dashboard restricted
    redirects to login when logged out | unauthenticated API calls get 401
    dashboard not reachable without login | anonymous users cannot open private pages
    protected pages not accessible without login | not logged in users cannot access
    no access without login | private pages need sign-in | admin not reachable anonymously
    pages behind login | strangers cannot reach the admin | logged-out users redirected to login
    API rejects calls without token | routes require a signed-in user | endpoints refuse anonymous requests
    guests cannot access | login_required | requests without a token get 401
    visitors cannot open the account area | metrics endpoint protected
    metrics endpoint requires authentication | route guards working
    direct access to admin pages blocked | GraphQL endpoint requires authentication
    internal endpoints not publicly accessible
    Rails admin behind authentication | Hangfire dashboard secured
    phpMyAdmin not publicly accessible | no API route without a token | routes need a token
    API needs a token | no endpoint without a token | actuator endpoints secured
    actuator endpoints require authentication
    Swagger UI behind authentication | API docs behind login | Sidekiq dashboard behind login
    admin not accessible without authentication | admin behind login | queue dashboard behind authentication
    not accessible without authentication | authenticated endpoints for metrics
    middleware protects the dashboard | dashboard protected by middleware
    cron endpoint requires the secret | cron endpoint rejects calls without the secret
    cron routes require CRON_SECRET
    job endpoints require a shared secret | admin panel behind basic auth | basic auth for the admin panel
    metrics restricted to the internal network | metrics only internally reachable | metrics not public
    API authentication works | API authentication verified
    actuator exposure | actuator endpoints locked down
  `),
  source: "OWASP ASVS 4.1; API5:2023",
  needs: { routes: webProtectedRoutes },
  run: ({ routes: { answers, notAsked } }, { component, environment }) => {
    const faults = answers.flatMap((answer) => {
      const what = faultOf(answer);
      return what === undefined ? [] : [{ ...answer, what }];
    });
    const first = faults.find(({ status }) => status < 300) ?? faults[0];
    if (answers.length === 0)
      return notApplicable(`${environment.name} allows reading only, and no protected route is read by GET`);
    const measured = { routes: answers.length, open: faults.length, notAsked: notAsked.length };
    const rest =
      notAsked.length > 0 ? `; ${listed(notAsked)} not asked, ${environment.name} allows reading only` : "";
    if (!first)
      return pass(
        `${quantity(answers.length, "protected route refuses strangers", "protected routes refuse strangers")}${rest}`,
        measured,
      );
    const open = faults.map(({ method, path }) => `${method} ${path}`);
    return fail(`${faults.length} of ${answers.length} protected routes ${first.what}`, {
      expected: first.wanted === undefined ? "401, 403 or a redirect to the login" : `${first.wanted}`,
      found: listed(faults.map(({ method, path, status }) => `${method} ${path}: ${status}`)),
      fix: `in ${component} put the login check before ${listed(open)}`,
      findings: open,
      measured,
    });
  },
});

function faultOf({ status, wanted, location, path }: RouteAnswer): string | undefined {
  if (status < 300) return "answer strangers";
  if (status >= 500) return "end in an error for strangers";
  if (wanted !== undefined)
    return status === wanted ? undefined : "refuse strangers in another way than declared";
  if (status === 401 || status === 403) return undefined;
  if (isRedirect(status))
    return location === undefined || location === path ? "redirect strangers to themselves" : undefined;
  return "do not say that they are protected";
}
