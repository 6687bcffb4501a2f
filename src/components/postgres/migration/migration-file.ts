/** A migration as the repository has it. */
export interface MigrationFile {
  /** "0001_accounts.sql": as people see it in the folder. */
  readonly name: string;
  /** Texts any runner may have kept it under, without doubles. */
  readonly keys: readonly string[];
  /** Absolute path of its SQL; undefined when it is a program. */
  readonly sql: string | undefined;
}
