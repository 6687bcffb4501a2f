import { defineCheck } from "../../../model/check.ts";
import { fail, notApplicable, pass } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { ways } from "../../../model/ways.ts";
import { type PasswordColumn, type PasswordKind, passwordColumns } from "./facts.ts";

const GOOD: ReadonlySet<PasswordKind> = new Set(["argon2id", "bcrypt", "scrypt", "pbkdf2"]);
/** OWASP's order, the password storage cheat sheet below. */
const FROM_THE_WEAKEST: readonly PasswordKind[] = [
  "no hash",
  "fast hash",
  "weak pbkdf2",
  "weak bcrypt",
  "weak argon2",
  "pbkdf2",
  "bcrypt",
  "scrypt",
  "argon2id",
];
const TOLD: Partial<Record<PasswordKind, string>> = {
  "weak argon2": "argon2i or argon2d",
  "weak bcrypt": "bcrypt with a cost below 10",
  "weak pbkdf2": "PBKDF2 with fewer than 100,000 rounds",
  "fast hash": "a fast hash (MD5, SHA, crypt)",
  "no hash": "no known hash: perhaps the password itself",
};

export const passwordHash = defineCheck({
  id: "auth.password.hash",
  title: "Passwords are kept as slow hashes",
  consequence:
    "Whoever gets a copy of the table has the passwords within hours, and with them people's mail.",
  severity: "blocker",
  phase: "staging",
  freshFor: "7d",
  every: "6h",
  asks: ways(`
    passwords hashed with bcrypt | password hashing | passwords hashed with argon2id
    passwords not stored in plain text | passwords not stored in plaintext | passwords are salted and hashed
    bcrypt cost factor at least 10 | bcrypt salt rounds | password hashing is working
    passwords stored securely hashed | passwords encrypted with bcrypt | Argon2 password hasher
    no plaintext passwords in the database | BCryptPasswordEncoder
    password hash with salt | passwords stored with bcrypt or Argon2 | adaptive password hash
    PBKDF2 or scrypt for passwords | passwords hashed | bcrypt used for passwords | bcrypt rounds
    password stored as hash | bcrypt | passwords never in plain text | never plaintext passwords
  `),
  source: "https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html",
  figures: {
    hash: { quality: "weakest", keeps: "no worse", order: FROM_THE_WEAKEST },
    "hash-cost": { measured: "bcryptCost", keeps: "no less", in: "count" },
  },
  needs: { columns: passwordColumns },
  run({ columns }) {
    const judged = columns.reduce((sum, each) => sum + each.judged, 0);
    if (judged === 0)
      return notApplicable(`${columns.map(({ column }) => column).join(", ")} holds no password yet`);
    const weak = columns.flatMap(weakIn);
    const costs = columns.flatMap(({ bcryptCost }) => bcryptCost ?? []);
    const measured = {
      judged,
      weak: weak.reduce((sum, { count }) => sum + count, 0),
      weakest: FROM_THE_WEAKEST.find((kind) => columns.some(({ kinds }) => kinds[kind] > 0)) ?? null,
      ...(costs.length > 0 && { bcryptCost: Math.min(...costs) }),
    };
    if (weak.length === 0)
      return pass(`${quantity(judged, "value")}: ${strongIn(columns).join(", ")}`, measured);
    const worst = weak.some(({ kind }) => kind === "no hash");
    return fail(worst ? "passwords may be readable" : "passwords are hashed too fast", {
      expected: "argon2id, scrypt, bcrypt with a cost of 10 or more, or PBKDF2 with 100,000 rounds or more",
      found: weak.map(({ column, kind, count }) => `${column}: ${count} of ${TOLD[kind] ?? kind}`).join("; "),
      fix: "hash with argon2id (19 MiB, 2 rounds, 1 lane) when a password is set and at the next sign-in; wrap the values that are there at once: argon2id over the old value",
      findings: weak.map(({ column, kind }) => `${column}: ${kind}`),
      measured,
    });
  },
});

function weakIn({ column, kinds }: PasswordColumn): { column: string; kind: PasswordKind; count: number }[] {
  return entriesOf(kinds)
    .filter(([kind, count]) => count > 0 && !GOOD.has(kind))
    .map(([kind, count]) => ({ column, kind, count }));
}

function strongIn(columns: readonly PasswordColumn[]): string[] {
  return [
    ...new Set(
      columns.flatMap(({ kinds }) => entriesOf(kinds).flatMap(([kind, count]) => (count > 0 ? [kind] : []))),
    ),
  ];
}

function entriesOf(kinds: PasswordColumn["kinds"]): [PasswordKind, number][] {
  return Object.entries(kinds) as [PasswordKind, number][];
}
