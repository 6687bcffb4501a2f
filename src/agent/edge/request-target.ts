import type { IncomingMessage } from "node:http";

export interface RequestTarget {
  /** As sent, for the application. */
  readonly authority: string;
  /** Lower case, without port. */
  readonly host: string;
  /** Origin form with its query: "/a?b"; "*" for OPTIONS. */
  readonly url: string;
  /** Without its query. */
  readonly path: string;
}

const AUTHORITY = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)?(?::\d{1,5})?$/i;

/** Where a request goes. Undefined when its host or target can be read in two ways (RFC 9112 section 3.2). */
export function readTarget(request: IncomingMessage): RequestTarget | undefined {
  const authority = request.headers.host ?? "";
  if (countHosts(request.rawHeaders) > 1) return undefined;
  const url = originForm(request.url ?? "", authority);
  if (url === undefined) return undefined;
  const host = AUTHORITY.exec(authority);
  if (!host) return undefined;
  const query = url.indexOf("?");
  return {
    authority,
    host: (host[1] ?? "").toLowerCase().replace(/\.$/, ""),
    url,
    path: query === -1 ? url : url.slice(0, query),
  };
}

function countHosts(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string;
    if (name.length === 4 && name.toLowerCase() === "host") count += 1;
  }
  return count;
}

function originForm(target: string, authority: string): string | undefined {
  if (target.startsWith("/") || target === "*") return target;
  const absolute = /^https?:\/\/([^/?#]+)([/?].*)?$/i.exec(target);
  if (absolute?.[1]?.toLowerCase() !== authority.toLowerCase()) return undefined;
  const rest = absolute[2] ?? "/";
  return rest.startsWith("/") ? rest : `/${rest}`;
}
