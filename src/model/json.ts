/** What a JSON text says, in UTF-8 where it is bytes; undefined when it is none, which no JSON text says. */
export function jsonIn(text: string | Uint8Array): unknown {
  try {
    return JSON.parse(typeof text === "string" ? text : new TextDecoder().decode(text));
  } catch {
    return undefined;
  }
}

/** The same where it is an object or a list: undefined for anything that has no fields. */
export function objectIn(text: string | Uint8Array): Readonly<Record<string, unknown>> | undefined {
  const value = jsonIn(text);
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
}
