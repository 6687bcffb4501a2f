import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Incident } from "../../model/incident.ts";
import type { ApiEnvironment } from "../access.ts";
import { answerQuestion, MOST_WHY } from "../answer-question.ts";
import { DENIED, json, KEYED, MISSING } from "../answers.ts";
import { ApiProblem } from "../problem.ts";
import { errorShape, incidentDetailShape, incidentShape, iso } from "../shapes.ts";
import type { ApiSources } from "../sources.ts";

const id = z.object({ id: z.string().openapi({ example: "i12" }) });

const why = z.string().trim().min(1).max(MOST_WHY).openapi({ description: "Kept in the record." });
const release = z.string().openapi({ example: "r12" });

const list = createRoute({
  method: "get",
  path: "/incidents",
  summary: "Incidents, newest first",
  security: KEYED,
  request: {
    query: z.object({
      unresolved: z.enum(["true", "false"]).default("false"),
      limit: z.coerce.number().int().min(1).max(500).default(50),
    }),
  },
  responses: { 200: json(z.object({ incidents: z.array(incidentShape) }), "Newest first"), ...DENIED },
});

const one = createRoute({
  method: "get",
  path: "/incidents/{id}",
  summary: "One incident with its timeline",
  security: KEYED,
  request: { params: id },
  responses: { 200: json(incidentDetailShape, "The incident"), ...DENIED, ...MISSING },
});

const acknowledge = createRoute({
  method: "post",
  path: "/incidents/{id}/acknowledge",
  summary: "Somebody has it in hand: nobody else is woken",
  security: KEYED,
  request: {
    params: id,
    body: { content: { "application/json": { schema: z.object({ by: z.string().min(1).max(100) }) } } },
  },
  responses: {
    200: json(incidentShape, "Acknowledged"),
    409: json(errorShape, "Somebody has already"),
    ...DENIED,
    ...MISSING,
  },
});

const answer = createRoute({
  method: "post",
  path: "/incidents/{id}/answer",
  summary: "Whether a release that went bad goes back or stays, where the declaration leaves that to people",
  security: KEYED,
  request: {
    params: id,
    body: {
      content: {
        "application/json": {
          schema: z.discriminatedUnion("answer", [
            z.object({ answer: z.literal("keep"), from: release, why }),
            z.object({ answer: z.literal("back"), from: release, to: release, why }),
          ]),
        },
      },
    },
  },
  responses: {
    202: json(incidentShape, "It stays; or it goes back from now on, and the incident's timeline tells how"),
    409: json(errorShape, "Nothing was done: it was answered already, is over, or another release is live"),
    ...DENIED,
    ...MISSING,
  },
});

export function addIncidents(api: OpenAPIHono<ApiEnvironment>, sources: ApiSources): void {
  const { store, environment, clock } = sources;

  api.openapi(list, async (context) => {
    const { unresolved, limit } = context.req.valid("query");
    const found = await store.incidents.list(environment.name, { limit, unresolved: unresolved === "true" });
    return context.json({ incidents: found.map(toShape) }, 200);
  });

  api.openapi(one, async (context) => {
    const { id: name } = context.req.valid("param");
    const incident = await store.incidents.get(environment.name, name);
    if (!incident) throw missing(name);
    const events = await store.incidents.events(environment.name, name);
    const shown = events.map(({ at, kind, by, text }) => ({
      at: iso(at),
      kind,
      ...(by !== undefined && { by }),
      text,
    }));
    return context.json({ ...toShape(incident), events: shown }, 200);
  });

  api.openapi(acknowledge, async (context) => {
    const { id: name } = context.req.valid("param");
    const { by } = context.req.valid("json");
    const incident = await store.incidents.get(environment.name, name);
    if (!incident) throw missing(name);
    const isFirst = await store.incidents.acknowledge(environment.name, name, { by, at: clock.now() });
    const now = (await store.incidents.get(environment.name, name)) ?? incident;
    if (!isFirst)
      throw new ApiProblem(409, `${name} is in ${now.acknowledgedBy ?? "somebody"}'s hands, or over`);
    return context.json(toShape(now), 200);
  });

  api.openapi(answer, async (context) => {
    const { id: name } = context.req.valid("param");
    if (!(await store.incidents.get(environment.name, name))) throw missing(name);
    const form = context.req.valid("json");
    const refused = await answerQuestion(sources, { id: name, key: context.get("key"), form });
    if (refused !== undefined)
      throw new ApiProblem(409, refused, `GET /api/v1/incidents/${name} tells how it stands`);
    const now = await store.incidents.get(environment.name, name);
    if (!now) throw missing(name);
    return context.json(toShape(now), 202);
  });
}

function missing(id: string): ApiProblem {
  return new ApiProblem(404, `there is no incident "${id}"`, "GET /api/v1/incidents lists them");
}

function toShape(incident: Incident): z.infer<typeof incidentShape> {
  const {
    id: name,
    state,
    severity,
    title,
    component,
    affected,
    openedAt,
    acknowledgedBy,
    release,
  } = incident;
  const times = {
    acknowledgedAt: iso(incident.acknowledgedAt),
    mitigatedAt: iso(incident.mitigatedAt),
    resolvedAt: iso(incident.resolvedAt),
  };
  return {
    id: name,
    state,
    severity,
    title,
    component,
    affected: [...affected],
    openedAt: iso(openedAt),
    ...Object.fromEntries(Object.entries(times).filter(([, at]) => at !== undefined)),
    ...(acknowledgedBy !== undefined && { acknowledgedBy }),
    ...(release !== undefined && { release }),
  };
}
