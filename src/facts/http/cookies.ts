import { type HeaderLines, headerValues } from "./headers.ts";

/** A Set-Cookie line without its value (it may be a session). */
export interface Cookie {
  readonly name: string;
  /** Bytes of name and value together. */
  readonly sizeBytes: number;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  /** As sent, lower case; undefined when absent. */
  readonly sameSite: string | undefined;
  readonly domain: string | undefined;
  readonly path: string | undefined;
  /** The line takes a cookie away: an empty value, or an expiry in the past. */
  readonly removes: boolean;
}

/** Cookies that an answer sets, read as RFC 6265bis section 5.6 says. */
export function cookiesOf(lines: HeaderLines): Cookie[] {
  return headerValues(lines, "set-cookie").flatMap((line) => parseSetCookie(line) ?? []);
}

export function parseSetCookie(line: string): Cookie | undefined {
  const [pair = "", ...attributes] = line.split(";");
  const equals = pair.indexOf("=");
  if (equals < 0) return undefined;
  const name = pair.slice(0, equals).trim();
  const value = pair.slice(equals + 1).trim();
  const found = new Map<string, string>();
  for (const attribute of attributes) {
    const [key = "", ...rest] = attribute.split("=");
    found.set(key.trim().toLowerCase(), rest.join("=").trim());
  }
  const maxAge = Number(found.get("max-age") ?? Number.NaN);
  return {
    name,
    sizeBytes: Buffer.byteLength(name) + Buffer.byteLength(value),
    secure: found.has("secure"),
    httpOnly: found.has("httponly"),
    sameSite: found.get("samesite")?.toLowerCase(),
    domain: found.get("domain") || undefined,
    path: found.get("path") || undefined,
    removes: value === "" || maxAge <= 0 || /\b19[67]\d\b/.test(found.get("expires") ?? ""),
  };
}

/** Names that frameworks give to session cookies. */
const SESSION_NAME =
  /sess|(^|[-_.])sid($|[-_.])|connect\.sid|auth|token|jwt|login|remember|^sb-|phpsessid|identity/i;
const ANTI_FORGERY_NAME = /csrf|xsrf/i;

/** A token against forged requests; scripts read it, so it is no session. */
export function isAntiForgeryCookie({ name }: Cookie): boolean {
  return ANTI_FORGERY_NAME.test(name);
}

/** Whether a cookie carries a session: declared names decide, else its name tells. */
export function isSessionCookie(cookie: Cookie, declared: readonly string[]): boolean {
  if (declared.length > 0) return declared.includes(cookie.name);
  return SESSION_NAME.test(cookie.name) && !isAntiForgeryCookie(cookie);
}
