import type { Outcome } from "./outcome.ts";

/** A stored outcome: what was seen, when, on which release and configuration, until when it is fresh. */
export interface Evidence {
  readonly environment: string;
  readonly component: string;
  readonly check: string;
  readonly outcome: Outcome;
  readonly observedAt: number;
  readonly freshUntil: number;
  /** Release that was looked at; undefined when none was live. */
  readonly release: string | undefined;
  readonly configuration: string;
  /** How each needed fact was had: attempts and milliseconds. */
  readonly facts: readonly FactTrace[];
}

export interface FactTrace {
  readonly fact: string;
  readonly tookMs: number;
  readonly attempts: readonly { readonly tookMs: number; readonly error: string | undefined }[];
}

/** What a drill has shown is not of one release: it stands for its whole time. */
export function isDrill(check: string): boolean {
  return check.startsWith("drill.");
}

/** Why evidence no longer counts; undefined while it does. */
export function staleness(
  evidence: Evidence,
  now: { readonly at: number; readonly release: string | undefined; readonly configuration: string },
): string | undefined {
  if (isDrill(evidence.check)) return now.at >= evidence.freshUntil ? "too old" : undefined;
  if (evidence.configuration !== now.configuration) return "the configuration changed since";
  if (evidence.release !== now.release)
    return `seen on ${evidence.release ?? "no release"}, now ${now.release ?? "none"}`;
  if (now.at >= evidence.freshUntil) return "too old";
  return undefined;
}
