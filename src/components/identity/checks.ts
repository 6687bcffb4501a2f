import { defineCheck } from "../../model/check.ts";
import { fail, type Outcome, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { type Discovery, discovery } from "./discovery.ts";
import { anonymousAnswers } from "./route-facts.ts";
import { type BadToken, forgedTokenAnswers, wrongClaimAnswers } from "./token-facts.ts";

export const discoveryValid = defineCheck({
  id: "oauth.discovery.valid",
  title: "The identity provider describes itself and its keys load",
  consequence: "Nobody can sign in, and no token can be verified.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1h",
  every: "5m",
  asks: ways(`
    auth0 domain configured | OIDC discovery works | JWKS endpoint reachable | identity provider configured
    OAuth provider configured | sign-in provider reachable | Auth0 tenant reachable
    Auth0 configured | Clerk configured | OpenID Connect configured
    OpenID configuration
    openid-configuration reachable | discovery document served | JWKS endpoint returns keys
    issuer discovery document | identity provider metadata and keys fetched | issuer URI resolves
    OIDC discovery document and JWKS | jwks_uri loads | signing keys of the identity provider load
    OIDC issuer correct | identity provider keys reachable
    Keycloak realm reachable
    JWKS URL | JWKS returns keys | OIDC metadata endpoint
    identity provider metadata reachable
  `),
  source: "https://openid.net/specs/openid-connect-discovery-1_0.html",
  needs: { found: discovery },
  run({ found }, { options }) {
    const fix = `set ${options.issuerVariable} to the issuer exactly as ${found.url} should say it`;
    const wrong = mistakeIn(found);
    if (wrong)
      return fail(wrong.summary, { expected: wrong.expected, found: wrong.found, fix: wrong.fix ?? fix });
    return pass(`${found.issuer} with ${found.keys?.list.length} keys`, {
      keys: found.keys?.list.length ?? 0,
      algorithms: found.algorithms.join(", "),
    });
  },
});

interface Mistake {
  readonly summary: string;
  readonly expected: string;
  readonly found: string;
  readonly fix?: string;
}

function mistakeIn(found: Discovery): Mistake | undefined {
  const { status, issuer, expected, url, endpoints, keys } = found;
  if (status !== 200 || issuer === undefined) {
    return {
      summary: "there is no discovery document",
      expected: `200 with an issuer at ${url}`,
      found: `${status}${status === 200 ? ", no issuer in it" : ""}`,
    };
  }
  if (issuer !== expected) {
    return {
      summary: "the issuer calls itself by another name",
      expected,
      found: issuer,
      fix: `set the variable to ${issuer}, to the last slash: tokens carry it as iss`,
    };
  }
  const missing = Object.entries(endpoints).filter(([, value]) => value === undefined);
  if (missing.length > 0) {
    return {
      summary: "the discovery document is incomplete",
      expected: Object.keys(endpoints).join(", "),
      found: `no ${missing.map(([name]) => name).join(", no ")}`,
    };
  }
  const plain = Object.entries(endpoints).filter(([, value]) => value !== undefined && isPlainAbroad(value));
  if (plain.length > 0) {
    return {
      summary: "the identity provider is reached without TLS",
      expected: "https",
      found: plain.map(([name, value]) => `${name}: ${value}`).join(", "),
    };
  }
  if (keys?.status !== 200 || keys.list.length === 0) {
    return {
      summary: "the keys do not load",
      expected: `200 with at least one key at ${endpoints.jwks_uri}`,
      found: `${keys?.status ?? "no answer"}, ${quantity(keys?.list.length ?? 0, "key")}`,
      fix: "ask the identity provider: without keys no token can be verified",
    };
  }
  const symmetric = keys.list.find(({ kty }) => kty === "oct");
  if (symmetric) {
    return {
      summary: "the published keys hold a symmetric one",
      expected: "only public keys",
      found: `kid ${symmetric.kid ?? "none"}: kty oct`,
      fix: "take it out and replace it: whoever reads the key set can sign tokens",
    };
  }
  return undefined;
}

/** Loopback is the one place where plain HTTP goes nowhere (RFC 8252 section 8.3). */
function isPlainAbroad(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol !== "https:" && !/^(127\.\d+\.\d+\.\d+|\[::1\]|(.+\.)?localhost)$/.test(hostname);
}

export const jwtAlgorithm = defineCheck({
  id: "auth.jwt.algorithm",
  title: "Tokens that the issuer did not sign are refused",
  consequence: "Anybody can write a token and be whoever they like.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    JWT RS256 verification | JWT signature verified | alg none rejected | JWT algorithm pinned
    JWT token verification | JWT validation implemented | JWT tokens verified with the provider's keys
    forged tokens refused | JWT tokens validated | token signature verification | JWT verification works
    invalid JWT rejected | tampered tokens rejected | JWT tokens signed | Unsigned JWT rejected
    algorithm confusion | HS256 and none tokens rejected | unsigned or tampered tokens refused
    tokens signed with another key refused | JWT algorithm checked | alg=none refused
    JWT verified with the right algorithm | JWT with wrong signature rejected
    JWT with broken signature refused | backend rejects invalid JWT signature | RS256 algorithms only
    jsonwebtoken verify with algorithms | JWT signature checked with public key
  `),
  source: "https://www.rfc-editor.org/rfc/rfc8725#section-3.1",
  needs: { answers: forgedTokenAnswers },
  run: ({ answers }, { options }) =>
    judge(answers, {
      accepted: "a forged token is accepted",
      fix: `verify tokens with the keys of ${options.issuerVariable} and name the algorithm yourself (jose: jwtVerify(token, keys, { algorithms: ["RS256"] })); never take it from the token`,
    }),
});

export const jwtClaims = defineCheck({
  id: "auth.jwt.claims",
  title: "Expired, foreign and early tokens are refused",
  consequence: "A token lives for ever, or one that was made for another application opens this one.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    JWT expiry enforced | JWT audience checked | expired tokens rejected
    token issuer and audience validated
    token expiration works
    expired JWT rejected
    JWT expires
    expired token refused | Token audience checked | Expired JWT returns 401
    expired token returns 401 | iss aud exp validated | exp and nbf claims
    token for another audience refused | issuer and audience of tokens checked | JWT claims validated
    token with wrong issuer rejected | tokens of other audience not accepted
    expiry, issuer and audience checked
    old access tokens refused
  `),
  source: "https://www.rfc-editor.org/rfc/rfc8725#section-3.8",
  needs: { answers: wrongClaimAnswers },
  run: ({ answers }, { options }) =>
    judge(answers, {
      accepted: "a token with wrong claims is accepted",
      fix: `check iss against ${options.issuerVariable}, aud against ${options.audienceVariable}, exp and nbf against the clock, and require exp (jose: jwtVerify(token, keys, { issuer, audience, requiredClaims: ["exp"] }))`,
    }),
});

