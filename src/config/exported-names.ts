import type { Registry } from "./judge-launch.ts";

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
