import { createHash, randomBytes } from "node:crypto";
import type { Redis } from "ioredis";
import type { Database } from "../database.ts";
import { Refusal, redirect } from "../http/answer.ts";
import { clearCookie, readCookie, SESSION_COOKIE, SIGN_IN_COOKIE, setCookie } from "../http/cookies.ts";
import type { Request, Route } from "../http/route.ts";
import { type Log, reasonOf } from "../log.ts";
import { type BrowserSessions, SESSION_SECONDS } from "../people/browser-sessions.ts";
import type { Settings } from "../settings.ts";
import { authorizeUrl, type OutsidePerson, PROVIDERS, type Provider, redeem } from "./providers.ts";

const SIGN_IN_SECONDS = 600;
const LIMIT = { requests: 300, seconds: 60 };

interface World {
  readonly database: Database;
  readonly redis: Redis;
  readonly sessions: BrowserSessions;
  readonly settings: Settings;
  readonly log: Log;
}

/** Sign-in with GitHub, Slack or Google. State and verifier wait in Redis under what only this browser's cookie says. */
export function outsideRoutes({ database, redis, sessions, settings, log }: World): Route[] {
  const redirectUriOf = (provider: Provider) => `${settings.publicUrl}/sign-in/${provider}/callback`;
  return [
    {
      method: "GET",
      path: "/sign-in/:provider",
      access: "public",
      limit: LIMIT,
      async handle({ params }) {
        const provider = providerOf(params.provider);
        const [id, state, verifier] = [random(), random(), random()];
        const pending = JSON.stringify({ provider, state, verifier });
        await redis.set(`sign-in:${digest(id)}`, pending, "EX", SIGN_IN_SECONDS);
        const request = { redirectUri: redirectUriOf(provider), state, challenge: digest(verifier) };
        return redirect(authorizeUrl(provider, settings.providers[provider], request), {
          "set-cookie": setCookie(SIGN_IN_COOKIE, id, SIGN_IN_SECONDS),
        });
      },
    },
    {
      method: "GET",
      path: "/sign-in/:provider/callback",
      access: "public",
      limit: LIMIT,
      async handle(request) {
        const provider = providerOf(request.params.provider);
        const verifier = await verifierOf(request, provider);
        const code = request.query.get("code");
        if (!code) throw new Refusal(403, "sign-in-refused", "the provider did not sign you in");
        const redirectUri = redirectUriOf(provider);
        const outside = await redeem(settings.providers[provider], { code, redirectUri, verifier }).catch(
          (thrown: unknown) => {
            log.warn("sign-in failed", { requestId: request.id, provider, reason: reasonOf(thrown) });
            throw new Refusal(403, "sign-in-refused", "the provider's answer could not be trusted");
          },
        );
        const session = await sessions.open(await personOf(database, provider, outside));
        return redirect("/", {
          "set-cookie": [setCookie(SESSION_COOKIE, session, SESSION_SECONDS), clearCookie(SIGN_IN_COOKIE)],
        });
      },
    },
  ];

  /** Each sign-in is finished once, by the browser that began it. */
  async function verifierOf({ headers, query }: Request, provider: Provider): Promise<string> {
    const id = readCookie(headers.cookie, SIGN_IN_COOKIE);
    const text = id && (await redis.getdel(`sign-in:${digest(id)}`));
    const pending = text ? (JSON.parse(text) as Record<string, string>) : undefined;
    if (!pending || pending.provider !== provider || pending.state !== query.get("state")) {
      throw new Refusal(400, "no-such-sign-in", "begin the sign-in again");
    }
    return pending.verifier ?? "";
  }
}

/** An address that is known already is not taken over: its owner signs in first and joins the two. */
async function personOf(database: Database, provider: Provider, outside: OutsidePerson): Promise<string> {
  return database.asSystem(async (query) => {
    const [known] = await query<{ person_id: string }>(
      "select person_id from outside_account where provider = $1 and subject = $2",
      [provider, outside.subject],
    );
    if (known) return known.person_id;
    const [made] = await query<{ id: string }>(
      `insert into person (email, display_name, verified_at) values ($1, $2, now())
       on conflict (email) do nothing returning id`,
      [outside.email, outside.name.slice(0, 80)],
    );
    if (!made) throw new Refusal(409, "address-known", "sign in with your password first");
    await query("insert into outside_account (provider, subject, person_id) values ($1, $2, $3)", [
      provider,
      outside.subject,
      made.id,
    ]);
    return made.id;
  });
}

function providerOf(name: string | undefined): Provider {
  const provider = PROVIDERS.find((each) => each === name);
  if (!provider) throw new Refusal(404, "not-found", "there is no such way to sign in");
  return provider;
}

const random = () => randomBytes(32).toString("base64url");
const digest = (text: string) => createHash("sha256").update(text).digest("base64url");
