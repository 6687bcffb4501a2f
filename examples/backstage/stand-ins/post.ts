import { createServer, type Server } from "node:http";
import { type Asked, listenerOf, type Reply, replyJson } from "./reply.ts";

/** A stand-in for SendGrid's v3 API: says what a key may do, takes letters of the right shape, sends none. */
export function createStandInPost({ url, key }: { url: string; key: string }): Server {
  const letters: string[] = [];
  const known = (answer: (asked: Asked) => Reply) => (asked: Asked) =>
    asked.headers.authorization === `Bearer ${key}`
      ? answer(asked)
      : replyJson(401, { errors: [{ message: "The provided authorization grant is invalid", field: null }] });
  return createServer(
    listenerOf(url, {
      "GET /health": () => replyJson(200, { status: "ok" }),
      "GET /v3/scopes": known(() => replyJson(200, { scopes: ["mail.send"] })),
      // What a mailbox would hold, for checks.
      "GET /stand-in/letters": known(({ url: asked }) => {
        const to = asked.searchParams.get("to") ?? "nobody";
        return replyJson(
          200,
          letters.filter((each) => each.includes(`"${to}"`)),
        );
      }),
      "POST /v3/mail/send": known(({ body }) => {
        const letter = JSON.parse(body) as { personalizations?: unknown[]; from?: { email?: string } };
        const isWhole = (letter.personalizations?.length ?? 0) > 0 && letter.from?.email?.includes("@");
        letters.push(body);
        if (letters.length > 500) letters.shift();
        return isWhole ? { status: 202 } : replyJson(400, { errors: [{ message: "not a letter" }] });
      }),
    }),
  );
}
