import type { Database } from "../database.ts";
import { type Answer, json, Refusal } from "../http/answer.ts";
import { parseJson } from "../http/body.ts";
import { clearCookie, readCookie, SESSION_COOKIE, setCookie } from "../http/cookies.ts";
import type { RateLimit } from "../http/rate-limit.ts";
import type { Request, Route } from "../http/route.ts";
import type { SendMail } from "../mail.ts";
import { type BrowserSessions, SESSION_SECONDS } from "./browser-sessions.ts";
import { hashPassword, isPassword, isWellKnown } from "./password.ts";

interface World {
  readonly database: Database;
  readonly sessions: BrowserSessions;
  readonly rateLimit: RateLimit;
  readonly sendMail: SendMail;
}

const PER_CALLER = { requests: 240, seconds: 60 };
const GUESSES = { requests: 5, seconds: 60 };
const LEAST_PASSWORD = 12;

export function peopleRoutes({ database, sessions, rateLimit, sendMail }: World): Route[] {
  const signedIn = async (id: string, status: number): Promise<Answer> =>
    json(
      status,
      { id },
      { "set-cookie": setCookie(SESSION_COOKIE, await sessions.open(id), SESSION_SECONDS) },
    );
  return [
    {
      method: "POST",
      path: "/api/register",
      access: "public",
      limit: PER_CALLER,
      async handle(request) {
        const { email, password, displayName } = credentialsOf(request);
        if (password.length < LEAST_PASSWORD)
          throw new Refusal(400, "short-password", `a password has at least ${LEAST_PASSWORD} characters`);
        if (isWellKnown(password))
          throw new Refusal(400, "known-password", "this password is among the first that others try");
        const hash = await hashPassword(password);
        const [made] = await database.asSystem((query) =>
          query<{ id: string }>(
            `insert into person (email, display_name, password_hash) values ($1, $2, $3)
             on conflict (email) do nothing returning id`,
            [email, displayName || email.split("@")[0], hash],
          ),
        );
        if (!made) throw new Refusal(409, "address-known", "there is an account with this address");
        await sendMail(email, "Welcome to Dreamcatcher", "Write your first dream down while it is fresh.");
        return signedIn(made.id, 201);
      },
    },
    {
      method: "POST",
      path: "/api/login",
      access: "public",
      limit: PER_CALLER,
      async handle(request) {
        const { email, password } = credentialsOf(request);
        await rateLimit.spend("guesses", email, GUESSES);
        const [known] = await database.asSystem((query) =>
          query<{ id: string; password_hash: string | null }>(
            "select id, password_hash from person where email = $1",
            [email],
          ),
        );
        if (!(await isPassword(password, known?.password_hash)) || !known)
          throw new Refusal(401, "wrong-login", "this address and this password do not belong together");
        return signedIn(known.id, 200);
      },
    },
    {
      method: "POST",
      path: "/api/logout",
      access: "signed in",
      async handle({ headers }) {
        await sessions.close(readCookie(headers.cookie, SESSION_COOKIE) ?? "");
        return { status: 204, headers: { "set-cookie": clearCookie(SESSION_COOKIE) } };
      },
    },
    { method: "GET", path: "/api/me", access: "signed in", handle: ({ person }) => json(200, person) },
  ];
}

function credentialsOf({ body, headers }: Request) {
  const { email, password, displayName } = parseJson(body, headers["content-type"]);
  if (typeof email !== "string" || !/^[^\s@<>"']{1,64}@[^\s@<>"']{3,189}$/.test(email))
    throw new Refusal(400, "bad-address", "send an e-mail address");
  if (typeof password !== "string" || password.length > 200)
    throw new Refusal(400, "bad-password", "send a password of at most 200 characters");
  const name = typeof displayName === "string" ? displayName.trim().slice(0, 80) : "";
  return { email: email.toLowerCase(), password, displayName: name };
}
