/** A rehearsed failure, held once: what was disturbed, when, and whether the former state is back. */
export interface HeldDrill {
  /** "drill 4": counted per environment; also what the target's lock says while it is held. */
  readonly id: string;
  readonly environment: string;
  /** "rollback": a name of the registry. */
  readonly name: string;
  readonly by: string;
  readonly startedAt: number;
  readonly finishedAt: number | undefined;
  readonly state: DrillState;
  /** What the drill wrote down before it disturbed anything, for whoever has to undo it. */
  readonly mark: DrillMark;
  readonly reason: string | undefined;
}

/** Held whatever an environment allows, as evidence names them: they disturb nobody. */
export const QUIET_DRILLS: ReadonlySet<string> = new Set(["drill.alert"]);

/** "undone": its command ended half-way and a later one brought the former state back. */
export type DrillState = "running" | "done" | "failed" | "undone";
export type DrillMark = Readonly<Record<string, string | number | boolean | null>>;
