import type { TlsPeer } from "../../model/doors.ts";
import { messageOf, OutsideError } from "../../model/errors.ts";
import { DoesNotApply, defineFact, type FactContext } from "../../model/fact.ts";
import type { HttpAddress } from "./address.ts";
import { httpConnection } from "./connection.ts";
import type { HttpOptions } from "./options.ts";

export interface Tls {
  readonly hostname: string;
  /** Milliseconds since 1970 UTC. */
  readonly observedAt: number;
  readonly peer: TlsPeer;
}

/** The certificate and the handshake, taken as it is: nothing is refused here. */
export const httpTls = defineFact<Tls, HttpOptions>({
  id: "http.tls",
  access: "read",
  reach: "application",
  attempts: 2,
  async collect(context) {
    const address = await secureAddress(context);
    const peer = await context.doors.sockets.handshake(endOf(address, context.signal));
    return { hostname: address.hostname, observedAt: context.doors.clock.now(), peer };
  },
});

export interface TlsVersions {
  /** Negotiated when the client offers nothing newer than TLS 1.1; undefined when refused. */
  readonly old: string | undefined;
  /** Negotiated when the client offers nothing older than TLS 1.3; undefined when refused. */
  readonly newest: string | undefined;
}

export const httpTlsVersions = defineFact<TlsVersions, HttpOptions>({
  id: "http.tls-versions",
  access: "read",
  reach: "application",
  async collect(context) {
    const address = await secureAddress(context);
    // The plain handshake first: a server that does no TLS at all must not look like one that refuses old TLS.
    await context.get(httpTls);
    const negotiated = (limits: { minVersion: "TLSv1" | "TLSv1.3"; maxVersion?: "TLSv1.1" }) =>
      context.doors.sockets.handshake({ ...endOf(address, context.signal), ...limits }).then(
        ({ protocol }) => protocol,
        (thrown: unknown) => {
          if (
            thrown instanceof OutsideError &&
            !/did not answer|given up|refused the/.test(messageOf(thrown))
          )
            return undefined;
          throw thrown;
        },
      );
    const [old, newest] = await Promise.all([
      negotiated({ minVersion: "TLSv1", maxVersion: "TLSv1.1" }),
      negotiated({ minVersion: "TLSv1.3" }),
    ]);
    return { old, newest };
  },
});

/** Throws DoesNotApply where there is no TLS, or where another component is asked about the same door. */
export async function secureAddress({ get, subject }: FactContext<HttpOptions>): Promise<HttpAddress> {
  const web = subject.siblings.find(({ kind }) => kind === "web");
  if (subject.kind === "site" && web) throw new DoesNotApply(`asked of ${web.name}, behind the same door`);
  const address = await get(httpConnection);
  if (!address.https) throw new DoesNotApply(`${address.origin} is not HTTPS`);
  return address;
}

export function endOf({ hostname, port, ca }: HttpAddress, signal: AbortSignal) {
  return { host: hostname, port, ...(ca !== undefined && { ca }), timeoutMs: 6_000, signal };
}
