import type { z } from "zod";

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly items?: readonly z.ZodType[];
  readonly in?: z.ZodType;
  readonly left?: z.ZodType;
  readonly right?: z.ZodType;
  readonly getter?: () => z.ZodType;
}

/** The keys a schema knows at a path, over all branches of its unions: candidates for "did you mean". */
export function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const reached = path.reduce<z.ZodType[]>((at, key) => at.flatMap((each) => step(each, key)), [schema]);
  return [...new Set(reached.flatMap(objectsIn).flatMap((each) => Object.keys(each.shape ?? {})))];
}

function step(schema: z.ZodType, key: PropertyKey): z.ZodType[] {
  return unwrapped(schema).flatMap(({ type, shape, element, valueType, items }) => {
    if (type === "object") return shape?.[String(key)] ?? [];
    if (type === "array") return element ?? [];
    if (type === "tuple") return items?.[Number(key)] ?? [];
    return valueType ?? [];
  });
}

function objectsIn(schema: z.ZodType): Definition[] {
  return unwrapped(schema).filter((each) => each.type === "object");
}

/** Behind defaults, options, pipes and unions: what the value itself may be. */
function unwrapped(schema: z.ZodType, depth = 0): Definition[] {
  const definition = schema._zod.def as unknown as Definition;
  const inner = [
    definition.innerType,
    definition.in,
    definition.left,
    definition.right,
    definition.type === "lazy" ? definition.getter?.() : undefined,
    ...(definition.type === "union" ? (definition.options ?? []) : []),
  ].filter((each) => each !== undefined);
  if (inner.length === 0 || depth > 20) return [definition];
  return inner.flatMap((each) => unwrapped(each, depth + 1));
}
