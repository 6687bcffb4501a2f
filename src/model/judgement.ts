import type { AskedFigure, HeldFigures } from "./asked-figure.ts";
import type { Severity } from "./check.ts";
import type { Evidence } from "./evidence.ts";
import type { Item } from "./item.ts";
import type { Stage } from "./phase.ts";
import type { Timing } from "./phase-times.ts";
import type { SignOff, Waiver } from "./sign-off.ts";
import type { Access } from "./subject.ts";

export interface VerdictInput {
  readonly items: readonly Item[];
  /** The latest of each component and check; `severity` and `figures` as the check declares them. */
  readonly evidence: readonly (Evidence & { readonly severity: Severity; readonly figures?: HeldFigures })[];
  /** Of checks by id, for those that have no evidence yet; one that is not listed counts as a blocker. */
  readonly severities?: ReadonlyMap<string, Severity>;
  readonly signOffs: readonly SignOff[];
  readonly waivers: readonly Waiver[];
  /** `launchAt`: when the phases around the launch come due; without it they do not. */
  readonly environment: {
    readonly name: string;
    readonly stage: Stage;
    readonly launchAt?: number | undefined;
    /** Absent: everything. */
    readonly allows?: readonly Access[];
  };
  /** What the evidence's prints of values are keyed with; absent: they are compared with nothing. */
  readonly salt?: string;
  readonly now: {
    readonly at: number;
    readonly release: string | undefined;
    /** Of that release, as `Release.commit`. */
    readonly commit?: string | undefined;
    readonly configuration: string;
  };
}

export type ItemState =
  | "go"
  | "warning"
  | "waived"
  | "failing"
  | "unknown"
  | "stale"
  | "unanswered"
  | "unsigned"
  | "not applicable"
  | "not due";

export interface Judgement {
  readonly state: ItemState;
  /** One sentence: why it is not GO, or what it rests on. */
  readonly reason: string;
  readonly blocks: boolean;
  /** Nothing is declared that could answer. */
  readonly undeclared?: true;
}

export interface ItemVerdict extends Judgement {
  readonly item: Item;
  /** What the line rests on, one for each check of each component; `blocks` is false while the line is not due. */
  readonly checks: readonly CheckVerdict[];
  /** When it comes due, next or again; undefined when it is due at once or nobody can say. */
  readonly dueAt: number | undefined;
}

export interface CheckVerdict extends Judgement {
  readonly check: string;
  /** Undefined when no component has answered the check. */
  readonly component: string | undefined;
}

export interface Verdict {
  readonly go: boolean;
  /** What it would be without waivers. */
  readonly goWithoutWaivers: boolean;
  readonly items: readonly ItemVerdict[];
}

export interface Judging extends VerdictInput {
  /** What the line that is judged asks for with figures. */
  readonly asked: readonly AskedFigure[];
  /** Of a line that is due. */
  readonly timing: Timing | undefined;
}
