/** Everything the application is told from outside, read once at the start. */
export interface Settings {
  readonly port: number;
  /** Where people reach it: "https://soulseer.example", no trailing slash. */
  readonly publicUrl: string;
  /** Host names it answers to, without ports; "*.example.org" stands for every name below. */
  readonly allowedHosts: readonly string[];
  /** Origins besides its own whose pages may call the API with credentials. */
  readonly allowedOrigins: readonly string[];
  readonly databaseUrl: string;
  readonly databasePoolMax: number;
  readonly redisUrl: string;
  readonly oidc: {
    readonly issuer: string;
    readonly audience: string;
    readonly clientId: string;
    readonly clientSecret: string;
    readonly rolesClaim: string;
  };
  readonly stripe: { readonly secretKey: string; readonly webhookSecret: string; readonly apiUrl: string };
  readonly rtc: { readonly appId: string; readonly certificate: string };
  readonly sessionSecret: string;
  /** Answers `/probe/broken` with 500, so that checks can look at such an answer. */
  readonly allowProbes: boolean;
  readonly release: string;
  readonly heartbeatFile: string | undefined;
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

  const publicUrl = url("PUBLIC_URL", ["https", "http"]);
  const settings: Settings = {
    port: Number(matching("PORT", /^\d{1,5}$/, "a port number", "3000")),
    publicUrl,
    allowedHosts: list("ALLOWED_HOSTS", URL.canParse(publicUrl) ? new URL(publicUrl).hostname : "localhost"),
    allowedOrigins: list("ALLOWED_ORIGINS", " "),
    databaseUrl: url("DATABASE_URL", ["postgres", "postgresql"]),
    databasePoolMax: Number(matching("DATABASE_POOL_MAX", /^[1-9]\d?$/, "a number from 1 to 99", "5")),
    redisUrl: url("REDIS_URL", ["redis", "rediss"]),
    oidc: {
      issuer: text("OIDC_ISSUER"),
      audience: text("OIDC_AUDIENCE"),
      clientId: text("OIDC_CLIENT_ID"),
      clientSecret: text("OIDC_CLIENT_SECRET"),
      rolesClaim: text("OIDC_ROLES_CLAIM", "roles"),
    },
    stripe: {
      secretKey: matching("STRIPE_SECRET_KEY", /^(sk|rk)_(test|live)_/, "a key that begins with sk_ or rk_"),
      webhookSecret: matching("STRIPE_WEBHOOK_SECRET", /^whsec_/, "a secret that begins with whsec_"),
      apiUrl: url("STRIPE_API_URL", ["https", "http"], "https://api.stripe.com"),
    },
    rtc: {
      appId: matching("RTC_APP_ID", /^[0-9a-f]{32}$/i, "32 hexadecimal characters"),
      certificate: matching("RTC_APP_CERTIFICATE", /^[0-9a-f]{32}$/i, "32 hexadecimal characters"),
    },
    sessionSecret: matching("SESSION_SECRET", /^.{43,}$/, "at least 43 characters (32 random bytes)"),
    allowProbes: matching("ALLOW_PROBES", /^(true|false)$/, "true or false", "false") === "true",
    release: text("GONOGO_RELEASE", "development"),
    heartbeatFile: env.GONOGO_HEARTBEAT_FILE || undefined,
    logLevel: matching("LOG_LEVEL", /^(debug|info|warn|error)$/, "debug, info, warn or error", "info") as
      | "debug"
      | "info"
      | "warn"
      | "error",
  };
  if (mistakes.length > 0) throw new Error(`wrong settings:\n  ${mistakes.join("\n  ")}`);
  return settings;
}
