import type { Component } from "../model/launch.ts";
import type { UnplacedMistake } from "./mistakes.ts";

interface Declared {
  readonly backup?: { readonly pointInTime?: { readonly provider?: unknown } };
}

/** Databases that hand over what they write to nobody: it would only fill their disk. */
export function findLogsForNobody(components: readonly Component[], hasBackups: boolean): UnplacedMistake[] {
  if (hasBackups) return [];
  return components.flatMap(({ name, kind, options }): UnplacedMistake[] => {
    const pointInTime = kind.kind === "postgres" ? (options as Declared).backup?.pointInTime : undefined;
    // A provider keeps it itself.
    if (pointInTime === undefined || pointInTime.provider !== undefined) return [];
    return [
      {
        path: ["components", name, "backup", "pointInTime"],
        expected: "backups with a destination, to which what the database writes is brought",
        found: "no backups declared",
        fix: 'backups: { destinations: { here: directory() } }; or name the provider that keeps it: pointInTime: { provider: { token: "..." } }',
      },
    ];
  });
}
