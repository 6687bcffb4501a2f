import type { IncomingMessage } from "node:http";
import type { Database } from "../database.ts";
import { Refusal } from "../http/answer.ts";
import { readCookie, SESSION_COOKIE } from "../http/cookies.ts";
import { type HostRules, hostOf, isTrustedOrigin } from "../http/origins.ts";
import { type Log, reasonOf } from "../log.ts";
import type { BrowserSessions } from "./browser-sessions.ts";
import type { Issuer } from "./issuer.ts";
import { type Person, personById, personOfToken } from "./person.ts";

/** Who sends this request; undefined for nobody. Throws Refusal 401 on a bad token, 403 on a forged form. */
export type Identify = (method: string, headers: IncomingMessage["headers"]) => Promise<Person | undefined>;

export function createIdentify(world: {
  database: Database;
  issuer: Issuer;
  sessions: BrowserSessions;
  rolesClaim: string;
  rules: HostRules;
  log: Log;
}): Identify {
  const { database, issuer, sessions, rolesClaim, rules, log } = world;

  async function byToken(token: string): Promise<Person> {
    let claims: Awaited<ReturnType<Issuer["verifyAccessToken"]>>;
    try {
      claims = await issuer.verifyAccessToken(token);
    } catch (thrown) {
      log.info("token refused", { reason: reasonOf(thrown) });
      throw new Refusal(401, "bad-token", "the token is not valid here", {
        "www-authenticate": 'Bearer error="invalid_token"',
      });
    }
    return personOfToken(database, claims, rolesClaim);
  }

  return async (method, headers) => {
    const bearer = /^Bearer (\S+)$/i.exec(headers.authorization ?? "")?.[1];
    if (bearer) return byToken(bearer);
    const cookie = readCookie(headers.cookie, SESSION_COOKIE);
    if (!cookie) return undefined;
    const personId = await sessions.personOf(cookie).catch(() => undefined);
    if (!personId) return undefined;
    const reads = method === "GET" || method === "HEAD";
    if (!reads && !isTrustedOrigin(headers.origin, hostOf(headers), rules)) {
      throw new Refusal(403, "foreign-origin", "this change was asked for by another site");
    }
    return database.asPerson(personId, (query) => personById(query, personId));
  };
}
