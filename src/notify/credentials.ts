import type { Doors } from "../model/doors.ts";
import type { Secret } from "../model/secret.ts";
import type { Variables } from "../model/variable.ts";

interface CredentialSource {
  readonly doors: Doors;
  readVariables(supplied: ReadonlyMap<string, Secret>): Promise<Variables>;
}

const VARIABLES_FRESH_MS = 5 * 60_000;

/** Values of the environment's variables; read anew every few minutes, for a source may be a command that costs. */
export function channelVariables({
  readVariables,
  doors,
}: CredentialSource): () => Promise<ReadonlyMap<string, Secret>> {
  let last: { readonly at: number; readonly values: ReadonlyMap<string, Secret> } | undefined;
  return async () => {
    const now = doors.clock.monotonicMs();
    if (last && now - last.at < VARIABLES_FRESH_MS) return last.values;
    const { values } = await readVariables(new Map());
    last = { at: now, values: new Map([...values].map(([name, { value }]) => [name, value])) };
    return last.values;
  };
}
