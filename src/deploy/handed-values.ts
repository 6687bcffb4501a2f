import type { Secret } from "../model/secret.ts";
import type { Variable, Variables } from "../model/variable.ts";

/** What the release's build, migrate and backup get: everything but Gonogo's own credentials. */
export function forCommands(variables: Variables): Map<string, Secret> {
  return handed(variables, ({ readBy }) => readBy !== "nobody");
}

/** What the application's processes get: everything but what only commands may have, too. */
export function forProcesses(variables: Variables): Map<string, Secret> {
  return handed(variables, ({ readBy }) => readBy === undefined);
}

/** What nobody declared is handed on. */
function handed({ declared, values }: Variables, may: (variable: Variable) => boolean): Map<string, Secret> {
  const withheld = new Set(declared.filter((each) => !may(each)).map(({ name }) => name));
  return new Map([...values].flatMap(([name, { value }]) => (withheld.has(name) ? [] : [[name, value]])));
}

export function fingerprintsOf(values: ReadonlyMap<string, Secret>, salt: string): Record<string, string> {
  return Object.fromEntries([...values].map(([name, value]) => [name, value.fingerprint(salt)]));
}
