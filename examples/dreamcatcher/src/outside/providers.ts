export const PROVIDERS = ["github", "slack", "google"] as const;
export type Provider = (typeof PROVIDERS)[number];

export interface Endpoints {
  readonly authorize: string;
  readonly token: string;
  /** Tells who somebody is, to whoever has their access token. */
  readonly user: string;
}
export interface ProviderSettings extends Endpoints {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** As each of them documents it. */
const REAL: Readonly<Record<Provider, Endpoints>> = {
  github: {
    authorize: "https://github.com/login/oauth/authorize",
    token: "https://github.com/login/oauth/access_token",
    user: "https://api.github.com/user",
  },
  slack: {
    authorize: "https://slack.com/openid/connect/authorize",
    token: "https://slack.com/api/openid.connect.token",
    user: "https://slack.com/api/openid.connect.userInfo",
  },
  google: {
    authorize: "https://accounts.google.com/o/oauth2/v2/auth",
    token: "https://oauth2.googleapis.com/token",
    user: "https://openidconnect.googleapis.com/v1/userinfo",
  },
};
const SCOPES: Readonly<Record<Provider, string>> = {
  github: "read:user user:email",
  slack: "openid profile email",
  google: "openid profile email",
};

/** A stand-in has everything below one address. */
export function endpointsOf(provider: Provider, standIn: string | undefined): Endpoints {
  if (!standIn) return REAL[provider];
  return { authorize: `${standIn}/authorize`, token: `${standIn}/token`, user: `${standIn}/user` };
}

export function authorizeUrl(
  provider: Provider,
  settings: ProviderSettings,
  { redirectUri, state, challenge }: { redirectUri: string; state: string; challenge: string },
): string {
  const url = new URL(settings.authorize);
  url.search = new URLSearchParams({
    response_type: "code",
    client_id: settings.clientId,
    redirect_uri: redirectUri,
    scope: SCOPES[provider],
    state,
    code_challenge: challenge,
    code_challenge_method: "S256",
  }).toString();
  return url.href;
}

export interface OutsidePerson {
  readonly subject: string;
  readonly email: string;
  readonly name: string;
}

/** Exchanges the code (RFC 6749 section 4.1.3, RFC 7636) and asks who that is. Throws what does not fit. */
export async function redeem(
  settings: ProviderSettings,
  { code, redirectUri, verifier }: { code: string; redirectUri: string; verifier: string },
): Promise<OutsidePerson> {
  const token = await askJson(settings.token, {
    method: "POST",
    headers: { accept: "application/json" },
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: settings.clientId,
      client_secret: settings.clientSecret,
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
    }),
  });
  if (typeof token.access_token !== "string") throw new Error("the provider sent no access token");
  const user = await askJson(settings.user, {
    headers: { accept: "application/json", authorization: `Bearer ${token.access_token}` },
  });
  const { sub, id, email, name } = user;
  const subject = String(sub ?? id ?? "");
  if (subject === "" || typeof email !== "string" || !email.includes("@")) {
    throw new Error("the provider does not tell who that is");
  }
  return { subject, email: email.toLowerCase(), name: typeof name === "string" && name ? name : "Dreamer" };
}

async function askJson(url: string, init: RequestInit): Promise<Record<string, unknown>> {
  const response = await fetch(url, { ...init, redirect: "error", signal: AbortSignal.timeout(5_000) });
  if (!response.ok) throw new Error(`${new URL(url).host} answered ${response.status}`);
  return (await response.json()) as Record<string, unknown>;
}
