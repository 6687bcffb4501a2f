import { createRemoteJWKSet, type JWTPayload, jwtVerify } from "jose";
import type { Settings } from "../settings.ts";

interface Discovery {
  readonly issuer: string;
  readonly jwks_uri: string;
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
}

/** The OpenID Connect issuer this application trusts. */
export interface Issuer {
  /** Claims of an access token meant for us; throws whatever is wrong with it. */
  verifyAccessToken(token: string): Promise<JWTPayload>;
  authorizationUrl(request: {
    redirectUri: string;
    state: string;
    nonce: string;
    challenge: string;
  }): Promise<string>;
  /** Exchanges a code (RFC 6749, PKCE) and verifies the ID token's nonce. Throws when anything does not fit. */
  redeem(request: {
    code: string;
    redirectUri: string;
    verifier: string;
    nonce: string;
  }): Promise<JWTPayload>;
}

const DISCOVERY_FRESH_MS = 10 * 60_000;

export function createIssuer(oidc: Settings["oidc"]): Issuer {
  let known: { at: number; discovery: Discovery; keys: ReturnType<typeof createRemoteJWKSet> } | undefined;

  async function discover() {
    if (known && performance.now() - known.at < DISCOVERY_FRESH_MS) return known;
    const url = `${oidc.issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: "error" });
    if (!response.ok) throw new Error(`the issuer's discovery answered ${response.status}`);
    const discovery = (await response.json()) as Discovery;
    if (discovery.issuer !== oidc.issuer) throw new Error("the issuer calls itself by another name");
    const keys = createRemoteJWKSet(new URL(discovery.jwks_uri), { timeoutDuration: 5_000 });
    known = { at: performance.now(), discovery, keys };
    return known;
  }

  async function verify(token: string, audience: string): Promise<JWTPayload> {
    const { keys } = await discover();
    const { payload } = await jwtVerify(token, keys, {
      issuer: oidc.issuer,
      audience,
      algorithms: ["RS256"],
      requiredClaims: ["sub", "exp", "iat"],
      clockTolerance: 5,
    });
    return payload;
  }

  return {
    verifyAccessToken: (token) => verify(token, oidc.audience),

    async authorizationUrl({ redirectUri, state, nonce, challenge }) {
      const { discovery } = await discover();
      const url = new URL(discovery.authorization_endpoint);
      url.search = new URLSearchParams({
        response_type: "code",
        client_id: oidc.clientId,
        redirect_uri: redirectUri,
        scope: "openid profile email",
        audience: oidc.audience,
        state,
        nonce,
        code_challenge: challenge,
        code_challenge_method: "S256",
      }).toString();
      return url.href;
    },

    async redeem({ code, redirectUri, verifier, nonce }) {
      const { discovery } = await discover();
      const response = await fetch(discovery.token_endpoint, {
        method: "POST",
        signal: AbortSignal.timeout(5_000),
        redirect: "error",
        body: new URLSearchParams({
          grant_type: "authorization_code",
          client_id: oidc.clientId,
          client_secret: oidc.clientSecret,
          code,
          redirect_uri: redirectUri,
          code_verifier: verifier,
        }),
      });
      if (!response.ok) throw new Error(`the issuer's token endpoint answered ${response.status}`);
      const { id_token: idToken } = (await response.json()) as { id_token?: string };
      if (!idToken) throw new Error("the issuer sent no ID token");
      const claims = await verify(idToken, oidc.clientId);
      if (claims.nonce !== nonce) throw new Error("the ID token was made for another sign-in");
      return claims;
    },
  };
}
