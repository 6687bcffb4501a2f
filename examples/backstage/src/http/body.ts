import type { IncomingMessage } from "node:http";
import { Refusal } from "./answer.ts";

const DEFAULT_LIMIT = 64 * 1024;
const PATIENCE = 4;

/**
 * The body as it came; throws Refusal 413 when it is too big. One that is a little too big is read to its end and
 * thrown away, because a sender who is cut off in the middle never sees the answer.
 */
export async function readBody(message: IncomingMessage, limit = DEFAULT_LIMIT): Promise<Buffer> {
  const tooBig = () => new Refusal(413, "body-too-large", `at most ${limit} bytes`, { connection: "close" });
  if (Number(message.headers["content-length"] ?? 0) > limit * PATIENCE) throw tooBig();
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of message as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > limit * PATIENCE) throw tooBig();
    if (size > limit) parts.length = 0;
    else parts.push(part);
  }
  if (size > limit) throw tooBig();
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
