import type { IncomingMessage } from "node:http";
import { setTimeout } from "node:timers/promises";
import { serve, type TestServer } from "../../../test/fixtures/http-servers.ts";

export type Hole =
  | "sql error"
  | "sql answer"
  | "sql sleep"
  | "html"
  | "csrf"
  | "object"
  | "write"
  | "header"
  | "spelling"
  | "rewrite";

export interface Given {
  readonly hole?: Hole;
  /** The status with which something before the application answers. */
  readonly instead?: (request: IncomingMessage) => number | false;
  /** Nobody can register. */
  readonly isClosed?: boolean;
}

/** A small application with accounts and notes, whole but for one hole. Its sessions begin with "canary". */
export async function serveNotes({ hole, instead, isClosed }: Given): Promise<TestServer> {
  const notes = new Map<string, { owner: string; text: string }>();
  const people = new Map<string, string>();
  let made = 0;
  const server = await serve(async (request, response) => {
    let text = "";
    for await (const part of request) text += String(part);
    const url = new URL(request.url ?? "/", "http://app");
    const path =
      hole === "rewrite" ? String(request.headers["x-original-url"] ?? url.pathname) : url.pathname;
    const { method = "" } = request;
    const reply = (status: number, value: unknown = {}, headers: Record<string, string> = {}) =>
      response
        .writeHead(status, { "content-type": "application/json", ...headers })
        .end(JSON.stringify(value));
    const person = [...people.keys()].find((each) =>
      [`session=${each}`, `Bearer ${each}`].includes(
        request.headers.authorization ?? request.headers.cookie ?? "",
      ),
    );
    const isSpelt = hole === "spelling" && path.toLowerCase() === "/me";
    const isTold = hole === "header" && request.headers["x-forwarded-user"] !== undefined;
    const refused = instead?.(request);
    if (refused) return reply(refused);
    if (path === "/search") return search(url.searchParams.get("q") ?? "");
    if (path === "/register" && !isClosed) {
      const name = `canary-${made++}x`;
      people.set(name, (JSON.parse(text) as { name: string }).name);
      return reply(201, { session: name }, { "set-cookie": `session=${name}` });
    }
    if (
      !person &&
      path !== "/open" &&
      !(path === "/me" && url.pathname !== "/me") &&
      !(isSpelt && path !== "/me") &&
      !isTold
    )
      return reply(401);
    if (method !== "GET" && request.headers.origin !== server.url && hole !== "csrf") return reply(403);
    if (path === "/me" && method === "DELETE") people.delete(person ?? "");
    if (path === "/open" || path.toLowerCase() === "/me") return reply(200, { person });
    if (path === "/notes") {
      const id = `n${made++}`;
      notes.set(id, { owner: person ?? "", ...(JSON.parse(text) as { text: string }) });
      return reply(201, { id });
    }
    const [, id = "", shares] = /^\/notes\/([^/]+)(\/shares)?$/.exec(path) ?? [];
    const note = notes.get(id);
    if (note?.owner !== person && hole === "write" && note) note.text = "gone";
    if (!note || (note.owner !== person && hole !== "object"))
      return reply(404, id ? { error: "no such note" } : {});
    if (method === "DELETE") notes.delete(id);
    const isOwnName = shares && people.get(person ?? "") === (JSON.parse(text) as { with: string }).with;
    return reply(isOwnName ? 404 : 200, note);

    async function search(query: string) {
      if (hole === "sql error" && query.includes("'"))
        return reply(500, { error: "syntax error at or near" });
      if (hole === "sql answer" && query.includes("or '1'='1"))
        return reply(200, ["everything", "there", "is"]);
      if (hole === "sql sleep" && query.includes("pg_sleep")) await setTimeout(2_100);
      if (hole !== "html") return reply(200, [query]);
      return response.writeHead(200, { "content-type": "text/html" }).end(`<p>${query}</p>`);
    }
  });
  return server;
}
