import type { Registry } from "./judge-launch.ts";
import { createLocator } from "./locate.ts";
import { type Mistake, nearest } from "./mistakes.ts";

/** What `import { ... } from "gonogo"` offers besides defineLaunch: "objectStorage" -> "object-storage". */
export function exportedNames({
  kinds,
  targets,
  channels,
  destinations,
}: Registry): ReadonlyMap<string, string> {
  return new Map(
    [kinds, targets, channels, destinations ?? new Map()]
      .flatMap((each) => [...each.keys()])
      .map((kind) => [exportedName(kind), kind]),
  );
}

/** The name under which the public entry exports a kind. */
export function exportedName(kind: string): string {
  return kind.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

export interface UnknownImport {
  readonly name: string;
  readonly mistake: Omit<Mistake, "file">;
}

/** Imports of names that gonogo does not export: a module with one of them does not even start. */
export function findUnknownImports(source: string | undefined, exported: readonly string[]): UnknownImport[] {
  const known = ["defineLaunch", ...exported];
  return createLocator(source)
    .importsFrom("gonogo")
    .filter(({ name }) => !known.includes(name))
    .map(({ name, at }) => {
      const near = nearest(name, known);
      const mistake = {
        path: `import { ${name} }`,
        ...at,
        expected: `names that gonogo exports: ${known.join(", ")}`,
        found: `the unknown name ${name}`,
        didYouMean: near,
        fix: near === undefined ? "remove it from the import" : `import ${near}`,
      };
      return { name, mistake };
    });
}
