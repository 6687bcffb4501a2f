/** Everything the application is told from outside, read once at the start. */
export interface Settings {
  readonly port: number;
  /** Where people reach it: "https://backstage.example", no trailing slash. */
  readonly publicUrl: string;
  /** Host names it answers to, without ports; "*.example.org" stands for every name below. */
  readonly allowedHosts: readonly string[];
  /** Origins besides its own whose pages may call the API with credentials. */
  readonly allowedOrigins: readonly string[];
  readonly databaseUrl: string;
  readonly databasePoolMax: number;
  readonly redisUrl: string;
  readonly live: { readonly host: string; readonly key: string; readonly secret: string };
  readonly video: { readonly apiUrl: string; readonly tokenId: string; readonly tokenSecret: string };
  readonly chat: { readonly key: string; readonly secret: string };
  readonly stripe: {
    readonly secretKey: string;
    readonly publishableKey: string;
    readonly webhookSecret: string;
    readonly apiUrl: string;
  };
  readonly mail: { readonly key: string; readonly apiUrl: string; readonly from: string };
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
  const WEB = ["https", "http"];

  const publicUrl = url("BASE_URL", WEB);
  const settings: Settings = {
    port: Number(matching("PORT", /^\d{1,5}$/, "a port number", "3000")),
    publicUrl,
    allowedHosts: list("ALLOWED_HOSTS", URL.canParse(publicUrl) ? new URL(publicUrl).hostname : "localhost"),
    allowedOrigins: list("ALLOWED_ORIGINS", " "),
    databaseUrl: url("DATABASE_URL", ["postgres", "postgresql"]),
    databasePoolMax: Number(matching("DATABASE_POOL_MAX", /^[1-9]\d?$/, "a number from 1 to 99", "5")),
    redisUrl: url("REDIS_URL", ["redis", "rediss"]),
    live: {
      host: url("LIVEKIT_HOST", ["wss", "ws"]),
      key: text("LIVEKIT_API_KEY"),
      secret: matching("LIVEKIT_API_SECRET", /^.{32,}$/, "at least 32 characters"),
    },
    video: {
      apiUrl: url("MUX_API_URL", WEB, "https://api.mux.com"),
      tokenId: matching("MUX_TOKEN_ID", /^[0-9a-f-]{36}$/, "the id of an access token"),
      tokenSecret: text("MUX_TOKEN_SECRET"),
    },
    chat: { key: text("GETSTREAM_API_KEY"), secret: text("GETSTREAM_API_SECRET") },
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
      from: text("MAIL_FROM", "hello@backstage.example"),
    },
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
