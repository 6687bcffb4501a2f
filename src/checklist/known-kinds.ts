import { z } from "zod";
import type { AnyCheck } from "../model/check.ts";
import type { AnyComponentKind } from "../model/component.ts";

/**
 * What a list has to know of a kind of component. Plain data, made when the package is built: to load every kind takes
 * longer than to bind most lists, and a first import, before anything is declared, needs none of them.
 */
export interface KnownKind {
  readonly kind: string;
  readonly checks: readonly Pick<AnyCheck, "id" | "title" | "asks">[];
  /** Options that nobody can leave out, each with what stands for its value. */
  readonly required: readonly (readonly [option: string, placeholder: string | readonly string[]])[];
  /** Variables it declares by itself, as far as they can be had without options. */
  readonly brings: readonly string[];
}

export type KnownKinds = ReadonlyMap<string, KnownKind>;

export function knownKinds(kinds: Iterable<AnyComponentKind>): Map<string, KnownKind> {
  const all = [...kinds].map((kind) => ({
    kind: kind.kind,
    checks: kind.checks.map(({ id, title, asks }) => ({ id, title, asks })),
    required: requiredBy(kind),
    brings: broughtBy(kind),
  }));
  return new Map(all.map((each) => [each.kind, each]));
}

function requiredBy({ options }: AnyComponentKind): KnownKind["required"] {
  if (!(options instanceof z.ZodObject)) return [];
  return Object.entries(options.shape).flatMap(([name, option]) =>
    option.isOptional() ? [] : [[name, option instanceof z.ZodArray ? ["..."] : "..."] as const],
  );
}

function broughtBy(kind: AnyComponentKind): string[] {
  const options = kind.options.safeParse({});
  return options.success ? kind.variables(options.data, kind.kind).map(({ name }) => name) : [];
}
