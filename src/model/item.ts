import type { AskedFigure } from "./asked-figure.ts";
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
  /**
   * Of a line of the checklist: what gives its words their meaning and is signed with them. Headings and parents, but for
   * the document's title, and what stands below it and is no line of its own.
   */
  readonly surroundings?: Surroundings;
  /** The box was ticked in the source: a claim, no evidence. */
  readonly claimed: boolean;
  readonly answeredBy: AnsweredBy;
  /** Of a line that people answer: fingerprint of what they sign. Another one asks for a new sign-off. */
  readonly subject?: string;
  /** Why there is nothing to sign yet: "docs/runbook.md is not there". */
  readonly obstacle?: string;
  /** Checks it names that no declared component has: a person answers it until one is declared. */
  readonly undeclared?: readonly string[];
  /** It names more checks than are asked this time. */
  readonly isNarrowed?: true;
  /** Those it names beside them, which components have: nobody signs what they see fail. */
  readonly declared?: readonly CheckReference[];
  /** It is what the checks of the line with this id leave open of it. */
  readonly restOf?: string;
  /** Absent: something to be done. */
  readonly role?: ItemRole;
  /** "if applicable", "optional", "if using chat": under which the line asks for anything. */
  readonly condition?: string;
  /** Figures and names it says, as parameters: "p95" to "500ms". */
  readonly says?: Readonly<Record<string, string>>;
  /** Figures among them, for the checks that measure what they are of. */
  readonly asks?: readonly AskedFigure[];
  /** What it says otherwise than the declaration; while there are any it is not GO. */
  readonly contradictions?: readonly Contradiction[];
}

export interface Surroundings {
  readonly above: readonly string[];
  readonly below: readonly string[];
}

/** "trigger": when to go back, an alert rule. "alert": when to be called. "metric": what success is, a promise. */
export type ItemRole = "trigger" | "alert" | "metric";

/** A line and the declaration say different things. */
export interface Contradiction {
  /** "p95": the parameter that would settle it in the line's comment. */
  readonly name: string;
  /** "the 95th percentile of response times". */
  readonly what: string;
  /** In the line's own words: "<500ms". */
  readonly says: string;
  readonly declares: string;
  /** "promises.latency.p95". */
  readonly where: string;
  /** What `gonogo waive` takes. */
  readonly fingerprint: string;
}

export type AnsweredBy =
  | { readonly by: "checks"; readonly checks: readonly CheckReference[] }
  | { readonly by: "drill"; readonly drill: string }
  | { readonly by: "person"; readonly rules?: SignOffRules }
  /** Nobody has said yet who answers: never GO when due. With `why`: nobody has to, for that reason. */
  | { readonly by: "nobody"; readonly why?: string };

/** What a line asks of its sign-off beyond a name. */
export interface SignOffRules {
  /** Who has to sign: a name, or a role of the declaration. */
  readonly approver?: string;
  /** Whoever signs is not who did the work. */
  readonly approverDiffers?: boolean;
  /** The document it is about, relative to the project; it has to be there and not be empty. */
  readonly file?: string;
  /** The page it is about; it has to answer when the line is signed. */
  readonly link?: string;
  /** Other code is signed anew. */
  readonly perRelease?: boolean;
  /** How long a sign-off lasts at most, in milliseconds. */
  readonly longestMs?: number;
}

export interface CheckReference {
  readonly check: string;
  /** Absent: every component that has this check. */
  readonly component?: string;
}
