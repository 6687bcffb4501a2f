// Values that would blot out half the log and hide nothing.
const PLAIN = /^(\d{1,6}|[A-Za-z]?[a-z]{1,6}|production|development|localhost)$/;
const SHORTEST = 5;

/** Replaces the values of a release's variables by `[NAME]`, also their password parts, lines and encodings. */
export function createMask(variables: Readonly<Record<string, string>>): (text: string) => string {
  const hidden = Object.entries(variables)
    .flatMap(([name, value]) => [...new Set(formsOf(value))].map((form) => [form, `[${name}]`] as const))
    .filter(([form]) => form.length >= SHORTEST && !PLAIN.test(form))
    // Longest first: a password inside an address must not leave the rest of the address behind.
    .sort(([a], [b]) => b.length - a.length);
  return (text) => hidden.reduce((rest, [form, shown]) => rest.replaceAll(form, shown), text);
}

function formsOf(value: string): string[] {
  const trimmed = value.trim();
  const lines = trimmed.split(/\r?\n/).map((line) => line.trim());
  const url = URL.parse(trimmed);
  const password = url?.password ?? "";
  return [
    value,
    trimmed,
    JSON.stringify(trimmed).slice(1, -1),
    encodeURIComponent(trimmed.toWellFormed()),
    Buffer.from(trimmed).toString("base64"),
    ...(lines.length > 1 ? lines.filter((line) => line.length >= 16) : []),
    password,
    decoded(password),
  ];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
