import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import type { ApiEnvironment } from "../access.ts";
import { json } from "../answers.ts";
import { overall, tally } from "../overall.ts";
import { healthShape, iso } from "../shapes.ts";
import type { ApiSources } from "../sources.ts";

const route = createRoute({
  method: "get",
  path: "/health",
  summary: "Whether the application is well, and the watcher itself",
  description: "Needs no key: it says how many, not what. Answers 200 also while the application is down.",
  responses: { 200: json(healthShape, "How it is") },
});

export function addHealth(api: OpenAPIHono<ApiEnvironment>, sources: ApiSources): void {
  const { launch, environment } = sources;
  api.openapi(route, async (context) => {
    const release = await sources.liveRelease();
    const stopped = await sources.stopped?.();
    const { lag, readings, lost } = sources.figures();
    return context.json({
      launch: launch.name,
      environment: environment.name,
      state: stopped ? "unknown" : overall(sources),
      monitors: tally(sources),
      ...(release !== undefined && { release }),
      ...(stopped && { stoppedSince: iso(stopped.at) }),
      watcher: { lagP99Ms: lag.p99Ms, readings, lost },
    });
  });
}
