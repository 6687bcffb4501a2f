import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Deploy } from "../../model/deploy.ts";
import type { ApiEnvironment } from "../access.ts";
import { DENIED, json, KEYED, MISSING } from "../answers.ts";
import { ApiProblem } from "../problem.ts";
import { deploymentDetailShape, deploymentShape, iso } from "../shapes.ts";
import type { ApiSources } from "../sources.ts";

/** How far back one is looked for. */
const MOST = 1_000;

const list = createRoute({
  method: "get",
  path: "/deployments",
  summary: "Deploys and rollbacks, newest first",
  security: KEYED,
  request: { query: z.object({ limit: z.coerce.number().int().min(1).max(500).default(50) }) },
  responses: { 200: json(z.object({ deployments: z.array(deploymentShape) }), "Newest first"), ...DENIED },
});

const one = createRoute({
  method: "get",
  path: "/deployments/{id}",
  summary: "One deployment with its steps",
  security: KEYED,
  request: { params: z.object({ id: z.string().openapi({ example: "d8" }) }) },
  responses: { 200: json(deploymentDetailShape, "The deployment"), ...DENIED, ...MISSING },
});

export function addDeployments(api: OpenAPIHono<ApiEnvironment>, { store, environment }: ApiSources): void {
  api.openapi(list, async (context) => {
    const found = await store.deploys.list(environment.name, context.req.valid("query").limit);
    return context.json({ deployments: found.map(toShape) }, 200);
  });

  api.openapi(one, async (context) => {
    const { id } = context.req.valid("param");
    const deploy = (await store.deploys.list(environment.name, MOST)).find((each) => each.id === id);
    if (!deploy) {
      throw new ApiProblem(404, `there is no deployment "${id}"`, "GET /api/v1/deployments lists them");
    }
    const steps = await store.deploys.steps(environment.name, id);
    const shown = steps.map(({ step, state, at }) => ({ step, state, at: iso(at) }));
    return context.json({ ...toShape(deploy), steps: shown }, 200);
  });
}

function toShape({
  id,
  kind,
  release,
  from,
  by,
  startedAt,
  finishedAt,
  state,
  reason,
}: Deploy): z.infer<typeof deploymentShape> {
  return {
    id,
    kind,
    release,
    ...(from !== undefined && { from }),
    by,
    startedAt: iso(startedAt),
    ...(finishedAt !== undefined && { finishedAt: iso(finishedAt) }),
    state,
    ...(reason !== undefined && { reason }),
  };
}
