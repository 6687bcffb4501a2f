import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const FILE = fileURLToPath(new URL("../.env.staging", import.meta.url));

/** Values for staging on this machine. Nothing here opens any door outside it. */
const VALUES: Readonly<Record<string, string>> = {
  PUBLIC_URL: "https://snuggles.localhost:8443",
  ALLOWED_HOSTS: "snuggles.localhost,*.snuggles.localhost,127.0.0.1",
  ALLOWED_ORIGINS: "https://app.snuggles.example",
  ALLOW_PROBES: "true",
  NODE_ENV: "production",
  LOG_LEVEL: "info",
  SENTRY_ENVIRONMENT: "staging",
  JWT_SECRET: randomBytes(48).toString("base64url"),
};

/** Adds what is missing and keeps what is there, so that running it again changes nothing. */
const before = await readFile(FILE, "utf8").catch(() => "# Made by `npm run staging-variables`.\n");
const missing = Object.entries(VALUES).filter(([name]) => !before.includes(`${name}=`));
const lines = missing.map(([name, value]) => `${name}=${value}\n`).join("");
await writeFile(FILE, before + lines, { mode: 0o600 });
process.stdout.write(
  `.env.staging: ${missing.length === 0 ? "complete" : `added ${missing.map(([name]) => name).join(", ")}`}\n`,
);
