import type { SeenSettings } from "./seen-setting.ts";

/** Figures kept as evidence: names carry their unit ("handshakeMs", "rowCount"). Never a secret. */
export type Measured = Readonly<Record<string, string | number | boolean | null>>;

export interface Pass {
  readonly status: "pass";
  readonly summary: string;
  readonly measured?: Measured;
  /** What was seen of variables, for lines that name one. */
  readonly settings?: SeenSettings;
}

/** What a failing or weak answer tells: the difference, and the fix in the user's own names. */
export interface Trouble {
  readonly summary: string;
  readonly expected: string;
  readonly found: string;
  readonly fix: string;
  /** The offending things by name ("session.reader_id"); each is waived on its own. */
  readonly findings?: readonly string[];
  readonly measured?: Measured;
  readonly settings?: SeenSettings;
}
export interface Fail extends Trouble {
  readonly status: "fail";
}
export interface Warn extends Trouble {
  readonly status: "warn";
}

export interface Unknown {
  readonly status: "unknown";
  readonly reason: string;
  /** Id of the fact that could not be had; outcomes sharing it are told once. */
  readonly cause?: string;
}
export interface NotApplicable {
  readonly status: "not applicable";
  readonly reason: string;
  /** A line may name what nobody declares. */
  readonly settings?: SeenSettings;
  /** It would apply if what it looks at were declared. */
  readonly undeclared?: true;
}

export type Outcome = Pass | Warn | Fail | Unknown | NotApplicable;

export function pass(summary: string, measured?: Measured): Pass {
  return { status: "pass", summary, ...(measured && { measured }) };
}
export function fail(summary: string, trouble: Omit<Trouble, "summary">): Fail {
  return { status: "fail", summary, ...trouble };
}
export function warn(summary: string, trouble: Omit<Trouble, "summary">): Warn {
  return { status: "warn", summary, ...trouble };
}
export function unknown(reason: string, cause?: string): Unknown {
  return { status: "unknown", reason, ...(cause !== undefined && { cause }) };
}
export function notApplicable(reason: string): NotApplicable {
  return { status: "not applicable", reason };
}

/** Nothing is declared that it could look at; the reason says what, and best how it is declared. */
export function undeclared(reason: string): NotApplicable {
  return { status: "not applicable", reason, undeclared: true };
}
