import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import { type Asked, listenerOf, type Reply, replyJson } from "./reply.ts";

/** A stand-in for Mux's live streams: makes them, lists none, plays nothing. */
export function createStandInVideo(options: { url: string; tokenId: string; tokenSecret: string }): Server {
  const pair = Buffer.from(`${options.tokenId}:${options.tokenSecret}`).toString("base64");
  const known = (answer: (asked: Asked) => Reply) => (asked: Asked) =>
    asked.headers.authorization === `Basic ${pair}`
      ? answer(asked)
      : replyJson(401, { error: { type: "unauthorized", messages: ["Unauthorized request"] } });
  return createServer(
    listenerOf(options.url, {
      "GET /health": () => replyJson(200, { status: "ok" }),
      "GET /video/v1/live-streams": known(() => replyJson(200, { data: [] })),
      "POST /video/v1/live-streams": known(({ body }) => {
        const { playback_policies: policies } = JSON.parse(body) as { playback_policies?: unknown };
        if (!Array.isArray(policies) || policies.some((each) => each !== "public" && each !== "signed"))
          return replyJson(400, { error: { type: "invalid_parameters", messages: ["playback_policies"] } });
        const id = randomBytes(12).toString("hex");
        return replyJson(201, {
          data: { id, status: "idle", playback_ids: [{ id: `${id}p`, policy: policies[0] }] },
        });
      }),
    }),
  );
}
