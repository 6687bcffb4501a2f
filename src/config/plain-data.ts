/** A place in the declaration that is no data: a function, a class instance, a circle. */
export interface NotPlain {
  readonly path: readonly (string | number)[];
  readonly found: string;
  readonly fix: string;
  /** Of a component, target or the like that was not called. */
  readonly kind?: string;
}

export type Plain =
  | undefined
  | null
  | boolean
  | number
  | string
  | readonly Plain[]
  | { readonly [key: string]: Plain };

const MAX_VALUES = 100_000;
const MAX_DEPTH = 60;

/**
 * Copies a declaration as data that can cross a thread. What is no data is left out and listed, with its path;
 * never throws, whatever the value does when it is read.
 */
export function toPlainData(value: unknown): {
  readonly data: Plain;
  readonly problems: readonly NotPlain[];
} {
  const problems: NotPlain[] = [];
  const above = new Set<object>();
  let count = 0;

  function copy(each: unknown, path: readonly (string | number)[]): Plain {
    count += 1;
    if (count === MAX_VALUES) return refuse(path, "more than 100,000 values", "declare less");
    if (count > MAX_VALUES) return undefined;
    if (each === null || typeof each === "string" || typeof each === "boolean") return each;
    if (each === undefined) return undefined;
    if (typeof each === "number") {
      return Number.isFinite(each) ? each : refuse(path, String(each), "write a finite number");
    }
    if (typeof each === "function") return refuseFunction(each, path);
    if (typeof each !== "object")
      return refuse(path, `a ${typeof each}`, "write text, a number, a list or an object");
    if (above.has(each)) return refuse(path, "an object that contains itself", "write the value out");
    if (path.length > MAX_DEPTH) return refuse(path, `more than ${MAX_DEPTH} levels`, "declare it flatter");
    above.add(each);
    const copied = Array.isArray(each) ? copyList(each, path) : copyObject(each, path);
    above.delete(each);
    return copied;
  }

  function copyList(list: readonly unknown[], path: readonly (string | number)[]): Plain {
    if (list.length > MAX_VALUES) return refuse(path, "more than 100,000 values", "declare less");
    return Array.from(list, (each, index) => copy(each, [...path, index]) ?? null);
  }

  function copyObject(object: object, path: readonly (string | number)[]): Plain {
    const prototype = Object.getPrototypeOf(object) as object | null;
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
      return refuse(
        path,
        `an instance of ${nameOf(prototype)}`,
        "write the plain value: text, a number, a list or an object",
      );
    }
    const copied: Record<string, Plain> = Object.create(null) as Record<string, Plain>;
    for (const key of Object.keys(object)) {
      const plain = copy((object as Record<string, unknown>)[key], [...path, key]);
      if (plain !== undefined) copied[key] = plain;
    }
    return copied;
  }

  function refuse(path: readonly (string | number)[], found: string, fix: string): undefined {
    problems.push({ path, found, fix });
  }

  function refuseFunction(each: object, path: readonly (string | number)[]): undefined {
    const { kind } = each as { kind?: unknown };
    if (typeof kind === "string") {
      problems.push({ path, found: `${kind} without its call`, fix: `write ${kind}({ ... })`, kind });
      return undefined;
    }
    return refuse(path, "a function", "write its result: a declaration is data");
  }

  try {
    return { data: copy(value, []), problems };
  } catch {
    // A getter or a proxy that throws.
    return {
      data: undefined,
      problems: [{ path: [], found: "an object that cannot be read", fix: "write it out" }],
    };
  }
}

function nameOf(prototype: object): string {
  const name = (prototype as { constructor?: { name?: unknown } }).constructor?.name;
  return typeof name === "string" && name !== "" ? name : "a class";
}
