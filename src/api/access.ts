import { getCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import type { ApiKey, KeyScope } from "../model/api-key.ts";
import type { ApiSources } from "./sources.ts";

/** What a request carries through its handlers. */
export interface ApiEnvironment {
  Variables: { key: ApiKey };
}

export const KEY_COOKIE = "gonogo_key";
const READING = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Lets in who shows a key: in the header, or in the dashboard's cookie, which other sites cannot send along
 * with a request that changes something (SameSite=Lax). Whatever changes something needs a key of scope "write".
 */
export function requireKey({ store }: Pick<ApiSources, "store">) {
  return createMiddleware<ApiEnvironment>(async (context, next) => {
    const shown = bearerOf(context.req.header("authorization")) ?? getCookie(context, KEY_COOKIE);
    const key = shown === undefined ? undefined : await store.keys.find(shown);
    if (!key) {
      const error = shown === undefined ? "a key is needed" : "this key opens nothing";
      context.header("WWW-Authenticate", "Bearer");
      return context.json({ error, fix: "gonogo key add <name>, then Authorization: Bearer <key>" }, 401);
    }
    const needed: KeyScope = READING.has(context.req.method) ? "read" : "write";
    if (needed === "write" && key.scope !== "write") {
      return context.json(
        { error: `the key "${key.name}" may only look`, fix: "one with --scope write" },
        403,
      );
    }
    context.set("key", key);
    return await next();
  });
}

/** RFC 6750 section 2.1. */
function bearerOf(header: string | undefined): string | undefined {
  return /^bearer +([\w.~+/-]+=*)$/i.exec(header ?? "")?.[1];
}
