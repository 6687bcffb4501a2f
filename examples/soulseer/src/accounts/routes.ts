import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Database } from "../database.ts";
import { json, Refusal, redirect } from "../http/answer.ts";
import { clearCookie, readCookie, SESSION_COOKIE, SIGN_IN_COOKIE, setCookie } from "../http/cookies.ts";
import type { Request, Route } from "../http/route.ts";
import { type Log, reasonOf } from "../log.ts";
import type { BrowserSessions } from "./browser-sessions.ts";
import type { Issuer } from "./issuer.ts";
import { personOfToken } from "./person.ts";

interface World {
  readonly database: Database;
  readonly issuer: Issuer;
  readonly sessions: BrowserSessions;
  readonly rolesClaim: string;
  readonly log: Log;
}

export function accountRoutes({ database, issuer, sessions, rolesClaim, log }: World): Route[] {
  const callbackOf = ({ origin }: Request) => `${origin}/sign-in/callback`;
  return [
    {
      method: "GET",
      path: "/sign-in",
      access: "public",
      limit: { requests: 30, seconds: 60 },
      async handle(request) {
        const [state, nonce, verifier] = [random(), random(), random()];
        const pending = { state, nonce, verifier, returnTo: localPath(request.query.get("return")) };
        const id = await sessions.begin(pending);
        const challenge = createHash("sha256").update(verifier).digest("base64url");
        const location = await issuer.authorizationUrl({
          redirectUri: callbackOf(request),
          state,
          nonce,
          challenge,
        });
        return redirect(location, { "set-cookie": setCookie(SIGN_IN_COOKIE, id, 600) });
      },
    },
    {
      method: "GET",
      path: "/sign-in/callback",
      access: "public",
      limit: { requests: 30, seconds: 60 },
      async handle(request) {
        const id = readCookie(request.headers.cookie, SIGN_IN_COOKIE);
        const pending = id && (await sessions.finish(id));
        if (!pending || !same(request.query.get("state") ?? "", pending.state)) {
          throw new Refusal(400, "no-such-sign-in", "begin the sign-in again");
        }
        const code = request.query.get("code");
        if (!code) throw new Refusal(403, "sign-in-refused", "the issuer did not sign you in");
        const { verifier, nonce } = pending;
        const claims = await issuer
          .redeem({ code, redirectUri: callbackOf(request), verifier, nonce })
          .catch((thrown: unknown) => {
            log.warn("sign-in failed", { requestId: request.id, reason: reasonOf(thrown) });
            throw new Refusal(403, "sign-in-refused", "the issuer's answer could not be trusted");
          });
        const person = await personOfToken(database, claims, rolesClaim);
        const session = await sessions.open(person.id);
        return redirect(pending.returnTo, {
          "set-cookie": [
            setCookie(SESSION_COOKIE, session, sessions.maxAgeSeconds),
            clearCookie(SIGN_IN_COOKIE),
          ],
        });
      },
    },
    {
      method: "POST",
      path: "/sign-out",
      access: "signed in",
      async handle(request) {
        const id = readCookie(request.headers.cookie, SESSION_COOKIE);
        if (id) await sessions.close(id);
        return redirect("/", { "set-cookie": clearCookie(SESSION_COOKIE) });
      },
    },
    {
      method: "GET",
      path: "/api/me",
      access: "signed in",
      handle: ({ person }) =>
        json(200, { id: person?.id, displayName: person?.displayName, role: person?.role }),
    },
  ];
}

const random = () => randomBytes(32).toString("base64url");

/** Only a path of our own: never "//elsewhere" nor a whole URL. */
function localPath(wanted: string | null): string {
  return wanted && /^\/(?![/\\])[\w\-/.]*$/.test(wanted) ? wanted : "/";
}

function same(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
