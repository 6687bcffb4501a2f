import { inflateSync } from "node:zlib";

/** Seconds a token is good for by its own words: Agora's "007" or a JWT (LiveKit); undefined for another shape. */
export function lifetimeOf(token: string): number | undefined {
  try {
    return token.startsWith("007") ? agoraLifetime(token.slice(3)) : jwtLifetime(token);
  } catch {
    return undefined;
  }
}

/**
 * base64(deflate(signature, app id, issued at, expires after, ...)), little-endian, texts behind their length in
 * two bytes. Source: AccessToken2 in Agora's published tools.
 */
function agoraLifetime(text: string): number {
  const bytes = inflateSync(Buffer.from(text, "base64"), { maxOutputLength: 65_536 });
  const afterSignature = 2 + bytes.readUInt16LE(0);
  const afterAppId = afterSignature + 2 + bytes.readUInt16LE(afterSignature);
  return bytes.readUInt32LE(afterAppId + 4);
}

function jwtLifetime(token: string): number | undefined {
  const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")) as {
    exp?: unknown;
    iat?: unknown;
    nbf?: unknown;
  };
  const from = typeof claims.iat === "number" ? claims.iat : claims.nbf;
  return typeof claims.exp === "number" && typeof from === "number" ? claims.exp - from : undefined;
}
