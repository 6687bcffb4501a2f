import { z } from "zod";
import type { Registry } from "./judge-launch.ts";
import type { UnknownName } from "./unknown-names.ts";

/** Begins with a blank: no kind that is really there does. */
const standInOf = (name: string): string => ` ${name}`;

/** Whether a kind is there only because a name is unknown. */
export const isStandIn = (kind: string | undefined): boolean => kind?.startsWith(" ") ?? false;

/**
 * What can be declared, with names that gonogo lacks: one that is nearly known stands for that, so that its options
 * are judged too; any other may be everything and takes whatever it is given.
 */
export function withStandIns(
  { kinds, targets, channels, destinations = new Map() }: Registry,
  exported: ReadonlyMap<string, string>,
  unknown: readonly UnknownName[],
): {
  readonly exported: ReadonlyMap<string, string>;
  /** Names that are used without an import; "defineLaunch" is the kind of what stands for that. */
  readonly globals: ReadonlyMap<string, string>;
  readonly registry: Registry;
} {
  const standing = unknown.map(({ name, meant, isImported }) => {
    const kind = meant === undefined ? undefined : exported.get(meant);
    const isLaunch = !isImported && meant === "defineLaunch";
    return { name, isImported, kind: isLaunch ? meant : (kind ?? standInOf(name)) };
  });
  const kindsOf = (areImported: boolean): [string, string][] =>
    standing.flatMap(({ name, kind, isImported }) => (isImported === areImported ? [[name, kind]] : []));
  const adding = <Kind>(known: ReadonlyMap<string, Kind>, make: (all: StandIn) => Kind): Map<string, Kind> =>
    new Map([...known, ...unknown.map(({ name }) => [standInOf(name), make(standIn(name))] as const)]);
  return {
    exported: new Map([...exported, ...kindsOf(true)]),
    globals: new Map(kindsOf(false)),
    registry: {
      kinds: adding(kinds, (all) => ({ ...all, checks: [] })),
      targets: adding(targets, (all) => ({ ...all, open: never })),
      channels: adding(channels, (all) => ({ ...all, send: never })),
      destinations: adding(destinations, (all) => ({ ...all, isElsewhere: true, openPlace: never })),
    },
  };
}

type StandIn = ReturnType<typeof standIn>;

function standIn(name: string) {
  return { kind: standInOf(name), summary: "", options: z.unknown(), variables: () => [] };
}

function never(): never {
  throw new Error("what stands in for something unknown is never used");
}
