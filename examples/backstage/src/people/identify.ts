import type { IncomingMessage } from "node:http";
import { Refusal } from "../http/answer.ts";
import { readCookie, SESSION_COOKIE } from "../http/cookies.ts";
import { type HostRules, hostOf, isTrustedOrigin } from "../http/origins.ts";
import type { BrowserSessions } from "./browser-sessions.ts";
import type { Person } from "./person.ts";

/** Who sends this request; undefined for nobody. Throws Refusal 403 on a change another site asked for. */
export type Identify = (method: string, headers: IncomingMessage["headers"]) => Promise<Person | undefined>;

export function createIdentify(world: { sessions: BrowserSessions; rules: HostRules }): Identify {
  const { sessions, rules } = world;
  return async (method, headers) => {
    const cookie = readCookie(headers.cookie, SESSION_COOKIE);
    if (!cookie) return undefined;
    const person = await sessions.personOf(cookie);
    if (!person) return undefined;
    const reads = method === "GET" || method === "HEAD";
    if (!reads && !isTrustedOrigin(headers.origin, hostOf(headers), rules)) {
      throw new Refusal(403, "foreign-origin", "this change was asked for by another site");
    }
    return person;
  };
}
