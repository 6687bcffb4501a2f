import type { Duration } from "../model/duration.ts";

/** A share as people write it: "99.9%". */
export type Percentage = `${number}%`;

export interface DeployDeclaration {
  /** How long the components' builds may take together. Default "15m". */
  readonly buildTimeout?: Duration;
  /** How long a migration may take, also on the copy, and the backup before it. Default "10m". */
  readonly migrateTimeout?: Duration;
  /** How long requests under way may take when their release is replaced. Default "30s". */
  readonly drain?: Duration;
  /** How long a new release is watched after the switch. Default "1m". */
  readonly bake?: Duration;
  /** What follows when the new release is found bad then: sent back, kept, or a person is asked. Default "rollback". */
  readonly onBadBake?: "rollback" | "hold" | "ask";
  /** How long the replaced release stays up for a rollback within a second. Default "15m". */
  readonly warm?: Duration;
  /** Releases kept for a rollback. Default 5. */
  readonly keep?: number;
  /** Paths asked before the switch and while watching: anything but 2xx and 3xx is a breach. */
  readonly smoke?: readonly string[];
  /** What sends the new release back by itself, while it is watched and guarded. */
  readonly rollbackOn?: readonly RollbackTriggerDeclaration[];
  /** How long after the switch that may still happen. Default "2h". */
  readonly guard?: Duration;
}

export type RollbackTriggerDeclaration =
  /** More than this share of the new release's requests fails. */
  | { readonly errors: Percentage }
  /** Half of the new release's requests take longer than this. */
  | { readonly p50: Duration }
  /** One in twenty of its requests takes longer than this. */
  | { readonly p95: Duration }
  /** One in a hundred of its requests takes longer than this. */
  | { readonly p99: Duration }
  /** A check fails, of one component or of each that has it. */
  | { readonly check: string; readonly component?: string }
  /** A blocking check of the component fails. */
  | { readonly component: string }
  /** It answered fewer than this share of the probes. Default over "2h". */
  | { readonly availability: Percentage; readonly over?: Duration };
