import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { ApiEnvironment } from "../access.ts";
import { DENIED, json, KEYED } from "../answers.ts";
import { backupShape, iso } from "../shapes.ts";
import type { ApiSources } from "../sources.ts";

const list = createRoute({
  method: "get",
  path: "/backups",
  summary: "Backups of every place, newest first, and whether each was restored and compared",
  security: KEYED,
  responses: { 200: json(z.object({ backups: z.array(backupShape) }), "By place"), ...DENIED },
});

export function addBackups(api: OpenAPIHono<ApiEnvironment>, sources: ApiSources): void {
  api.openapi(list, async (context) => {
    const places = (await sources.backups())?.places ?? [];
    const backups = places.flatMap(({ name: place, backups: found }) =>
      found.map(({ id, startedAt, storedBytes, damage, proof }) => ({
        id,
        place,
        startedAt: iso(startedAt),
        storedBytes,
        verdict: damage.length > 0 ? ("damaged" as const) : (proof?.verdict ?? ("unproven" as const)),
        problems: [...damage, ...(proof?.problems ?? [])].map(({ kind, what }) => `${kind}: ${what}`),
        ...(proof && { provenAt: iso(proof.provenAt), restoreMs: proof.restoreMs }),
      })),
    );
    return context.json({ backups }, 200);
  });
}
