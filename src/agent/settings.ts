import type { Stage } from "../model/phase.ts";

/** Given to the parent and the agent as JSON; kept so that the next start takes the same ports. */
export interface Settings {
  /** "soulseer.localhost". */
  readonly hostName: string;
  /** Those of the sockets handed on. */
  readonly httpsPort: number;
  readonly httpPort: number;
  /** Absent: as in production. */
  readonly stage?: Stage | undefined;
}

interface Ports {
  readonly httpsPort: number | undefined;
  readonly httpPort: number | undefined;
}

/** Where a door with these ports answers under the environment's name. */
export function urlsOf(hostName: string, { httpsPort, httpPort }: Ports): { url: string; plainUrl?: string } {
  const plainUrl = httpPort === undefined ? {} : { plainUrl: urlOf("http", hostName, httpPort) };
  if (httpsPort === undefined) return { url: urlOf("http", hostName, httpPort ?? 80), ...plainUrl };
  return { url: urlOf("https", hostName, httpsPort), ...plainUrl };
}

function urlOf(scheme: "http" | "https", hostName: string, port: number): string {
  const isDefault = port === (scheme === "https" ? 443 : 80);
  const host = hostName.includes(":") ? `[${hostName}]` : hostName;
  return `${scheme}://${host}${isDefault ? "" : `:${port}`}`;
}

/** What users see of the environment where it is not on a name below localhost. Kept in the state as "public". */
export interface PublicSide {
  /** "soulseer.example", or an address. */
  readonly name: string;
  /** PEM files on this machine; absent: the certificate is made here, and no browser knows who signed it. */
  readonly certificate?: { readonly cert: string; readonly key: string } | undefined;
}
