import { createServer, type Server } from "node:http";
import { jwtVerify } from "jose";
import { listenerOf, replyJson } from "./reply.ts";

/** A stand-in for LiveKit's room service: knows a server by its token (HS256, iss = key, grants in video). */
export function createStandInLive({
  url,
  key,
  secret,
}: {
  url: string;
  key: string;
  secret: string;
}): Server {
  const bytes = new TextEncoder().encode(secret);
  return createServer(
    listenerOf(url, {
      "GET /health": () => replyJson(200, { status: "ok" }),
      "POST /twirp/livekit.RoomService/ListRooms": async ({ headers }) => {
        try {
          const token = headers.authorization?.replace(/^Bearer /, "") ?? "";
          const { payload } = await jwtVerify(token, bytes, { issuer: key, algorithms: ["HS256"] });
          if ((payload.video as { roomList?: boolean } | undefined)?.roomList !== true)
            throw new Error("no grant");
        } catch {
          return replyJson(401, { code: "unauthenticated", msg: "invalid token" });
        }
        return replyJson(200, { rooms: [] });
      },
    }),
  );
}
