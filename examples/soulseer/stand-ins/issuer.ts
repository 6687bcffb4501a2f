import { createHash, randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import { type JWTPayload, SignJWT } from "jose";
import { hiddenField, standInPage } from "./page.ts";
import { type Asked, listenerOf, type Reply, replyJson, replyPage, replyText } from "./reply.ts";
import type { SigningKey } from "./signing-key.ts";

export interface StandInIssuerOptions {
  /** "http://127.0.0.1:4801": the `iss` of every token. */
  readonly issuer: string;
  readonly audience: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly key: SigningKey;
  readonly now?: () => number;
}

interface PendingCode {
  readonly redirectUri: string;
  readonly challenge: string;
  readonly nonce: string;
  readonly subject: string;
  readonly name: string;
  readonly role: string;
  readonly expiresAt: number;
}

const TOKEN_SECONDS = 3_600;
const CODE_MS = 60_000;

/**
 * A stand-in for the real OpenID Connect issuer: discovery, keys, a sign-in page without passwords, the token
 * endpoint with PKCE, and `/stand-in/sign`, which signs whatever claims the client's secret asks for, so that
 * checks can show that wrong ones are refused. Loopback and staging only.
 */
export function createStandInIssuer(options: StandInIssuerOptions): Server {
  const { issuer, audience, clientId, clientSecret, key } = options;
  const now = options.now ?? Date.now;
  const codes = new Map<string, PendingCode>();

  const sign = (claims: JWTPayload) =>
    new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: key.kid, typ: "JWT" }).sign(key.privateKey);
  const usual = (aud: string): JWTPayload => {
    const iat = Math.floor(now() / 1_000);
    return { iss: issuer, aud, iat, nbf: iat, exp: iat + TOKEN_SECONDS };
  };

  function showSignIn({ url }: Asked): Reply {
    const ask = Object.fromEntries(url.searchParams);
    const mistake = mistakeIn(ask, clientId);
    return mistake ? replyText(400, mistake) : replyPage(signInPage(ask));
  }

  function signIn({ form }: Asked): Reply {
    const ask = Object.fromEntries(form);
    const mistake = mistakeIn(ask, clientId);
    if (mistake) return replyText(400, mistake);
    const code = randomBytes(32).toString("base64url");
    const name = ask.name?.trim() || "Guest";
    codes.set(code, {
      redirectUri: ask.redirect_uri ?? "",
      challenge: ask.code_challenge ?? "",
      nonce: ask.nonce ?? "",
      subject: `stand-in|${name.toLowerCase().replace(/\W+/g, "-")}`,
      name,
      role: ask.role ?? "client",
      expiresAt: now() + CODE_MS,
    });
    const back = new URL(ask.redirect_uri ?? "");
    back.searchParams.set("code", code);
    back.searchParams.set("state", ask.state ?? "");
    return { status: 303, location: back.href };
  }

  async function redeem({ form }: Asked): Promise<Reply> {
    const pending = codes.get(form.get("code") ?? "");
    codes.delete(form.get("code") ?? "");
    const proof = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    const fits =
      pending &&
      pending.expiresAt > now() &&
      form.get("client_id") === clientId &&
      form.get("client_secret") === clientSecret &&
      form.get("redirect_uri") === pending.redirectUri &&
      proof === pending.challenge;
    if (!fits) return replyJson(400, { error: "invalid_grant" });
    const { subject: sub, name, role, nonce } = pending;
    return replyJson(200, {
      token_type: "Bearer",
      expires_in: TOKEN_SECONDS,
      id_token: await sign({ ...usual(clientId), sub, name, roles: [role], nonce }),
      access_token: await sign({ ...usual(audience), sub, name, roles: [role] }),
    });
  }

  async function signAnything({ body, headers }: Asked): Promise<Reply> {
    if (headers.authorization !== `Bearer ${clientSecret}`) return replyJson(401, { error: "unauthorized" });
    const claims = { ...usual(audience), ...(JSON.parse(body) as JWTPayload) };
    // null takes a usual claim away.
    const kept = Object.entries(claims).filter(([, value]) => value !== null);
    return replyJson(200, { token: await sign(Object.fromEntries(kept)) });
  }

  const listener = listenerOf(issuer, {
    "GET /health": () => replyJson(200, { status: "ok" }),
    "GET /.well-known/openid-configuration": () => replyJson(200, discoveryOf(issuer)),
    "GET /jwks": () => replyJson(200, { keys: [key.publicJwk] }),
    "GET /authorize": showSignIn,
    "POST /authorize": signIn,
    "POST /token": redeem,
    "POST /stand-in/sign": signAnything,
  });
  return createServer(listener);
}

function discoveryOf(issuer: string): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    code_challenge_methods_supported: ["S256"],
    token_endpoint_auth_methods_supported: ["client_secret_post"],
  };
}

function signInPage(ask: Readonly<Record<string, string>>): string {
  const hidden = Object.entries(ask).map(([name, value]) => hiddenField(name, value));
  return standInPage({
    title: "Who do you want to be?",
    warning:
      "This is a stand-in for the real sign-in provider. It asks for no password and exists in staging only.",
    form: `${hidden.join("")}
<label>Name <input name="name" value="Ada" maxlength="40" required></label>
<label>Role <select name="role"><option>client</option><option>reader</option><option>admin</option></select></label>
<button>Sign in</button>`,
  });
}

/** Only pages of this machine may be sent a code. */
function mistakeIn(ask: Readonly<Record<string, string>>, clientId: string): string | undefined {
  const redirect = URL.canParse(ask.redirect_uri ?? "") ? new URL(ask.redirect_uri ?? "") : undefined;
  if (ask.client_id !== clientId) return "unknown client_id";
  if (ask.response_type !== "code") return "response_type must be code";
  if (ask.code_challenge_method !== "S256" || !ask.code_challenge) return "PKCE with S256 is required";
  if (!redirect || !/(^|\.)localhost$|^127\.0\.0\.1$/.test(redirect.hostname)) {
    return "redirect_uri is not of this machine";
  }
  if (redirect.pathname !== "/sign-in/callback") return "redirect_uri is not registered";
  return undefined;
}
