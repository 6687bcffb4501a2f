import { jwtVerify, SignJWT } from "jose";

export type Role = "customer" | "business" | "admin";
export interface Person {
  readonly id: string;
  readonly role: Role;
}

const ISSUER = "vocilia";
const ROLES: readonly unknown[] = ["customer", "business", "admin"];

export interface Tokens {
  sign(person: Person): Promise<string>;
  /** Undefined: nobody, or not by a token of ours. */
  personOf(authorization: string | undefined): Promise<Person | undefined>;
}

/** Access tokens under the one secret, with a role, twelve hours. */
export function createTokens(secret: string): Tokens {
  const key = new TextEncoder().encode(secret);
  return {
    sign: ({ id, role }) =>
      new SignJWT({ role })
        .setProtectedHeader({ alg: "HS256" })
        .setSubject(id)
        .setIssuer(ISSUER)
        .setIssuedAt()
        .setExpirationTime("12h")
        .sign(key),
    async personOf(authorization) {
      const token = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1] ?? "";
      const options = { issuer: ISSUER, algorithms: ["HS256"], requiredClaims: ["exp", "sub"] };
      const { payload } = await jwtVerify(token, key, options).catch(() => ({ payload: undefined }));
      if (!payload?.sub || !ROLES.includes(payload.role)) return undefined;
      return { id: payload.sub, role: payload.role as Role };
    },
  };
}
