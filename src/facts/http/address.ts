import { type FactContext, NotObserved } from "../../model/fact.ts";
import { basePath, type HttpOptions, routesOf } from "./options.ts";

/** Where a component answers, taken apart once for every probe. */
export interface HttpAddress {
  /** "https://soulseer.localhost:8443" */
  readonly origin: string;
  readonly plainOrigin: string | undefined;
  readonly ca: string | undefined;
  readonly https: boolean;
  readonly hostname: string;
  readonly port: number;
  /** Sent as Host when the component answers on a name of its own. */
  readonly host: string | undefined;
  /** "" or "/api" */
  readonly base: string;
}

/** Reads the subject's address without asking it anything. Throws NotObserved while nothing is deployed. */
export function addressOf({ subject }: Pick<FactContext<HttpOptions>, "subject">): HttpAddress {
  const { address, environment, options } = subject;
  if (!address) throw new NotObserved(`nothing is deployed in ${environment.name} yet`, "http.connection");
  const url = new URL(address.url);
  const https = url.protocol === "https:";
  const port = Number(url.port) || (https ? 443 : 80);
  const host = routesOf(options)[0]?.host;
  return {
    origin: url.origin,
    plainOrigin: address.plainUrl === undefined ? undefined : new URL(address.plainUrl).origin,
    ca: address.ca,
    https,
    hostname: url.hostname,
    port,
    host: host && host !== url.hostname ? (url.port ? `${host}:${url.port}` : host) : undefined,
    base: basePath(options),
  };
}

export function isLoopback(hostname: string): boolean {
  return /(^|\.)localhost$/.test(hostname) || /^127\./.test(hostname) || hostname === "[::1]";
}

/** Where a browser opens it: under its own name, which it sends as Host by itself. */
export function browserOrigin({ origin, host }: Pick<HttpAddress, "origin" | "host">): string {
  return host === undefined ? origin : `${new URL(origin).protocol}//${host}`;
}
