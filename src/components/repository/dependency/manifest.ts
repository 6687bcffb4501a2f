import { z } from "zod";

const ranges = z.record(z.string(), z.string()).default({}).catch({});

export const manifestSchema = z.looseObject({
  name: z.string().optional(),
  dependencies: ranges,
  devDependencies: ranges,
  optionalDependencies: ranges,
  peerDependencies: ranges,
});
export type Manifest = z.output<typeof manifestSchema>;

export const KINDS = ["dependencies", "devDependencies", "optionalDependencies"] as const;

export interface Declared {
  readonly name: string;
  readonly range: string;
  readonly kind: (typeof KINDS)[number];
}

/** npm lists an optional dependency among the others too; it is one. */
export function declaredIn(manifest: Pick<Manifest, (typeof KINDS)[number]>): Declared[] {
  const optional = new Set(Object.keys(manifest.optionalDependencies));
  return KINDS.flatMap((kind) =>
    Object.entries(manifest[kind])
      .filter(([name]) => kind === "optionalDependencies" || !optional.has(name))
      .map(([name, range]) => ({ name, range, kind })),
  );
}

/** Where manifest and lock tell different things about one package. */
export interface Difference {
  readonly name: string;
  /** Undefined: package.json does not have it. */
  readonly manifest: string | undefined;
  /** Undefined: the lock does not have it. */
  readonly lock: string | undefined;
}

export function compare(manifest: readonly Declared[], lock: readonly Declared[]): Difference[] {
  const locked = new Map(lock.map((each) => [each.name, each.range]));
  const declared = new Map(manifest.map((each) => [each.name, each.range]));
  const names = [...new Set([...declared.keys(), ...locked.keys()])].sort();
  return names
    .map((name) => ({ name, manifest: declared.get(name), lock: locked.get(name) }))
    .filter((each) => each.manifest !== each.lock);
}
