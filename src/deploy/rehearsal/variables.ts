import { Secret } from "../../model/secret.ts";

/** Addresses of one database, and of its copy. */
export interface Redirection {
  /** Names that lead to it by declaration. */
  readonly names: readonly string[];
  /** Addresses it is known under; a value with the same host, port and database leads there too. */
  readonly live: readonly Secret[];
  /** The copy's address as a role of the original. */
  addressFor(role: string): Secret;
}

/**
 * Variables as they are, but every one that leads to the live database leads to its copy, so that a migrate line
 * which reads another variable than the declared one (DIRECT_URL) cannot touch the data. Pure.
 */
export function redirected(
  values: ReadonlyMap<string, Secret>,
  redirection: Redirection,
): Map<string, Secret> {
  const places = new Set(redirection.live.flatMap((url) => placeOf(url) ?? []));
  return new Map(
    [...values].map(([name, value]) => {
      const place = placeOf(value);
      const leadsThere = place !== undefined && (places.has(place) || redirection.names.includes(name));
      return [name, leadsThere ? moved(value, redirection) : value];
    }),
  );
}

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** "127.0.0.1:5432/shop"; undefined when the value is no address of a Postgres. */
function placeOf(value: Secret): string | undefined {
  const url = parsed(value);
  if (!url) return undefined;
  const host = LOOPBACK.test(url.hostname) ? "127.0.0.1" : url.hostname;
  return `${host}:${url.port || "5432"}${url.pathname}`;
}

function parsed(value: Secret): URL | undefined {
  const url = URL.parse(value.reveal());
  return url && /^postgres(?:ql)?:$/.test(url.protocol) ? url : undefined;
}

/** Parameters of the client stay; those of the way there (TLS) do not, for the copy is on loopback without it. */
function moved(value: Secret, { addressFor }: Redirection): Secret {
  const from = parsed(value);
  if (!from) return value;
  const to = new URL(addressFor(decodeURIComponent(from.username)).reveal());
  to.protocol = from.protocol;
  for (const [name, text] of from.searchParams) {
    if (!/^(?:ssl|host$|port$|user$|password$|dbname$|channel_binding)/.test(name))
      to.searchParams.set(name, text);
  }
  return new Secret(to.toString());
}
