import type { Phase } from "./phase.ts";

/** A line of the checklist, or a check that no line speaks of. */
export interface Item {
  /** Stable: a slug of the line's text ("support-team-trained") or "component/check.id". */
  readonly id: string;
  readonly text: string;
  readonly phase: Phase;
  /** Line of the checklist, from 1; undefined for an item derived from the declaration. */
  readonly line: number | undefined;
  /** Headings and parents above it. */
  readonly path: readonly string[];
  /** The box was ticked in the source: a claim, no evidence. */
  readonly claimed: boolean;
  readonly answeredBy: AnsweredBy;
}

export type AnsweredBy =
  | { readonly by: "checks"; readonly checks: readonly CheckReference[] }
  | { readonly by: "drill"; readonly drill: string }
  | { readonly by: "person" }
  /** Nobody has said yet who answers: never GO when due. With `why`: nobody has to, for that reason. */
  | { readonly by: "nobody"; readonly why?: string };

export interface CheckReference {
  readonly check: string;
  /** Absent: every component that has this check. */
  readonly component?: string;
}
