import { jwtVerify, SignJWT } from "jose";
import { Refusal } from "../http/answer.ts";

const ISSUER = "snuggles";
const LIFETIME = "12h";

export interface Tokens {
  sign(person: string): Promise<string>;
  /** Who an Authorization header speaks for. Throws Refusal 401. */
  personOf(authorization: string | undefined): Promise<string>;
  verify(token: string): Promise<string>;
}

/** Access tokens: HS256 under the one secret, twelve hours. */
export function createTokens(secret: string): Tokens {
  const key = new TextEncoder().encode(secret);

  async function verify(token: string): Promise<string> {
    try {
      const { payload } = await jwtVerify(token, key, {
        issuer: ISSUER,
        audience: ISSUER,
        algorithms: ["HS256"],
        requiredClaims: ["exp", "sub"],
      });
      return payload.sub ?? "";
    } catch {
      throw new Refusal(401, "bad-token", "the token is not valid here", {
        "www-authenticate": 'Bearer error="invalid_token"',
      });
    }
  }

  return {
    sign: (person) =>
      new SignJWT({})
        .setProtectedHeader({ alg: "HS256" })
        .setSubject(person)
        .setIssuer(ISSUER)
        .setAudience(ISSUER)
        .setIssuedAt()
        .setExpirationTime(LIFETIME)
        .sign(key),
    async personOf(authorization) {
      const token = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1];
      if (token) return await verify(token);
      throw new Refusal(401, "no-token", "sign in first", { "www-authenticate": "Bearer" });
    },
    verify,
  };
}
