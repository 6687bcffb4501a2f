import { listed } from "../../facts/http/advice.ts";
import { defineCheck } from "../../model/check.ts";
import { fail, pass, warn } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import { webApiDocs } from "./api-docs.ts";

export const apiDocsClosed = defineCheck({
  id: "probe.api-docs",
  title:
    "API documentation, GraphQL introspection and consoles are closed to strangers, unless declared open",
  consequence:
    "Strangers read every endpoint there is, and in a console what is inside, or run what they like.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    API docs not publicly accessible | API documentation not public
    Swagger disabled | Swagger not exposed | Swagger off in production | OpenAPI docs disabled in production
    hide /docs and /redoc | docs_url=None | redoc_url=None | OpenAPI schema not public | api-docs not public
    GraphQL introspection disabled | introspection off | introspection: false | GraphiQL disabled
    GraphQL playground disabled | Apollo Sandbox disabled | no GraphQL playground in production
    actuator endpoints secured | actuator endpoints not exposed | Spring Boot Actuator protected
    debug consoles not reachable | Werkzeug console not reachable | Telescope not public | Horizon dashboard protected
    Sidekiq dashboard protected | Hangfire dashboard protected | h2-console disabled | Symfony profiler disabled
    Swagger in Produktion deaktiviert | Swagger deshabilitado en producción | Swagger désactivé en production
    introspección desactivada | introspection désactivée | Swagger desativado em produção | Swagger kapalı
    API docs disabled | API docs disabled in production | API docs off | API docs closed
    API documentation disabled
    API docs hidden in production | Swagger UI not public | Swagger UI not accessible in production
    Swagger docs disabled
    /docs disabled in production | OpenAPI endpoint disabled | actuator exposure | actuator exposure limited
    only health and info actuator endpoints exposed
    GraphQL introspection off in production | Django debug toolbar not reachable | Adminer not reachable
    actuator endpoints locked down | API docs locked down
    OpenAPI spec hidden | OpenAPI spec not public | swagger.json not reachable | /docs and /redoc return 404
  `),
  source: "OWASP API9:2023; https://cheatsheetseries.owasp.org/cheatsheets/GraphQL_Cheat_Sheet.html",
  needs: { docs: webApiDocs },
  run({ docs: { open, asked, posted } }, { component, options, environment }) {
    const meant = new Set(options.apiDocs.open);
    const unmeant = open.filter(({ path }) => !meant.has(path));
    const measured = { asked, open: open.length, unmeant: unmeant.length };
    if (unmeant.length === 0) {
      const rest = [
        ...(open.length > 0
          ? [`${listed([...new Set(open.map(({ path }) => path))])} open as declared`]
          : []),
        ...(posted ? [] : [`introspection asked with GET only, ${environment.name} allows reading only`]),
      ];
      return pass([`nothing at ${asked} usual places`, ...rest].join("; "), measured);
    }
    const consoles = unmeant.filter(({ isConsole }) => isConsole);
    const worst = consoles.length > 0 ? consoles : unmeant;
    const paths = [...new Set(worst.map(({ path }) => path))];
    const trouble = {
      expected: "401, 403 or 404 for each",
      found: listed(worst.map(({ path, what }) => `${path} (${what})`)),
      findings: paths,
      measured,
    };
    if (consoles.length > 0)
      return fail(`${listed(worst.map(({ what }) => what))} can be opened by anybody`, {
        ...trouble,
        fix: `leave ${listed(paths)} out of ${component} outside development, or put it behind the sign-in of an administrator`,
      });
    return warn(`${listed(worst.map(({ what }) => what))} can be read by anybody`, {
      ...trouble,
      fix: `switch ${listed(paths)} of ${component} off outside development (FastAPI: openapi_url=None; Apollo: introspection: false), or declare what is meant for everybody: apiDocs: { open: ${JSON.stringify(paths)} }`,
    });
  },
});
