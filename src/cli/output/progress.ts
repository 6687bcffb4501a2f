import { cropped, harmless } from "./plain-text.ts";

/** Where progress goes; never where results go. */
export interface ProgressOutput {
  note(text: string): void;
  readonly columns: number;
  /** A person watches a terminal: the line may be rewritten. */
  readonly interactive: boolean;
}

export interface Progress {
  /** What is being done now. */
  update(text: string): void;
  /** Takes the line away. */
  end(): void;
}

const CLEAR_LINE = "\r\u001b[2K";
/** A log file needs to show that something goes on, not every fact of it. */
const PLAIN_EVERY_MS = 5_000;

/**
 * One line that rewrites itself for a person, a line now and then for a log; nothing when `quiet` (a machine reads).
 * Nothing is shown of work that ends within a second.
 */
export function startProgress(
  output: ProgressOutput,
  options: { quiet: boolean; monotonicMs?: () => number } = { quiet: false },
): Progress {
  const monotonicMs = options.monotonicMs ?? (() => performance.now());
  const started = monotonicMs();
  let toldAt = started;
  let shown = false;
  if (options.quiet) return { update: () => undefined, end: () => undefined };
  return {
    update(text) {
      const now = monotonicMs();
      if (output.interactive) {
        if (now - started < 1_000) return;
        output.note(CLEAR_LINE + cropped(harmless(text), output.columns - 1));
        shown = true;
        return;
      }
      if (now - toldAt < (shown ? PLAIN_EVERY_MS : 1_000)) return;
      output.note(`${harmless(text)}\n`);
      toldAt = now;
      shown = true;
    },
    end() {
      if (output.interactive && shown) output.note(CLEAR_LINE);
    },
  };
}
