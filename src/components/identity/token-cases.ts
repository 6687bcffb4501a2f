import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";

export interface Decoded {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly signature: string;
}

/** The parts of a compact JWS (RFC 7515); undefined when the text is none. Verifies nothing. */
export function decodeToken(token: string): Decoded | undefined {
  const [header, claims, signature, rest] = token.split(".");
  if (!header || !claims || signature === undefined || rest !== undefined) return undefined;
  try {
    return { header: decode(header), claims: decode(claims), signature };
  } catch {
    return undefined;
  }
}

export interface TokenCase {
  readonly how: string;
  readonly token: string;
}

/** Tokens that say what a good one says and that nobody with the issuer's key has signed. */
export function forgedTokens(good: Decoded, keys: readonly Readonly<Record<string, unknown>>[]): TokenCase[] {
  const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const { header, claims, signature } = good;
  const altered = { ...claims, sub: `${String(claims.sub)}-altered` };
  return [
    { how: "alg none", token: unsigned({ ...header, alg: "none" }, claims) },
    { how: "alg None, in capitals", token: unsigned({ ...header, alg: "nOnE" }, claims) },
    {
      how: "altered claims under the old signature",
      token: `${encode(header)}.${encode(altered)}.${signature}`,
    },
    { how: "the signature left away", token: `${encode(header)}.${encode(claims)}.` },
    { how: "another key under the same kid", token: rs256(header, claims, stranger.privateKey) },
    {
      how: "another key under an unknown kid",
      token: rs256({ ...header, kid: "gonogo-nobody" }, claims, stranger.privateKey),
    },
    {
      how: "another key that the token brings itself",
      token: rs256(
        { ...header, jwk: stranger.publicKey.export({ format: "jwk" }) },
        claims,
        stranger.privateKey,
      ),
    },
    ...keys.flatMap((jwk) => publicKeyAsSecret(jwk, header, claims)),
  ];
}

/** RFC 8725 section 2.1: an HMAC whose secret is the public key, in each shape a library may hold it. */
function publicKeyAsSecret(
  jwk: Readonly<Record<string, unknown>>,
  header: Decoded["header"],
  claims: Decoded["claims"],
): TokenCase[] {
  if (jwk.kty !== "RSA" && jwk.kty !== "EC") return [];
  const key = createPublicKey({ key: jwk, format: "jwk" });
  const pem = key.export({ type: "spki", format: "pem" }).toString();
  const shapes: readonly (readonly [string, string | Buffer])[] = [
    ["PEM", pem],
    ["PEM without its last newline", pem.trimEnd()],
    ["DER", key.export({ type: "spki", format: "der" })],
    ["JWK", JSON.stringify(jwk)],
  ];
  const hs = { ...header, alg: "HS256", ...(typeof jwk.kid === "string" && { kid: jwk.kid }) };
  return shapes.map(([shape, secret]) => {
    const text = `${encode(hs)}.${encode(claims)}`;
    return {
      how: `HS256 with the public key as its secret (${shape})`,
      token: `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`,
    };
  });
}

function unsigned(header: object, claims: object): string {
  return `${encode(header)}.${encode(claims)}.`;
}

function rs256(header: object, claims: object, key: KeyObject): string {
  const text = `${encode({ ...header, alg: "RS256" })}.${encode(claims)}`;
  return `${text}.${sign("sha256", Buffer.from(text), key).toString("base64url")}`;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
function decode(text: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(text, "base64url").toString("utf8")) as Record<string, unknown>;
}