function judge(answers: readonly BadToken[], words: { accepted: string; fix: string }): Outcome {
  const told = (some: readonly BadToken[]) => some.map(({ how, status }) => `${how}: ${status}`).join("; ");
  const findings = (some: readonly BadToken[]) => some.map(({ how }) => how);
  const accepted = answers.filter(({ status }) => status < 400);
  if (accepted.length > 0) {
    return fail(`${words.accepted}: ${accepted.map(({ how }) => how).join(", ")}`, {
      expected: "401",
      found: told(accepted),
      fix: words.fix,
      findings: findings(accepted),
    });
  }
  const stumbled = answers.filter(({ status }) => status >= 500 || status === 404);
  if (stumbled.length > 0) {
    return fail("a bad token is not refused but breaks the request", {
      expected: "401",
      found: told(stumbled),
      fix: "catch the error of the verification and answer 401",
      findings: findings(stumbled),
    });
  }
  return pass(`${quantity(answers.length, "bad token")} refused`, { cases: answers.length });
}

export const tokenRequired = defineCheck({
  id: "auth.token.required",
  title: "The protected route is closed to whoever is not signed in",
  consequence: "Anybody reads what only its owner may see.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "15m",
  asks: ways(`
    protected routes require login | requests without a token are refused
    authentication required on private routes | missing JWT rejected (401)
    requests without token return 401 | API requires a valid token | unauthenticated requests rejected
    API endpoints require authentication | endpoints require a token | authentication enforced on the API
    API refuses requests without a token
    API rejects anonymous requests | token required for API calls | signed-out requests get 401
    Requests without token get 401 | Protected endpoints need a token | API returns 401 without a token
    anonymous requests redirected to login | auth middleware on routes
    routes behind login | API not accessible without authentication
    API endpoints closed to anonymous users
    endpoints closed without login
    invalid token gets 401 | requests with an invalid token rejected | API rejects missing or invalid tokens
    valid JWT needed for the API
    service-to-service authentication | internal services authenticate with a token
    API key required | requests without an API key refused | API rejects calls without a key
  `),
  source: "https://owasp.org/Top10/A01_2021-Broken_Access_Control/",
  needs: { answers: anonymousAnswers },
  run({ answers }, { options }) {
    const open = answers.filter(({ status, location }) => !isDenied(status, location));
    if (open.length === 0) {
      return pass(
        `${options.route} answers ${[...new Set(answers.map(({ status }) => status))].join(", ")} to nobody`,
      );
    }
    const absent = open.every(({ status }) => status === 404 || status === 405);
    return fail(absent ? `there is no ${options.route}` : `${options.route} is open to anybody`, {
      expected: "401, 403 or a redirect to the sign-in page",
      found: open.map(({ how, status }) => `${how}: ${status}`).join("; "),
      fix: absent
        ? `correct identity({ route }) in gonogo.config.ts`
        : `require a verified person on GET ${options.route} before its handler runs`,
      findings: open.map(({ how }) => how),
    });
  },
});

function isDenied(status: number, location: string | undefined): boolean {
  return status === 401 || status === 403 || (status >= 300 && status < 400 && location !== undefined);
}
