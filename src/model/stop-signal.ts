import { firstFailure } from "./errors.ts";

/** By which a person ends a command. A closed terminal hangs up: Node would end at once and leave a deploy half done. */
export const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
export type StopSignal = (typeof STOP_SIGNALS)[number];

/** A person ended the command: nothing failed. */
class StoppedError extends Error {
  readonly signal: StopSignal;
  constructor(signal: StopSignal) {
    super(`stopped by ${signal}`);
    this.name = "StoppedError";
    this.signal = signal;
  }
}

export function stoppedBy(signal: StopSignal): StoppedError {
  return new StoppedError(signal);
}

/** The signal at the root of what was thrown: its own, its cause's, or that of one of those it gathers. */
export function stopSignalOf(thrown: unknown): StopSignal | undefined {
  const first = firstFailure(thrown);
  if (first instanceof StoppedError) return first.signal;
  const roots: readonly unknown[] = first instanceof AggregateError ? first.errors : [];
  for (const root of first instanceof Error ? [first.cause, ...roots] : []) {
    const signal = stopSignalOf(root);
    if (signal !== undefined) return signal;
  }
  return undefined;
}

/** Whether a deploy's reason, "bake: stopped by SIGINT" or no step's, is that a person ended it. */
export function isStopped(reason: string | undefined): boolean {
  return STOP_SIGNALS.some((signal) => {
    const { message } = stoppedBy(signal);
    return reason === message || reason?.endsWith(`: ${message}`);
  });
}
