import type { Server as HttpServer } from "node:http";
import { Server } from "socket.io";
import type { Tokens } from "../accounts/tokens.ts";
import type { Database } from "../database.ts";
import { Refusal } from "../http/answer.ts";
import { type HostRules, hostOf, isAllowedHost, isTrustedOrigin } from "../http/origins.ts";
import { type Log, reasonOf } from "../log.ts";
import { joinRoom, ownRoom } from "../rooms/room.ts";
import { say } from "../rooms/routes.ts";
import { LIVE_CHANNEL, type LiveEvent } from "./tell.ts";

type Answer = (answer: Readonly<Record<string, unknown>>) => void;

export interface LiveSockets {
  /** Tells every page to come back, and takes no new ones. */
  close(): Promise<void>;
}

/** One socket a page, behind the same token as the API. Any instance reaches every room: they hear it from Postgres. */
export async function openLiveSockets(world: {
  server: HttpServer;
  tokens: Tokens;
  database: Database;
  rules: HostRules;
  log: Log;
}): Promise<LiveSockets> {
  const { server, tokens, database, rules, log } = world;
  const sockets = new Server(server, {
    path: "/socket.io/",
    // Two instances without sticky sessions: a poll would ask the other one.
    transports: ["websocket"],
    serveClient: false,
    pingInterval: 20_000,
    maxHttpBufferSize: 16 * 1024,
    destroyUpgrade: false,
    allowRequest: ({ headers }, decide) => {
      const host = hostOf(headers);
      const known = isAllowedHost(host, rules);
      decide(null, known && (headers.origin === undefined || isTrustedOrigin(headers.origin, host, rules)));
    },
  });

  sockets.use((socket, next) => {
    tokens.verify(String(socket.handshake.auth.token ?? "")).then(
      (person) => {
        socket.data.person = person;
        next();
      },
      () => next(new Error("unauthorized")),
    );
  });

  sockets.on("connection", (socket) => {
    const person = String(socket.data.person);
    socket.emit("authenticated", { person });
    const answering = async (answer: Answer | undefined, work: () => Promise<Record<string, unknown>>) => {
      const said = await work().catch((thrown: unknown) => {
        if (!(thrown instanceof Refusal)) log.error("socket failed", { reason: reasonOf(thrown) });
        return { error: thrown instanceof Refusal ? thrown.code : "internal" };
      });
      if (typeof answer === "function") answer(said);
    };
    socket.on("room:join", (asked: { code?: unknown }, answer?: Answer) =>
      answering(answer, async () => {
        const room = await joinRoom(database, person, String(asked?.code ?? ""));
        await socket.join(room.id);
        return { ...room };
      }),
    );
    socket.on("room:watch", (asked: { code?: unknown }, answer?: Answer) =>
      answering(answer, async () => {
        const room = await ownRoom(database, person, String(asked?.code ?? ""));
        await socket.join(room.id);
        return { ...room };
      }),
    );
    socket.on("message:send", (asked: { code?: unknown; text?: unknown }, answer?: Answer) =>
      answering(answer, async () => {
        const text = String(asked?.text ?? "");
        if (text.trim() === "" || text.length > 1_000)
          throw new Refusal(400, "bad-text", "1 to 1000 characters");
        return { ...(await say(database, { person, code: String(asked?.code ?? ""), text })) };
      }),
    );
  });

  await database.listen(LIVE_CHANNEL, (payload) => {
    const { room, event, data } = JSON.parse(payload) as LiveEvent;
    sockets.to(room).emit(event, data);
  });

  return {
    async close() {
      sockets.disconnectSockets(true);
      sockets.engine.close();
    },
  };
}
