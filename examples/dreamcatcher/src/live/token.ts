import { jwtVerify, SignJWT } from "jose";
import { json } from "../http/answer.ts";
import type { Route } from "../http/route.ts";
import type { Person } from "../people/person.ts";

const AUDIENCE = "live";
const SECONDS = 60;

/** A token of a minute that opens the live socket, which another process may answer than the one that signed. */
export function liveTokenRoute({ jwtSecret }: { jwtSecret: string }): Route {
  const key = new TextEncoder().encode(jwtSecret);
  return {
    method: "POST",
    path: "/api/live-token",
    access: "signed in",
    limit: { requests: 120, seconds: 60 },
    async handle({ person }) {
      const token = await new SignJWT()
        .setProtectedHeader({ alg: "HS256" })
        .setSubject((person as Person).id)
        .setAudience(AUDIENCE)
        .setIssuedAt()
        .setExpirationTime(`${SECONDS}s`)
        .sign(key);
      return json(201, { token, seconds: SECONDS });
    },
  };
}

/** The id of whom the token is; undefined when it is nobody's, forged or over. */
export async function personOfLiveToken(token: string, jwtSecret: string): Promise<string | undefined> {
  try {
    const key = new TextEncoder().encode(jwtSecret);
    const options = { algorithms: ["HS256"], audience: AUDIENCE, requiredClaims: ["sub", "exp"] };
    return (await jwtVerify(token, key, options)).payload.sub;
  } catch {
    return undefined;
  }
}
