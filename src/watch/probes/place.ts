import { UserError } from "../../model/errors.ts";
import type { Address } from "../../model/subject.ts";

const known = new Map<string, URL>();

/** A path of the environment's address, or a whole URL. Remembered: the same few are asked for all day. */
export function placeOf(at: string, address: Address | undefined): URL {
  const text = at.startsWith("/") ? `${address?.url ?? ""}${at}` : at;
  const found = known.get(text) ?? URL.parse(text);
  if (!found) throw new UserError(`${at} is no path of an address that is known, and no URL`);
  if (known.size > 100_000) known.clear();
  known.set(text, found);
  return found;
}

/** What is sent as Host to a place that answers under several names; undefined: the URL's own. */
export function hostAt(host: string | undefined, { hostname, port }: URL): string | undefined {
  if (host === undefined || host === hostname) return undefined;
  return port === "" ? host : `${host}:${port}`;
}

/** Whether what is asked is on this machine. */
export function isNear(host: string): boolean {
  return /(^|\.)localhost\.?$/i.test(host) || host === "[::1]" || host === "::1" || host.startsWith("127.");
}
