/** Raw header lines in order, names as sent. */
export type HeaderLines = readonly (readonly [name: string, value: string])[];

/** Values of every line of that name, in order. */
export function headerValues(lines: HeaderLines, name: string): string[] {
  const wanted = name.toLowerCase();
  return lines.filter(([each]) => each.toLowerCase() === wanted).map(([, value]) => value.trim());
}

/** All lines of that name joined as a list (RFC 9110 section 5.3); undefined when absent. */
export function headerValue(lines: HeaderLines, name: string): string | undefined {
  const values = headerValues(lines, name);
  return values.length > 0 ? values.join(", ") : undefined;
}

export function hasHeader(lines: HeaderLines, name: string): boolean {
  return headerValues(lines, name).length > 0;
}

/** "max-age=60, private" as a map of lower-case names; a bare word has the value "". Quotes are taken off. */
export function directives(value: string, separator: "," | ";" = ","): Map<string, string> {
  const found = new Map<string, string>();
  for (const part of value.split(separator)) {
    const [name = "", ...rest] = part.split("=");
    const key = name.trim().toLowerCase();
    if (key === "" || found.has(key)) continue;
    found.set(key, unquoted(rest.join("=").trim()));
  }
  return found;
}

function unquoted(text: string): string {
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}

/** Lower-case media type without parameters; undefined when absent. */
export function mediaType(lines: HeaderLines): string | undefined {
  return headerValues(lines, "content-type")[0]?.split(";")[0]?.trim().toLowerCase();
}

/** Lower-case charset parameter of the content type. */
export function charset(lines: HeaderLines): string | undefined {
  const value = headerValues(lines, "content-type")[0];
  if (value === undefined) return undefined;
  return directives(value, ";").get("charset")?.toLowerCase();
}

export interface CacheControl {
  readonly present: boolean;
  /** Seconds. */
  readonly maxAge: number | undefined;
  readonly sharedMaxAge: number | undefined;
  readonly immutable: boolean;
  readonly noStore: boolean;
  readonly noCache: boolean;
  readonly isPublic: boolean;
  readonly isPrivate: boolean;
}

/** Cache-Control as RFC 9111 section 5.2 reads it. */
export function cacheControl(lines: HeaderLines): CacheControl {
  const value = headerValue(lines, "cache-control");
  const found = directives(value ?? "");
  const seconds = (name: string): number | undefined => {
    const text = found.get(name);
    return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
  };
  return {
    present: value !== undefined,
    maxAge: seconds("max-age"),
    sharedMaxAge: seconds("s-maxage"),
    immutable: found.has("immutable"),
    noStore: found.has("no-store"),
    noCache: found.has("no-cache"),
    isPublic: found.has("public"),
    isPrivate: found.has("private"),
  };
}
