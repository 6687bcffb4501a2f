import { createHash } from "node:crypto";

/** What the first row is chained to. */
export const CHAIN_START = "0".repeat(64);

/** SHA-256 of the hash before and of the row's own columns (but its hash) as canonical JSON, in hexadecimal. */
export function chainHash(previous: string, row: object): string {
  return createHash("sha256")
    .update(previous)
    .update("\n")
    .update(canonicalJson({ ...row, hash: undefined }))
    .digest("hex");
}

/** JSON with keys in order and nothing undefined: equal values give equal text (as RFC 8785 sorts them). */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    isPlain(each) ? Object.fromEntries(Object.entries(each).sort(byKey)) : each,
  );
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
