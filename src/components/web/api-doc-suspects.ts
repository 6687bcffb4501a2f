export interface DocSuspect {
  readonly what: string;
  /** A console runs or shows what is inside; the rest describes the API. */
  readonly isConsole: boolean;
  readonly paths: readonly string[];
  /** Tried on the first bytes: the name alone proves nothing. */
  readonly magic: RegExp;
}

const OPENAPI = /["'](openapi|swagger)["']\s*:\s*["'][123]\.|^\s*(openapi|swagger):\s*['"]?[123]\./m;
const UI = /swagger-ui(-bundle|-standalone|\.css|\.js)|SwaggerUIBundle|id=["']swagger-ui["']/;
const OTHER_UI =
  /<redoc\b|redoc\.standalone|Redoc\.init|<rapi-doc\b|@scalar\/api-reference|id=["']api-reference["']/;
const GRAPHQL_UI =
  /<title>\s*GraphiQL|graphiql(\.min)?\.(js|css)|GraphQLPlayground|graphql-playground|embeddable-(sandbox|explorer)|altair-static/i;

const DOC_PAGES = [
  "/docs",
  "/docs/",
  "/api-docs",
  "/api-docs/",
  "/api/docs",
  "/documentation",
  "/swagger",
  "/swagger/index.html",
  "/swagger-ui",
  "/swagger-ui.html",
  "/swagger-ui/index.html",
  "/api/swagger",
  "/redoc",
  "/scalar",
  "/reference",
];

/** Where frameworks put them: FastAPI, Spring, NestJS, ASP.NET, Django REST, Rails, Laravel, Symfony, Flask, Go. */
export const DOC_SUSPECTS: readonly DocSuspect[] = [
  { what: "Swagger UI", isConsole: false, paths: DOC_PAGES, magic: UI },
  { what: "a page of API documentation", isConsole: false, paths: DOC_PAGES, magic: OTHER_UI },
  {
    what: "the OpenAPI description",
    isConsole: false,
    paths: [
      "/openapi.json",
      "/openapi.yaml",
      "/swagger.json",
      "/swagger.yaml",
      "/v2/api-docs",
      "/v3/api-docs",
      "/swagger/v1/swagger.json",
      "/api/openapi.json",
      "/api/schema/",
      "/api-json",
      "/docs-json",
      "/api-docs.json",
      "/docs/api-docs.json",
      "/api-docs",
    ],
    magic: OPENAPI,
  },
  {
    what: "a GraphQL console",
    isConsole: true,
    paths: ["/graphiql", "/graphql", "/api/graphql", "/playground", "/altair", "/graphql/playground"],
    magic: GRAPHQL_UI,
  },
  {
    what: "Spring's actuator",
    isConsole: true,
    paths: ["/actuator", "/manage"],
    magic:
      /"_links"[\s\S]*"(env|beans|mappings|configprops|heapdump|threaddump|loggers|shutdown|conditions)"\s*:/,
  },
  {
    what: "Spring's actuator",
    isConsole: true,
    paths: ["/actuator/beans", "/actuator/mappings"],
    magic: /^\s*\{\s*"contexts"\s*:/,
  },
  {
    what: "the console of Werkzeug",
    isConsole: true,
    paths: ["/console"],
    magic: /Werkzeug|EVALEX\s*=\s*true/,
  },
  {
    what: "the console of H2",
    isConsole: true,
    paths: ["/h2-console", "/h2-console/"],
    magic: /<title>\s*H2 Console/,
  },
  {
    what: "the console of Hasura",
    isConsole: true,
    paths: ["/console"],
    magic: /__env\s*=\s*\{[\s\S]*hasura|<title>[^<]*Hasura/i,
  },
  {
    what: "the routes of Rails",
    isConsole: true,
    paths: ["/rails/info/routes", "/rails/info/properties"],
    magic: /<title>\s*Rails Info|Rails version|routing_table|id=["']route_table["']/i,
  },
  {
    what: "the outbox of Rails",
    isConsole: true,
    paths: ["/letter_opener", "/rails/mailers"],
    magic: /letter_opener|<title>Mailer Previews|Action Mailer Previews/i,
  },
  {
    what: "Laravel Telescope",
    isConsole: true,
    paths: ["/telescope", "/telescope/requests"],
    magic: /window\.Telescope\s*=|<title>\s*Telescope/,
  },
  {
    what: "Laravel Horizon",
    isConsole: true,
    paths: ["/horizon", "/horizon/dashboard"],
    magic: /window\.Horizon\s*=|<title>\s*Horizon\b/,
  },
  {
    what: "Laravel's Ignition",
    isConsole: true,
    paths: ["/_ignition/health-check"],
    magic: /"can_execute_commands"\s*:/,
  },
  {
    what: "the profiler of Symfony",
    isConsole: true,
    paths: ["/_profiler", "/_profiler/"],
    magic: /Symfony Profiler/,
  },
  { what: "Django's Silk profiler", isConsole: true, paths: ["/silk/"], magic: /<title>\s*Silky?\b/ },
  { what: "the dashboard of Sidekiq", isConsole: true, paths: ["/sidekiq"], magic: /<title>[^<]*Sidekiq/ },
  {
    what: "the dashboard of Bull",
    isConsole: true,
    paths: ["/admin/queues", "/queues"],
    magic: /<title>\s*Bull (Dashboard|Board)/i,
  },
  {
    what: "the dashboard of Hangfire",
    isConsole: true,
    paths: ["/hangfire"],
    magic: /<title>[^<]*Hangfire/i,
  },
  {
    what: "ELMAH's log of errors",
    isConsole: true,
    paths: ["/elmah.axd", "/elmah"],
    magic: /Error Log for|<title>[^<]*ELMAH/i,
  },
  { what: "ASP.NET's trace", isConsole: true, paths: ["/trace.axd"], magic: /Application Trace/ },
  {
    what: "Go's variables",
    isConsole: true,
    paths: ["/debug/vars"],
    magic: /^\s*\{[\s\S]*"(cmdline|memstats)"\s*:/,
  },
];

export const GRAPHQL_PATHS = ["/graphql", "/api/graphql", "/v1/graphql", "/graphql/"] as const;
export const INTROSPECTION = "{__schema{queryType{name}}}";
export const INTROSPECTED = /"__schema"\s*:\s*\{\s*"queryType"\s*:/;
