import { setImmediate } from "node:timers/promises";
import type { Binder } from "./bind.ts";
import type { BindingLine } from "./binding-line.ts";
import { type Choice, choicesFor } from "./choices.ts";
import type { SecondBinder } from "./second-binder.ts";

/** Lines that are handed over at once: few enough that nobody waits long for the last of them. */
const PART = 200;

/** Binds lines with a second thread, it from the first on and we from the last, until both meet. */
export async function bindTogether<Line extends BindingLine>(
  lines: readonly Line[],
  binders: { readonly second: SecondBinder; readonly ours: () => Binder },
): Promise<ReadonlyMap<Line, readonly Choice[]>> {
  const chosen = new Map<Line, readonly Choice[]>();
  let from = 0;
  let to = lines.length;
  const theirs = async (): Promise<void> => {
    while (from < to) {
      const part = lines.slice(from, Math.min(to, from + PART));
      from += part.length;
      const told = await binders.second.choicesFor(part);
      for (const [at, line] of part.entries()) chosen.set(line, told[at] ?? []);
    }
  };
  // Two parts are under way at a time: it never waits for the next.
  const other = Promise.all([theirs(), theirs()]);
  // Whoever throws here below leaves nobody behind to hear of it.
  other.catch(() => undefined);
  const bind = binders.ours();
  while (from < to) {
    const part = lines.slice(Math.max(from, to - PART), to);
    to -= part.length;
    for (const line of part) chosen.set(line, choicesFor(line, bind));
    await setImmediate();
  }
  await other;
  return chosen;
}
