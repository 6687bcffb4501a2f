import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";

/** What Node takes by itself: some fifty milliseconds, about a bcrypt of cost 10. */
const COST: ScryptOptions = { N: 2 ** 14, r: 8, p: 1 };

/** "scrypt:<salt>:<hash>", both base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt:${salt.toString("base64url")}:${(await derive(password, salt)).toString("base64url")}`;
}

/** Takes as long for an account that does not exist as for a wrong password. */
export async function isPassword(password: string, stored: string | null | undefined): Promise<boolean> {
  const [, salt = "", hash = ""] = (stored ?? "").split(":");
  const found = await derive(password, Buffer.from(salt || "nobody", "base64url"));
  const wanted = Buffer.from(hash, "base64url");
  return wanted.length === found.length && timingSafeEqual(wanted, found);
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    scrypt(password.normalize("NFKC"), salt, 32, COST, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  );
}
