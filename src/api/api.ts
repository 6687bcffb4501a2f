import { OpenAPIHono } from "@hono/zod-openapi";
import { compress } from "hono/compress";
import { secureHeaders } from "hono/secure-headers";
import { type ApiEnvironment, requireKey } from "./access.ts";
import { expectOwnOrigin } from "./own-origin.ts";
import { addPages } from "./pages/pages.ts";
import { answerProblem } from "./problem.ts";
import { addBackups } from "./routes/backups.ts";
import { addDeployments } from "./routes/deployments.ts";
import { addEvents } from "./routes/events.ts";
import { addEvidence } from "./routes/evidence.ts";
import { addHealth } from "./routes/health.ts";
import { addIncidents } from "./routes/incidents.ts";
import { addMetrics } from "./routes/metrics.ts";
import { addMonitors } from "./routes/monitors.ts";
import type { ApiSources } from "./sources.ts";

const PREFIX = "/api/v1";

const ABOUT = {
  openapi: "3.1.0",
  info: {
    title: "Gonogo",
    version: "1",
    description: "What is watched, what was deployed, what is proven. Times are ISO 8601 in UTC.",
  },
  servers: [{ url: PREFIX }],
};

/** The API below /api/v1, the status page for everybody, the dashboard for whoever has a key. */
export function createApi(sources: ApiSources): OpenAPIHono<ApiEnvironment> {
  const app = new OpenAPIHono<ApiEnvironment>();
  app.use(compress());
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'unsafe-inline'"],
        scriptSrc: ["'self'"],
        connectSrc: ["'self'"],
        imgSrc: ["data:"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
      // With none at all browsers would not say which page a form was sent from.
      referrerPolicy: "same-origin",
    }),
  );
  app.use(expectOwnOrigin(sources));
  app.route(PREFIX, createVersion(sources));
  addPages(app, sources);
  app.notFound((context) =>
    context.json(
      { error: `there is nothing at ${context.req.path}`, fix: `${PREFIX}/openapi.json lists what is` },
      404,
    ),
  );
  app.onError(answerProblem);
  return app;
}

/** Every route of this version; also what `openApiDocument` is made from. */
function createVersion(sources: ApiSources): OpenAPIHono<ApiEnvironment> {
  const api = new OpenAPIHono<ApiEnvironment>({
    defaultHook: (result, context) => {
      if (result.success) return;
      const issues = result.error.issues.map(
        ({ path, message }) => `${path.join(".") || "request"}: ${message}`,
      );
      return context.json({ error: issues.join("; ") }, 400);
    },
  });
  api.openAPIRegistry.registerComponent("securitySchemes", "key", { type: "http", scheme: "bearer" });
  api.onError(answerProblem);
  addHealth(api, sources);
  api.get("/openapi.json", (context) => context.json(api.getOpenAPI31Document(ABOUT)));
  api.use(requireKey(sources));
  addMonitors(api, sources);
  addIncidents(api, sources);
  addDeployments(api, sources);
  addEvidence(api, sources);
  addBackups(api, sources);
  addEvents(api, sources);
  addMetrics(api, sources);
  return api;
}

/** The OpenAPI document without a running server, for the reference. */
export function openApiDocument(): object {
  return createVersion({} as ApiSources).getOpenAPI31Document(ABOUT);
}
