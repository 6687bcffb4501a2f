import { OutsideError } from "../../../model/errors.ts";
import type { Secret } from "../../../model/secret.ts";

/** The parts of a connection address that may be shown. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly isLoopback: boolean;
  readonly isSocket: boolean;
  /** "verify-full"; undefined when the address does not say. */
  readonly sslMode: string | undefined;
}

/** Throws OutsideError without the text: it holds a password. */
export function addressOf(url: Secret): ServerAddress {
  const parsed = URL.parse(url.reveal());
  if (!parsed || !/^postgres(ql)?:$/.test(parsed.protocol)) {
    throw new OutsideError("is not an address of the form postgres://user:password@host:port/database");
  }
  const host = parsed.hostname || parsed.searchParams.get("host") || "localhost";
  const name = host.replace(/^\[|\]$/g, "");
  return {
    host: name,
    port: Number(parsed.port || 5432),
    isLoopback: /^(?:(?:::ffff:)?127(?:\.\d+){3}|::1)$/.test(name) || /(^|\.)localhost\.?$/i.test(name),
    isSocket: decodeURIComponent(name).startsWith("/"),
    sslMode: parsed.searchParams.get("sslmode") ?? undefined,
  };
}
