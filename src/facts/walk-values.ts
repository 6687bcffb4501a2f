import { jsonIn } from "../model/json.ts";
/** What earlier steps kept, and the words of this walk. */
export type Kept = Map<string, string>;

const PLACE = /\{\{\s*([a-zA-Z][\w-]*)\s*\}\}/g;

/** `{{name}}` in any text below `value` becomes what was kept; a name nobody kept throws. */
export function filled<Value>(value: Value, kept: ReadonlyMap<string, string>): Value {
  return map(value, (text) =>
    text.replace(PLACE, (_, name: string) => {
      const found = kept.get(name);
      if (found === undefined) throw new Error(`nothing was kept as {{${name}}}`);
      return found;
    }),
  ) as Value;
}

function map(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((each) => map(each, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, map(each, change)]));
}

/** The value at "dreams.0.title" of a JSON text; undefined where there is none or the text is no JSON. */
export function jsonAt(text: string, path: string): unknown {
  let value = jsonIn(text);
  for (const part of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

/** Cookies of one browser (RFC 6265 as far as one host needs it): the last value of each name, none when it is over. */
export function takeCookies(jar: Map<string, string>, lines: readonly string[]): void {
  for (const line of lines) {
    const [pair = "", ...attributes] = line.split(";");
    const at = pair.indexOf("=");
    if (at < 1) continue;
    const name = pair.slice(0, at).trim();
    const isOver = attributes.some((each) => {
      const [key = "", value = ""] = each.trim().split("=");
      if (key.toLowerCase() === "max-age") return Number(value) <= 0;
      return key.toLowerCase() === "expires" && Date.parse(value) < Date.UTC(1980, 0);
    });
    if (isOver) jar.delete(name);
    else jar.set(name, pair.slice(at + 1).trim());
  }
}
