import type { IncomingMessage } from "node:http";
import { Refusal } from "./answer.ts";

const DEFAULT_LIMIT = 64 * 1024;

/** The body as it came; throws Refusal 413 as soon as it is known to be too big. */
export async function readBody(message: IncomingMessage, limit = DEFAULT_LIMIT): Promise<Buffer> {
  const tooBig = () => new Refusal(413, "body-too-large", `at most ${limit} bytes`, { connection: "close" });
  if (Number(message.headers["content-length"] ?? 0) > limit) throw tooBig();
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of message as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > limit) throw tooBig();
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** A JSON object out of a body; throws Refusal 400 or 415. */
export function parseJson(body: Buffer, contentType: string | undefined): Readonly<Record<string, unknown>> {
  if (!contentType?.startsWith("application/json")) {
    throw new Refusal(415, "not-json", "send application/json");
  }
  let value: unknown;
  try {
    value = JSON.parse(body.toString("utf8"));
  } catch {
    throw new Refusal(400, "bad-json", "the body is not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Refusal(400, "bad-json", "the body is not a JSON object");
  }
  return value as Record<string, unknown>;
}
