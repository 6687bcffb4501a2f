import type { Sibling, Subject } from "../../model/subject.ts";
import { type HttpOptions, routesOf } from "./options.ts";

const CLOSED = "script-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'";

/**
 * A policy to begin with. Pages may call the origins of the launch's other components: without them in connect-src
 * the page that sends it can no longer reach its own API. Written out for WebSockets: older Safaris do not count
 * wss: to 'self'.
 */
export function advisedPolicy({ address, component, kind, options, siblings }: Subject): string {
  const url = address && new URL(address.url);
  const own = url && originOf(ownHost(options) ?? url.hostname, url);
  const all = [{ name: component, kind, options }, ...siblings];
  const declared = all.flatMap((each) => reachedFrom(each, url));
  const called = [...new Set(declared)].filter((origin) => origin !== own);
  if (called.length === 0) return `default-src 'self'; ${CLOSED}`;
  return `default-src 'self'; connect-src 'self' ${called.join(" ")}; ${CLOSED}`;
}

interface Reachable {
  readonly host?: string;
  readonly routes?: HttpOptions["routes"];
  readonly websocket?: object;
}

function reachedFrom({ kind, options }: Sibling, url: URL | undefined): string[] {
  if (kind !== "web" && kind !== "realtime") return [];
  const { host, routes = [], websocket } = options as Reachable;
  // Undefined stands for the environment's own host.
  const hosts = kind === "web" ? routesOf({ routes }).map((each) => each.host) : [host];
  const speaks = kind === "realtime" || websocket !== undefined;
  return hosts.flatMap((each) => {
    const name = each ?? url?.hostname;
    if (name === undefined) return [];
    const origin = originOf(name, url);
    return [origin, ...(speaks ? [origin.replace(/^http/, "ws")] : [])];
  });
}

function ownHost(options: unknown): string | undefined {
  const { host, routes = [] } = options as Reachable;
  return routesOf({ routes, host })[0]?.host;
}

function originOf(host: string, url: URL | undefined): string {
  return `${url?.protocol ?? "https:"}//${host}${url?.port ? `:${url.port}` : ""}`;
}
