import { decodeJwt, SignJWT } from "jose";
import { readSettings } from "../settings.ts";

/** Prints the token that was kept as `me` as it would be, had it been handed out GONOGO_SECONDS ago. */
const { GONOGO_KEPT: kept = "{}", GONOGO_SECONDS: seconds = "0" } = process.env;
const { me = "" } = JSON.parse(kept) as Record<string, string>;
const { iat = 0, exp = 0, ...claims } = decodeJwt(me);
const old = await new SignJWT(claims)
  .setProtectedHeader({ alg: "HS256" })
  .setIssuedAt(iat - Number(seconds))
  .setExpirationTime(exp - Number(seconds))
  .sign(new TextEncoder().encode(readSettings().jwtSecret));
process.stdout.write(`${old}\n`);
