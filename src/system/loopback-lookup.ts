import { lookup } from "node:dns";
import type { LookupFunction } from "node:net";

/** RFC 6761 section 6.3: names under localhost are loopback, whatever the resolver of this machine thinks. */
export function isLoopbackName(host: string): boolean {
  return /(^|\.)localhost\.?$/i.test(host);
}

/** Of a URL's host. */
export function isLoopbackAddress(host: string): boolean {
  return host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}

/** For `lookup` of node:net and node:tls. glibc without nss-myhostname does not know `*.localhost`. */
export const lookupWithLoopback: LookupFunction = (host, options, callback) => {
  const isPlainLocalhost = /^localhost\.?$/i.test(host);
  if (!isLoopbackName(host) || isPlainLocalhost) return lookup(host, options, callback);
  if (options.all) return callback(null, [{ address: "127.0.0.1", family: 4 }]);
  callback(null, "127.0.0.1", 4);
};
