/** What is known of a provider before it is asked, as each documents it. */
export interface Provider {
  readonly title: string;
  readonly authorize: string;
  readonly token: string;
  /** Scopes that are more than signing in needs. */
  readonly broad: RegExp;
  /** Its own answer about a redirect address or a client it does not know. */
  readonly refusal: RegExp;
}

export const PROVIDERS = {
  github: {
    title: "GitHub",
    authorize: "https://github.com/login/oauth/authorize",
    token: "https://github.com/login/oauth/access_token",
    broad: /^(repo|admin:.*|delete_repo|write:.*|workflow)$/,
    refusal: /redirect_uri_mismatch|application_suspended|incorrect_client/i,
  },
  slack: {
    title: "Slack",
    authorize: "https://slack.com/openid/connect/authorize",
    token: "https://slack.com/api/openid.connect.token",
    broad: /^(admin.*|.*:write.*|.*:history)$/,
    refusal: /bad_redirect_uri|redirect_uri did not match|invalid_client_id|invalid client_id/i,
  },
  google: {
    title: "Google",
    authorize: "https://accounts.google.com/o/oauth2/v2/auth",
    token: "https://oauth2.googleapis.com/token",
    broad:
      /^https:\/\/(mail\.google\.com\/|www\.googleapis\.com\/auth\/(drive|gmail\.\w+|calendar|cloud-platform))$/,
    refusal: /redirect_uri_mismatch|invalid_client|authError=/i,
  },
} as const satisfies Readonly<Record<string, Provider>>;

export const PROVIDER_NAMES = ["github", "slack", "google"] as const;
export type ProviderName = (typeof PROVIDER_NAMES)[number];

export interface ProviderVariables {
  readonly id: string;
  readonly secret: string;
  /** Set only for a stand-in: everything is below it then (/authorize, /token). */
  readonly standIn: string;
}

export function variablesOf(name: ProviderName): ProviderVariables {
  const prefix = name.toUpperCase();
  return { id: `${prefix}_CLIENT_ID`, secret: `${prefix}_CLIENT_SECRET`, standIn: `${prefix}_OAUTH_URL` };
}
