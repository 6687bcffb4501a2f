export interface Person {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
}

export const PERSON_COLUMNS = `p.id, p.email, p.display_name as "displayName"`;
