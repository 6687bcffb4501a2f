/** A port of one instance of the application on 127.0.0.1. */
export interface Upstream {
  readonly port: number;
  /** Default true. Kept over a later `put` of the same port that does not say. */
  readonly ready?: boolean;
}

/** Files of a built front end. */
export interface Site {
  /** Absolute; nothing outside it is ever served. */
  readonly directory: string;
  /** "index.html": answers pages that are not files (single-page applications). */
  readonly fallback: string | undefined;
  /** Sent with every answer of the site, as declared. */
  readonly headers?: Readonly<Record<string, string>>;
}

interface Match {
  /** "/" or "/api": whole path segments; the longest wins. */
  readonly prefix: string;
  /** Host name without port; such a route goes before general ones. */
  readonly host?: string;
}
export type Route = Match & ({ readonly upstreams: readonly Upstream[] } | { readonly site: Site });

export interface RoutedRelease {
  readonly id: string;
  readonly routes: readonly Route[];
}

/** Orders routes so that the first that fits is the right one: a host's own first, then the longest prefix. */
export function bySpecificity<R extends Match>(routes: readonly R[]): R[] {
  return routes.toSorted(
    (a, b) =>
      Number(b.host !== undefined) - Number(a.host !== undefined) ||
      trimmed(b.prefix).length - trimmed(a.prefix).length,
  );
}

/** The first route that answers this host (no port, lower case) and path; `routes` as `bySpecificity` gives them. */
export function findRoute<R extends Match>(routes: readonly R[], host: string, path: string): R | undefined {
  return routes.find(
    (route) => (route.host === undefined || route.host.toLowerCase() === host) && covers(route.prefix, path),
  );
}

/** What is left of the path below the prefix; starts with "/". */
export function below(prefix: string, path: string): string {
  const rest = path.slice(trimmed(prefix).length);
  return rest.startsWith("/") ? rest : `/${rest}`;
}

function covers(prefix: string, path: string): boolean {
  const start = trimmed(prefix);
  if (!path.startsWith(start)) return start === "";
  const next = path[start.length];
  return start === "" || next === undefined || next === "/" || next === "?";
}

function trimmed(prefix: string): string {
  return prefix.endsWith("/") ? prefix.slice(0, -1) : prefix;
}
