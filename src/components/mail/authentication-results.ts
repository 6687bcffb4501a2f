/** What a receiving server found out about a mail's sender; RFC 8601. */
export interface AuthenticationResult {
  /** "dkim", "spf", "dmarc", "arc", ... lower case. */
  readonly method: string;
  /** "pass", "fail", "softfail", "none", "temperror", ... lower case. */
  readonly result: string;
  /** The domain it speaks of: header.d, header.i, smtp.mailfrom or header.from. */
  readonly domain: string | undefined;
}

/**
 * Of the server that received it last: the topmost field, and others with the same name of a server. What stands below
 * them was there before and proves nothing (RFC 8601 section 5). Empty where the server tells none.
 */
export function authenticationResults(
  headerLines: readonly (readonly [name: string, value: string])[],
): AuthenticationResult[] {
  const fields = headerLines
    .filter(([name]) => name.toLowerCase() === "authentication-results")
    .map(([, value]) => parseField(value));
  const [first] = fields;
  return fields.filter(({ server }) => server === first?.server).flatMap(({ results }) => results);
}

function parseField(value: string): { server: string; results: AuthenticationResult[] } {
  const parts = splitOutsideQuotes(withoutComments(value));
  // Microsoft's servers leave their name out and begin with the first result.
  const server = parts[0] !== undefined && parseResult(parts[0]) === undefined ? parts.shift() : "";
  return {
    server: server?.trim().split(/\s+/)[0]?.toLowerCase() ?? "",
    results: parts.flatMap((part) => parseResult(part) ?? []),
  };
}

function parseResult(part: string): AuthenticationResult | undefined {
  const [, method, result, rest = ""] =
    /^\s*([\w-]+)\s*(?:\/\s*\d+\s*)?=\s*([\w-]+)([\s\S]*)$/.exec(part) ?? [];
  if (method === undefined || result === undefined) return undefined;
  return { method: method.toLowerCase(), result: result.toLowerCase(), domain: domainOf(rest) };
}

const DOMAINS = ["header.d", "header.i", "smtp.mailfrom", "smtp.helo", "header.from"];

function domainOf(properties: string): string | undefined {
  const given = new Map(
    [...properties.matchAll(/([a-z]+\.[\w-]+)\s*=\s*("[^"]*"|\S+)/gi)].map(
      ([, name = "", value = ""]) => [name.toLowerCase(), value.replaceAll('"', "").toLowerCase()] as const,
    ),
  );
  const value = DOMAINS.map((name) => given.get(name)).find((each) => each !== undefined);
  return value?.slice(value.lastIndexOf("@") + 1);
}

/** Comments stand in parentheses, also in one another. */
function withoutComments(value: string): string {
  let depth = 0;
  let isQuoted = false;
  let kept = "";
  for (const each of value) {
    if (each === '"' && depth === 0) isQuoted = !isQuoted;
    if (each === "(" && !isQuoted) depth += 1;
    if (depth === 0) kept += each;
    if (each === ")" && !isQuoted && depth > 0) depth -= 1;
  }
  return kept;
}

function splitOutsideQuotes(value: string): string[] {
  return (value.match(/(?:"[^"]*"|[^;"])+|;/g) ?? []).filter((part) => part !== ";");
}
