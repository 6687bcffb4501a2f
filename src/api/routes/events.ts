import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { streamSSE } from "hono/streaming";
import type { ApiEnvironment } from "../access.ts";
import { DENIED, KEYED } from "../answers.ts";
import { iso } from "../shapes.ts";
import type { ApiSources } from "../sources.ts";

/** Proxies close a connection on which nothing comes for a minute. */
const COMMENT_EVERY_MS = 20_000;

const route = createRoute({
  method: "get",
  path: "/events",
  summary: "Changes of state as they happen (server-sent events)",
  security: KEYED,
  responses: {
    200: {
      description: 'One "change" for each monitor that goes up, down or unknown',
      content: { "text/event-stream": { schema: z.string() } },
    },
    ...DENIED,
  },
});

export function addEvents(api: OpenAPIHono<ApiEnvironment>, { board, monitors, clock }: ApiSources): void {
  const componentOf = new Map(monitors.map(({ id, component }) => [id, component]));
  api.openapi(route, (context) =>
    streamSSE(context, async (stream) => {
      const gone = new AbortController();
      const end = board.onChange(({ monitor, state, at, detail }) => {
        const data = { monitor, component: componentOf.get(monitor), state, at: iso(at), detail };
        void stream.writeSSE({ event: "change", data: JSON.stringify(data) });
      });
      stream.onAbort(() => gone.abort());
      try {
        while (!gone.signal.aborted) {
          await stream.write(": watching\n\n");
          await clock.delay(COMMENT_EVERY_MS, gone.signal).catch(() => undefined);
        }
      } finally {
        end();
      }
    }),
  );
}
