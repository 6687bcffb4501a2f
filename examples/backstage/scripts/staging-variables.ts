import { open, readFile, rename } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const FILE = fileURLToPath(new URL("../.env.staging", import.meta.url));

/** Random values that stand for the real ones on this machine. Nothing here opens any door outside it. */
const VALUES: readonly (readonly [name: string, make: () => string])[] = [
  ["BASE_URL", () => "https://backstage.localhost:8443"],
  ["ALLOWED_HOSTS", () => "backstage.localhost,*.backstage.localhost,127.0.0.1"],
  ["ALLOWED_ORIGINS", () => "https://app.backstage.example"],
  ["ALLOW_PROBES", () => "true"],
  ["NODE_ENV", () => "production"],
  ["LOG_LEVEL", () => "info"],
];

/** Adds what is missing and keeps what is there, so that running it again changes nothing. */
async function prepare(): Promise<string[]> {
  const before =
    (await readFile(FILE, "utf8").catch(() => "")) ||
    "# Made by `npm run staging-variables`; stand-ins only.\n";
  const known = new Set([...before.matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]));
  const missing = VALUES.filter(([name]) => !known.has(name));
  if (missing.length === 0) return [];
  const lines = missing.map(([name, make]) => `${name}=${make()}\n`).join("");
  const fresh = await open(`${FILE}.fresh`, "w", 0o600);
  await fresh.writeFile(before + (before.endsWith("\n") ? "" : "\n") + lines);
  await fresh.sync();
  await fresh.close();
  await rename(`${FILE}.fresh`, FILE);
  return missing.map(([name]) => name);
}

const added = await prepare();
process.stdout.write(
  added.length === 0 ? ".env.staging is complete\n" : `.env.staging: added ${added.join(", ")}\n`,
);
