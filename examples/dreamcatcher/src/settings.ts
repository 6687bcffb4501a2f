import { endpointsOf, type Provider, type ProviderSettings } from "./outside/providers.ts";

/** Everything the application is told from outside, read once at the start. */
export interface Settings {
  readonly port: number;
  /** Where people reach it: "https://dreamcatcher.example", no trailing slash. */
  readonly publicUrl: string;
  /** Host names it answers to, without ports; "*.example.org" stands for every name below. */
  readonly allowedHosts: readonly string[];
  /** Origins besides its own whose pages may call the API with credentials. */
  readonly allowedOrigins: readonly string[];
  readonly databaseUrl: string;
  readonly databasePoolMax: number;
  readonly redisUrl: string;
  /** Signs the short tokens that open the live socket. */
  readonly jwtSecret: string;
  readonly assistant: { readonly key: string; readonly apiUrl: string; readonly model: string };
  readonly stripe: {
    readonly secretKey: string;
    readonly publishableKey: string;
    readonly webhookSecret: string;
    readonly apiUrl: string;
  };
  readonly mail: { readonly key: string; readonly apiUrl: string; readonly from: string };
  readonly providers: Readonly<Record<Provider, ProviderSettings>>;
  /** Answers `/probe/broken` with 500, so that checks can look at such an answer. */
  readonly allowProbes: boolean;
  readonly release: string;
  readonly logLevel: "debug" | "info" | "warn" | "error";
}

/** Reads the process's variables; every mistake is named in one error, no value is ever repeated. */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const mistakes: string[] = [];
  const text = (name: string, fallback?: string): string => {
    const value = env[name]?.trim() || fallback;
    if (value === undefined) mistakes.push(`${name} is not set`);
    return value ?? "";
  };
  const matching = (name: string, shape: RegExp, told: string, fallback?: string): string => {
    const value = text(name, fallback);
    if (value !== "" && !shape.test(value)) mistakes.push(`${name} must be ${told}`);
    return value;
  };
  const url = (name: string, protocols: readonly string[], fallback?: string): string => {
    const value = text(name, fallback);
    const protocol = URL.canParse(value) ? new URL(value).protocol.slice(0, -1) : "";
    if (value !== "" && !protocols.includes(protocol)) {
      mistakes.push(`${name} must be a URL with ${protocols.join(" or ")}`);
    }
    return value.replace(/\/$/, "");
  };
  const list = (name: string, fallback: string): string[] =>
    text(name, fallback)
      .split(",")
      .map((each) => each.trim())
      .filter((each) => each !== "");
  const WEB = ["https", "http"];

  const publicUrl = url("PUBLIC_URL", WEB);
  const provider = (
    name: Provider,
    [id, secret, standIn]: readonly [string, string, string],
  ): ProviderSettings => ({
    clientId: text(id),
    clientSecret: text(secret),
    ...endpointsOf(name, env[standIn]?.trim()),
  });
  const settings: Settings = {
    port: Number(matching("PORT", /^\d{1,5}$/, "a port number", "3000")),
    publicUrl,
    allowedHosts: list("ALLOWED_HOSTS", URL.canParse(publicUrl) ? new URL(publicUrl).hostname : "localhost"),
    allowedOrigins: list("ALLOWED_ORIGINS", " "),
    databaseUrl: url("DATABASE_URL", ["postgres", "postgresql"]),
    databasePoolMax: Number(matching("DATABASE_POOL_MAX", /^[1-9]\d?$/, "a number from 1 to 99", "5")),
    redisUrl: url("REDIS_URL", ["redis", "rediss"]),
    jwtSecret: matching("JWT_SECRET", /^.{43,}$/, "at least 43 characters (256 random bits)"),
    assistant: {
      key: matching("OPENAI_API_KEY", /^sk-/, "a key that begins with sk-"),
      apiUrl: url("OPENAI_BASE_URL", WEB, "https://api.openai.com"),
      model: text("OPENAI_MODEL", "gpt-4o-mini"),
    },
    stripe: {
      secretKey: matching("STRIPE_SECRET_KEY", /^(sk|rk)_(test|live)_/, "a key that begins with sk_ or rk_"),
      publishableKey: matching(
        "STRIPE_PUBLISHABLE_KEY",
        /^pk_(test|live)_/,
        "a key that begins with pk_test_ or pk_live_",
      ),
      webhookSecret: matching("STRIPE_WEBHOOK_SECRET", /^whsec_/, "a secret that begins with whsec_"),
      apiUrl: url("STRIPE_API_URL", WEB, "https://api.stripe.com"),
    },
    mail: {
      key: matching("SENDGRID_API_KEY", /^SG\./, "a key that begins with SG."),
      apiUrl: url("SENDGRID_API_URL", WEB, "https://api.sendgrid.com"),
      from: text("MAIL_FROM", "hello@dreamcatcher.example"),
    },
    providers: {
      github: provider("github", ["GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET", "GITHUB_OAUTH_URL"]),
      slack: provider("slack", ["SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_OAUTH_URL"]),
      google: provider("google", ["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET", "GOOGLE_OAUTH_URL"]),
    },
    allowProbes: matching("ALLOW_PROBES", /^(true|false)$/, "true or false", "false") === "true",
    release: text("GONOGO_RELEASE", "development"),
    logLevel: matching("LOG_LEVEL", /^(debug|info|warn|error)$/, "debug, info, warn or error", "info") as
      | "debug"
      | "info"
      | "warn"
      | "error",
  };
  if (mistakes.length > 0) throw new Error(`wrong settings:\n  ${mistakes.join("\n  ")}`);
  return settings;
}
