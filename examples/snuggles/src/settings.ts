/** Everything the application is told from outside, read once at the start. */
export interface Settings {
  readonly port: number;
  /** Where people reach it: "https://snuggles.example", no trailing slash. */
  readonly publicUrl: string;
  readonly allowedHosts: readonly string[];
  /** Origins besides its own whose pages may call the API and open a socket. */
  readonly allowedOrigins: readonly string[];
  readonly databaseUrl: string;
  readonly databasePoolMax: number;
  readonly jwtSecret: string;
  readonly stripe: { readonly secretKey: string; readonly webhookSecret: string; readonly apiUrl: string };
  readonly storage: {
    readonly endpoint: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly bucket: string;
    /** Where anybody reads what is in the bucket. */
    readonly publicUrl: string;
  };
  /** Where errors are told: "https://key@host/project". */
  readonly errorsDsn: string | undefined;
  readonly allowProbes: boolean;
  readonly release: string;
  readonly environment: string;
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
    if (value !== "" && !protocols.includes(protocol))
      mistakes.push(`${name} must be a URL with ${protocols.join(" or ")}`);
    return value.replace(/\/$/, "");
  };
  const list = (name: string, fallback: string): string[] =>
    text(name, fallback)
      .split(",")
      .map((each) => each.trim())
      .filter((each) => each !== "");

  const publicUrl = url("PUBLIC_URL", ["https", "http"]);
  const settings: Settings = {
    port: Number(matching("PORT", /^\d{1,5}$/, "a port number", "8000")),
    publicUrl,
    allowedHosts: list("ALLOWED_HOSTS", URL.canParse(publicUrl) ? new URL(publicUrl).hostname : "localhost"),
    allowedOrigins: list("ALLOWED_ORIGINS", " "),
    databaseUrl: url("DATABASE_URL", ["postgres", "postgresql"]),
    databasePoolMax: Number(matching("DATABASE_POOL_MAX", /^[1-9]\d?$/, "a number from 1 to 99", "5")),
    jwtSecret: matching("JWT_SECRET", /^.{43,}$/, "at least 43 characters (32 random bytes)"),
    stripe: {
      secretKey: matching("STRIPE_SECRET_KEY", /^(sk|rk)_(test|live)_/, "a key that begins with sk_ or rk_"),
      webhookSecret: matching("STRIPE_WEBHOOK_SECRET", /^whsec_/, "a secret that begins with whsec_"),
      apiUrl: url("STRIPE_API_URL", ["https", "http"], "https://api.stripe.com"),
    },
    storage: {
      endpoint: url("STORAGE_ENDPOINT", ["https", "http"]),
      accessKeyId: text("STORAGE_ACCESS_KEY_ID"),
      secretAccessKey: text("STORAGE_SECRET_ACCESS_KEY"),
      bucket: text("STORAGE_BUCKET", "clips"),
      publicUrl: url("STORAGE_PUBLIC_URL", ["https", "http"]),
    },
    errorsDsn: env.SENTRY_DSN ? url("SENTRY_DSN", ["https", "http"]) : undefined,
    allowProbes: matching("ALLOW_PROBES", /^(true|false)$/, "true or false", "false") === "true",
    release: text("GONOGO_RELEASE", "development"),
    environment: text("SENTRY_ENVIRONMENT", "development"),
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
