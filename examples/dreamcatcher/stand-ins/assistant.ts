import { createServer, type Server } from "node:http";
import { type Asked, listenerOf, type Reply, replyJson } from "./reply.ts";

/**
 * A stand-in for OpenAI: the two parts of its API that are used here, and nothing it would refuse. Thinks of one
 * question, always the same. (OpenAI, API reference: Models, Chat completions.)
 */
export function createStandInAssistant({ url, key }: { url: string; key: string }): Server {
  const LIMITS = {
    "x-ratelimit-limit-requests": "500",
    "x-ratelimit-remaining-requests": "499",
    "x-ratelimit-limit-tokens": "200000",
    "x-ratelimit-remaining-tokens": "199000",
  };
  const known = (answer: (asked: Asked) => Reply) => (asked: Asked) =>
    asked.headers.authorization === `Bearer ${key}`
      ? { ...answer(asked), headers: LIMITS }
      : refused(401, "invalid_api_key", "Incorrect API key provided.");
  return createServer(
    listenerOf(url, {
      "GET /health": () => replyJson(200, { status: "ok" }),
      "GET /v1/models": known(() =>
        replyJson(200, {
          object: "list",
          data: [{ id: "gpt-4o-mini", object: "model", created: 1_721_172_741, owned_by: "system" }],
        }),
      ),
      "POST /v1/chat/completions": known(complete),
    }),
  );
}

function complete({ body }: Asked): Reply {
  const { model, messages } = JSON.parse(body) as { model?: unknown; messages?: unknown };
  if (typeof model !== "string")
    return refused(400, "missing_required_parameter", "you must provide a model");
  const isMessage = (each: unknown) =>
    /^(system|developer|user|assistant)$/.test(String((each as { role?: unknown } | null)?.role)) &&
    typeof (each as { content?: unknown }).content === "string";
  if (!Array.isArray(messages) || messages.length === 0 || !messages.every(isMessage))
    return refused(400, "invalid_value", "messages must be a list of messages");
  const content = "Where were you standing when it began?";
  return replyJson(200, {
    id: "chatcmpl-stand-in",
    object: "chat.completion",
    created: Math.floor(Date.now() / 1_000),
    model,
    choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
    usage: { prompt_tokens: 60, completion_tokens: 8, total_tokens: 68 },
  });
}

function refused(status: number, code: string, message: string): Reply {
  return replyJson(status, { error: { message, type: "invalid_request_error", param: null, code } });
}
