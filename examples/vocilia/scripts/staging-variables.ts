import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const FILE = fileURLToPath(new URL("../.env.staging", import.meta.url));
const fronts = ["customer", "business", "admin"].map((app) => `https://${app}.vocilia.localhost:8443`);

/** Values for staging on this machine. Nothing here opens any door outside it. */
const VALUES: Readonly<Record<string, string>> = {
  ALLOWED_HOSTS: "vocilia.localhost,127.0.0.1",
  ALLOWED_ORIGINS: fronts.join(","),
  ALLOW_PROBES: "true",
  NODE_ENV: "production",
  JWT_SECRET: randomBytes(48).toString("base64url"),
};

/** Adds what is missing and keeps what is there, so that running it again changes nothing. */
const before = await readFile(FILE, "utf8").catch(() => "# Made by `npm run staging-variables`.\n");
const missing = Object.entries(VALUES).filter(([name]) => !before.includes(`${name}=`));
await writeFile(FILE, before + missing.map(([name, value]) => `${name}=${value}\n`).join(""), {
  mode: 0o600,
});
process.stdout.write(`.env.staging: ${missing.length} added\n`);
