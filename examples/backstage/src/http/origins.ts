import type { IncomingMessage } from "node:http";
import type { Settings } from "../settings.ts";

export type HostRules = Pick<Settings, "allowedHosts" | "allowedOrigins" | "publicUrl">;

/** The host the caller asked for: the edge hands on the name people typed. */
export function hostOf(headers: IncomingMessage["headers"]): string {
  const forwarded = headers["x-forwarded-host"];
  return (Array.isArray(forwarded) ? forwarded[0] : forwarded) ?? headers.host ?? "";
}

export function isAllowedHost(host: string, rules: HostRules): boolean {
  const name = host.replace(/:\d+$/, "").toLowerCase();
  return rules.allowedHosts.some((allowed) =>
    allowed.startsWith("*.") ? name.endsWith(allowed.slice(1).toLowerCase()) : name === allowed.toLowerCase(),
  );
}

/** Headers for a page of another origin; none at all unless that origin was declared. */
export function corsHeaders(origin: string | undefined, rules: HostRules): Record<string, string> {
  if (origin === undefined || !rules.allowedOrigins.includes(origin)) return {};
  return { "access-control-allow-origin": origin, "access-control-allow-credentials": "true" };
}

export const PREFLIGHT_HEADERS: Readonly<Record<string, string>> = {
  "access-control-allow-methods": "GET, POST, PUT, DELETE",
  "access-control-allow-headers": "authorization, content-type, idempotency-key",
  "access-control-max-age": "600",
};

/** Whether a browser's page may use this person's cookie for a change: only our own pages and declared origins. */
export function isTrustedOrigin(origin: string | undefined, host: string, rules: HostRules): boolean {
  if (origin === undefined) return false;
  if (origin === rules.publicUrl || rules.allowedOrigins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host && isAllowedHost(host, rules);
}
