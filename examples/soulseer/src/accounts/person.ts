import type { JWTPayload } from "jose";
import type { Database, Query } from "../database.ts";

export type Role = "client" | "reader" | "admin";

export interface Person {
  readonly id: string;
  readonly displayName: string;
  readonly role: Role;
  readonly isProbe: boolean;
}

const RANK: readonly Role[] = ["client", "reader", "admin"];

/** The highest role a token speaks of; whoever has none is a client. */
export function roleOf(claims: JWTPayload, rolesClaim: string): Role {
  const named = claims[rolesClaim];
  const roles = Array.isArray(named) ? named : [named];
  return RANK.findLast((role) => roles.includes(role)) ?? "client";
}

interface Row {
  id: string;
  display_name: string;
  role: Role;
  is_probe: boolean;
}

/**
 * The profile behind a verified token, made with its wallet when the issuer sends this subject for the first
 * time. Two first requests at once make one profile. The issuer's word on the role is taken every time.
 */
export async function personOfToken(
  database: Database,
  claims: JWTPayload,
  rolesClaim: string,
): Promise<Person> {
  const { iss, sub } = claims;
  if (!iss || !sub) throw new Error("a token without issuer or subject cannot be anybody's");
  const role = roleOf(claims, rolesClaim);
  return database.asSystem(async (query) => {
    const [known] = await query<Row>(
      "select id, display_name, role, is_probe from person where issuer = $1 and subject = $2",
      [iss, sub],
    );
    if (known?.role === role) return personOfRow(known);
    const name = String(claims.name ?? claims.nickname ?? "New guest").slice(0, 80) || "New guest";
    const email = typeof claims.email === "string" ? claims.email.slice(0, 254) : null;
    const [row] = await query<Row>(
      `insert into person (issuer, subject, display_name, email, role, is_probe) values ($1, $2, $3, $4, $5, $6)
       on conflict (issuer, subject) do update set role = excluded.role
       returning id, display_name, role, is_probe`,
      [iss, sub, name, email, role, sub.startsWith("probe|")],
    );
    if (!row) throw new Error("the profile was not written");
    await query("insert into wallet (person_id) values ($1) on conflict (person_id) do nothing", [row.id]);
    return personOfRow(row);
  });
}

export async function personById(query: Query, id: string): Promise<Person | undefined> {
  const [row] = await query<Row>("select id, display_name, role, is_probe from person where id = $1", [id]);
  return row && personOfRow(row);
}

function personOfRow(row: Row): Person {
  return { id: row.id, displayName: row.display_name, role: row.role, isProbe: row.is_probe };
}
