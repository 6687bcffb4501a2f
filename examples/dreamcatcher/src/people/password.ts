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

const LIKE_LETTERS: Readonly<Record<string, string>> = {
  "@": "a",
  "4": "a",
  "0": "o",
  "1": "i",
  "3": "e",
  $: "s",
  "5": "s",
};
const FIRST_WORDS = /password|passwort|welcome|letmein|iloveyou|dreamcatcher|admin|login|qwerty/g;
const ROWS = [
  "12345678901234567890",
  "qwertyuiopasdfghjklzxcvbnm",
  "1q2w3e4r5t6y7u8i9o0p",
  "abcdefghijklmnopqrstuvwxyz",
];

/** Whether it is among the first that are tried: one thing repeated, keys in a row, or a usual word with little around it. */
export function isWellKnown(password: string): boolean {
  const plain = password.toLowerCase();
  if (new Set(plain).size < 5) return true;
  const withoutRows = ROWS.flatMap((row) => [row, [...row].reverse().join("")]).reduce(withoutRuns, plain);
  const spelt = plain.replace(/./g, (sign) => LIKE_LETTERS[sign] ?? sign);
  const withoutWords = spelt.replace(FIRST_WORDS, "").replace(/[^a-z]/g, "");
  return withoutRows.length < 5 || (spelt.search(FIRST_WORDS) >= 0 && withoutWords.length < 5);
}

/** Takes out what stands in the row like this, four keys or more. */
function withoutRuns(text: string, row: string): string {
  for (let length = row.length; length >= 4; length--)
    for (let from = 0; from + length <= row.length; from++)
      text = text.replaceAll(row.slice(from, from + length), "");
  return text;
}
