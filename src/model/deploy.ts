/** The steps of a deploy in order. */
export const STEPS = [
  "lock",
  "gate",
  "build",
  "upload",
  "backup",
  "rehearse",
  "migrate",
  "stage",
  "verify",
  "switch",
  "bake",
  "retire",
  "unlock",
] as const;
export type Step = (typeof STEPS)[number];

export interface Deploy {
  /** "d12": counted per environment. */
  readonly id: string;
  readonly environment: string;
  readonly kind: "deploy" | "rollback";
  readonly release: string;
  readonly from: string | undefined;
  readonly by: string;
  readonly startedAt: number;
  readonly finishedAt: number | undefined;
  readonly state: "running" | "done" | "failed" | "rolled back" | "interrupted";
  readonly reason: string | undefined;
}

/** One line of the journal: intent is written before a step does anything, the result after. */
export interface StepRecord {
  readonly deploy: string;
  readonly step: Step;
  readonly state: "intent" | "done" | "skipped" | "failed" | "undone";
  readonly at: number;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What users saw through a switch, as the prober saw it. Milliseconds. */
export interface DowntimeRecord {
  readonly requests: number;
  readonly failed: number;
  readonly worstMs: number;
  readonly firstFailure: string | undefined;
}

/** A deploy that put one release in the place of another, and what users saw of it. */
export interface SwitchSeen {
  /** "d12" */
  readonly deploy: string;
  readonly release: string;
  readonly from: string;
  /** When it was done, in milliseconds since 1970 UTC. */
  readonly at: number;
  /** Undefined: no figures of it were kept. */
  readonly downtime: DowntimeRecord | undefined;
}
