import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { ApiEnvironment } from "../access.ts";
import { DENIED, json, KEYED } from "../answers.ts";
import { evidenceShape, iso } from "../shapes.ts";
import type { ApiSources } from "../sources.ts";

const latest = createRoute({
  method: "get",
  path: "/evidence",
  summary: "The newest outcome of every check",
  security: KEYED,
  request: {
    query: z.object({ component: z.string().optional(), check: z.string().optional() }),
  },
  responses: {
    200: json(z.object({ evidence: z.array(evidenceShape) }), "By component and check"),
    ...DENIED,
  },
});

const chain = createRoute({
  method: "get",
  path: "/evidence/chain",
  summary: "Walks the chain: whether a row was changed, and which",
  security: KEYED,
  responses: {
    200: json(z.object({ rows: z.int(), brokenAt: z.int().optional() }), "What the walk found"),
    ...DENIED,
  },
});

export function addEvidence(api: OpenAPIHono<ApiEnvironment>, sources: ApiSources): void {
  const { store, environment } = sources;

  api.openapi(latest, async (context) => {
    const { component, check } = context.req.valid("query");
    const rows = await store.evidence.latest(environment.name, await sources.liveRelease());
    const found = rows.filter(
      (row) => (component ?? row.component) === row.component && (check ?? row.check) === row.check,
    );
    const shown = found.map(({ seq, outcome, observedAt, freshUntil, release, ...row }) => ({
      seq,
      component: row.component,
      check: row.check,
      status: outcome.status,
      says: "summary" in outcome ? outcome.summary : outcome.reason,
      observedAt: iso(observedAt),
      freshUntil: iso(freshUntil),
      ...(release !== undefined && { release }),
    }));
    return context.json({ evidence: shown }, 200);
  });

  api.openapi(chain, async (context) => {
    const { rows, brokenAt } = await store.evidence.verify();
    return context.json({ rows, ...(brokenAt !== undefined && { brokenAt }) }, 200);
  });
}
