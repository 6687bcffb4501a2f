import { existsSync } from "node:fs";
import { join } from "node:path";

/** Whether a directory has an entry of one of these names; asked before any door is open. */
export function holdsOneOf(directory: string, names: readonly string[]): boolean {
  return names.some((name) => existsSync(join(directory, name)));
}
