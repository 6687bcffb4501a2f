import type { Rehearsal } from "./rehearsal.ts";

/** Code + variables (fingerprints) + configuration + migration level + backup: what a rollback restores. */
export interface Release {
  /** "r7": counted per environment. */
  readonly id: string;
  readonly environment: string;
  /** Full commit id, or "tree:<hash>" for a working tree that was not committed. */
  readonly commit: string;
  readonly createdAt: number;
  readonly createdBy: string;
  /** Name -> salted fingerprint; never values. */
  readonly variables: Readonly<Record<string, string>>;
  /** Hash of the declaration as it was. */
  readonly configuration: string;
  /** Names of the migrations applied when it went live. */
  readonly migrations: readonly string[];
  readonly backup: string | undefined;
  /** What its migrations did to a copy of the data first; absent when none were rehearsed. */
  readonly rehearsal?: Rehearsal;
  readonly state: ReleaseState;
}
export type ReleaseState = "staged" | "live" | "replaced" | "failed" | "rolled back";

export type ReleaseSummary = Pick<Release, "id" | "commit" | "createdAt" | "configuration">;
