import type { IncomingMessage, ServerResponse } from "node:http";
import { answerPlainly } from "./plain-answer.ts";
import { readTarget } from "./request-target.ts";

/** Sends a plain request to the same address over TLS, method and body kept (RFC 9110 section 15.4.9). */
export function redirectToHttps(request: IncomingMessage, response: ServerResponse, port: number): void {
  const target = readTarget(request);
  if (!target || target.host === "" || target.url === "*") return void answerPlainly(response, 400);
  const location = `https://${target.host}${port === 443 ? "" : `:${port}`}${target.url}`;
  answerPlainly(response, 308, { location });
}
