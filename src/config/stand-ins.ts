import { z } from "zod";
import type { UnknownImport } from "./exported-names.ts";
import type { Registry } from "./judge-launch.ts";

/** Begins with a blank: no kind that is really there does. */
const standInOf = (name: string): string => ` ${name}`;

/**
 * What can be declared, with names that gonogo lacks: one that is nearly known stands for that, so that its options
 * are judged too; any other may be everything and takes whatever it is given.
 */
export function withStandIns(
  { kinds, targets, channels, destinations = new Map() }: Registry,
  exported: ReadonlyMap<string, string>,
  unknown: readonly UnknownImport[],
): { readonly exported: ReadonlyMap<string, string>; readonly registry: Registry } {
  const meant = unknown.map(({ name, mistake: { didYouMean } }) => {
    const kind = didYouMean === undefined ? undefined : exported.get(didYouMean);
    return [name, kind ?? standInOf(name)] as const;
  });
  const adding = <Kind>(known: ReadonlyMap<string, Kind>, make: (all: StandIn) => Kind): Map<string, Kind> =>
    new Map([...known, ...unknown.map(({ name }) => [standInOf(name), make(standIn(name))] as const)]);
  return {
    exported: new Map([...exported, ...meant]),
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
