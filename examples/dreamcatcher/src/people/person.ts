export interface Person {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  readonly role: "dreamer" | "curator";
  readonly tier: "free" | "plus" | "circle";
}

export const PERSON_COLUMNS = `p.id, p.email, p.display_name as "displayName", p.role, p.tier`;
