import { readSettings } from "../settings.ts";
import { createTokens, type Role } from "../tokens.ts";

/**
 * Asks, with a probe account of each role, what each may and may not see; ends with 1 at the first wrong answer.
 * GONOGO_URL leads to the application.
 */
const BUSINESS = "00000000-0000-4000-8000-0000000000b1";
const EXPECTED: readonly (readonly [role: Role, path: string, status: number])[] = [
  ["business", "/api/feedback", 200],
  ["customer", "/api/feedback", 403],
  ["customer", "/api/rewards", 200],
  ["admin", "/api/summary", 200],
  ["business", "/api/summary", 403],
  ["customer", "/api/summary", 403],
];

const base = process.env.GONOGO_URL ?? "";
const { get } = await import("node:https");
const tokens = createTokens(readSettings().jwtSecret);

async function statusOf(role: Role, path: string): Promise<number> {
  const { hostname, host, port } = new URL(base);
  const authorization = `Bearer ${await tokens.sign({ id: BUSINESS, role })}`;
  return await new Promise((resolve, reject) => {
    get(
      {
        // A name under localhost is this machine (RFC 6761).
        host: hostname.endsWith("localhost") ? "127.0.0.1" : hostname,
        servername: hostname,
        port: port || 443,
        path,
        ca: process.env.GONOGO_CA,
        timeout: 10_000,
        headers: { host, authorization, "user-agent": "gonogo-check" },
      },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      },
    ).on("error", reject);
  });
}

for (const [role, path, expected] of EXPECTED) {
  const status = await statusOf(role, path).catch(() => 0);
  if (status === expected) continue;
  process.stderr.write(`${role} asked ${path} and was answered ${status}, not ${expected}\n`);
  process.exitCode = 1;
  break;
}
