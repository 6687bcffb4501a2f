const SHAPES = {
  PORT: [/^\d{1,5}$/, "a port number"],
  DATABASE_URL: [/^postgres(ql)?:\/\//, "the address of a Postgres"],
  DATABASE_POOL_MAX: [/^[1-9]\d?$/, "a number from 1 to 99"],
  JWT_SECRET: [/^.{43,}$/, "at least 43 characters (32 random bytes)"],
  ALLOWED_HOSTS: [/^\S+$/, "host names, separated by commas"],
  ALLOWED_ORIGINS: [/^(https:\/\/[^,/]+,?)+$/, "origins with https, separated by commas"],
  ALLOW_PROBES: [/^(true|false)$/, "true or false"],
} as const;

const DEFAULTS: Partial<Record<keyof typeof SHAPES, string>> = {
  PORT: "4000",
  DATABASE_POOL_MAX: "5",
  ALLOW_PROBES: "false",
};

export interface Settings {
  readonly port: number;
  readonly databaseUrl: string;
  readonly databasePoolMax: number;
  readonly jwtSecret: string;
  readonly allowedHosts: readonly string[];
  /** The three front ends. */
  readonly allowedOrigins: readonly string[];
  readonly allowProbes: boolean;
  readonly release: string;
}

/** Reads the process's variables; every mistake is named in one error, no value is ever repeated. */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const mistakes: string[] = [];
  const values = new Map<string, string>();
  for (const [name, [shape, told]] of Object.entries(SHAPES)) {
    const value = env[name]?.trim() || DEFAULTS[name as keyof typeof SHAPES];
    if (value === undefined) mistakes.push(`${name} is not set`);
    else if (!shape.test(value)) mistakes.push(`${name} must be ${told}`);
    else values.set(name, value);
  }
  if (mistakes.length > 0) throw new Error(`wrong settings:\n  ${mistakes.join("\n  ")}`);
  const value = (name: keyof typeof SHAPES): string => values.get(name) ?? "";
  return {
    port: Number(value("PORT")),
    databaseUrl: value("DATABASE_URL"),
    databasePoolMax: Number(value("DATABASE_POOL_MAX")),
    jwtSecret: value("JWT_SECRET"),
    allowedHosts: value("ALLOWED_HOSTS").split(","),
    allowedOrigins: value("ALLOWED_ORIGINS").split(",").filter(Boolean),
    allowProbes: value("ALLOW_PROBES") === "true",
    release: env.GONOGO_RELEASE || "development",
  };
}
