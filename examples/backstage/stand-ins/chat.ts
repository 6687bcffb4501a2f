import { createServer, type Server } from "node:http";
import { jwtVerify } from "jose";
import { listenerOf, replyJson } from "./reply.ts";

/** A stand-in for GetStream: knows a server by its token (HS256, server: true) and the key in the address. */
export function createStandInChat({
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
      "GET /app": async ({ url: asked, headers }) => {
        try {
          const { payload } = await jwtVerify(headers.authorization ?? "", bytes, { algorithms: ["HS256"] });
          const isServer = payload.server === true && headers["stream-auth-type"] === "jwt";
          if (!isServer || asked.searchParams.get("api_key") !== key) throw new Error("another");
        } catch {
          return replyJson(401, { code: 5, message: "auth failed", StatusCode: 401 });
        }
        const limits = { "x-ratelimit-limit": "300", "x-ratelimit-remaining": "299" };
        return { ...replyJson(200, { app: { name: "backstage" }, duration: "1ms" }), headers: limits };
      },
    }),
  );
}
