import { createHmac } from "node:crypto";

/** A JWT (RFC 7519) signed with HS256: how LiveKit and GetStream know a server. */
export function signedToken(claims: Readonly<Record<string, unknown>>, secret: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}
