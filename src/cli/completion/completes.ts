/** Where values come from that a shell offers: the declaration, the store beside it, the disk. */
export type SourceName =
  | "backups"
  | "checks"
  | "commands"
  | "components"
  | "destinations"
  | "directories"
  | "drills"
  | "earlier releases"
  | "environments"
  | "files"
  | "findings"
  | "incidents"
  | "items"
  | "keys"
  | "parts"
  | "processes"
  | "releases"
  | "silences"
  | "watched";

/** The values themselves, where they come from, or that by the action which the first argument names. */
export type Completion =
  | readonly string[]
  | SourceName
  | { readonly after: Readonly<Record<string, readonly string[] | SourceName>> };

/** By the name of an argument ("backup") or an option ("--to"). */
export type Completes = Readonly<Record<string, Completion>>;

/** One thing that may follow. */
export interface Candidate {
  readonly value: string;
  readonly about?: string;
}
