import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Monitor } from "../../model/monitor.ts";
import { STEP_MS } from "../../store/measurements/measurement-store.ts";
import type { ApiEnvironment } from "../access.ts";
import { DENIED, json, KEYED, MISSING } from "../answers.ts";
import { ApiProblem } from "../problem.ts";
import { iso, monitorDetailShape, monitorShape, sumShape } from "../shapes.ts";
import type { ApiSources } from "../sources.ts";

const STATES = ["up", "down", "unknown", "not asked yet"] as const;
const MOST_SUMS = 2_000;

const list = createRoute({
  method: "get",
  path: "/monitors",
  summary: "Every monitor and what it last said",
  security: KEYED,
  request: {
    query: z.object({ component: z.string().optional(), state: z.enum(STATES).optional() }),
  },
  responses: { 200: json(z.object({ monitors: z.array(monitorShape) }), "All that fit"), ...DENIED },
});

const one = createRoute({
  method: "get",
  path: "/monitors/{id}",
  summary: "One monitor; its id is encoded, since it holds a slash",
  security: KEYED,
  request: { params: z.object({ id: z.string() }) },
  responses: { 200: json(monitorDetailShape, "The monitor"), ...DENIED, ...MISSING },
});

const history = createRoute({
  method: "get",
  path: "/monitors/{id}/history",
  summary: "What its readings came to, minute by minute, hour by hour or day by day",
  security: KEYED,
  request: {
    params: z.object({ id: z.string() }),
    query: z.object({
      step: z.enum(["minute", "hour", "day"]).default("hour"),
      from: z.iso.datetime().optional(),
      until: z.iso.datetime().optional(),
    }),
  },
  responses: { 200: json(z.object({ sums: z.array(sumShape) }), "Oldest first"), ...DENIED, ...MISSING },
});

export function addMonitors(api: OpenAPIHono<ApiEnvironment>, sources: ApiSources): void {
  const { monitors, measurements, clock } = sources;
  const byId = new Map(monitors.map((monitor) => [monitor.id, monitor]));
  const find = (id: string): Monitor => {
    const found = byId.get(id);
    if (found) return found;
    throw new ApiProblem(404, `there is no monitor "${id}"`, "GET /api/v1/monitors lists them");
  };

  api.openapi(list, (context) => {
    const { component, state } = context.req.valid("query");
    const found = monitors
      .filter((each) => component === undefined || each.component === component)
      .map((each) => summaryOf(each, sources))
      .filter((each) => state === undefined || each.state === state);
    return context.json({ monitors: found }, 200);
  });

  api.openapi(one, (context) => {
    const { id } = context.req.valid("param");
    const monitor = find(id);
    const { title, consequence, severity, every } = monitor;
    const { detail, release } = sources.board.standings.get(id)?.reading ?? {};
    const said = { ...(detail !== undefined && { detail }), ...(release !== undefined && { release }) };
    return context.json(
      { ...summaryOf(monitor, sources), title, consequence, severity, every, ...said },
      200,
    );
  });

  api.openapi(history, async (context) => {
    const { id } = find(context.req.valid("param").id);
    const { step, ...asked } = context.req.valid("query");
    const until = asked.until === undefined ? clock.now() : Date.parse(asked.until);
    const earliest = until - MOST_SUMS * STEP_MS[step];
    const from = Math.max(
      earliest,
      asked.from === undefined ? until - 48 * STEP_MS[step] : Date.parse(asked.from),
    );
    const sums = await measurements.sums({ monitor: id, from, until, step });
    return context.json({ sums: sums.map(({ at, ...sum }) => ({ at: iso(at), ...sum })) }, 200);
  });
}

function summaryOf(monitor: Monitor, { board }: ApiSources): z.infer<typeof monitorShape> {
  const { id, component } = monitor;
  const shownOnly = monitor.shownOnly === true;
  const standing = board.standings.get(id);
  if (!standing) return { id, component, state: "not asked yet", shownOnly };
  const { reading, since } = standing;
  const { state, at, tookMs, value } = reading;
  return {
    id,
    component,
    state,
    shownOnly,
    since: iso(since),
    at: iso(at),
    tookMs: Math.round(tookMs),
    ...(value !== undefined && { value }),
  };
}
