import { messageOf, OutsideError } from "../model/errors.ts";

interface Meaning {
  readonly says: string;
  readonly retryable: boolean;
}

const MEANINGS: Readonly<Record<string, Meaning>> = {
  ECONNREFUSED: { says: "refused the connection", retryable: true },
  ECONNRESET: { says: "closed the connection without an answer", retryable: true },
  EPIPE: { says: "closed the connection while being written to", retryable: true },
  ETIMEDOUT: { says: "did not take the connection in time", retryable: true },
  ENOTFOUND: { says: "is not a name that resolves", retryable: false },
  EAI_AGAIN: { says: "could not be resolved for now", retryable: true },
  EHOSTUNREACH: { says: "cannot be reached: no route to the host", retryable: true },
  ENETUNREACH: { says: "cannot be reached: no route to its network", retryable: true },
  ENOENT: { says: "has no such socket file", retryable: false },
  EACCES: { says: "may not be connected to (permission)", retryable: false },
  CERT_HAS_EXPIRED: { says: "shows a certificate that has expired", retryable: false },
  CERT_NOT_YET_VALID: { says: "shows a certificate that is not valid yet", retryable: false },
  DEPTH_ZERO_SELF_SIGNED_CERT: { says: "shows a self-signed certificate", retryable: false },
  SELF_SIGNED_CERT_IN_CHAIN: { says: "shows a chain that ends in an unknown authority", retryable: false },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
    says: "shows a certificate whose issuer is unknown or was not sent",
    retryable: false,
  },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: {
    says: "shows a certificate whose issuer is unknown or was not sent",
    retryable: false,
  },
  ERR_TLS_CERT_ALTNAME_INVALID: { says: "shows a certificate for other names", retryable: false },
};

/** The code of a system, TLS or HTTP parser error; the first one when several addresses were tried. */
export function codeOf(thrown: unknown): string | undefined {
  if (thrown instanceof AggregateError) return thrown.errors.map(codeOf).find((code) => code !== undefined);
  const code = (thrown as { code?: unknown } | undefined)?.code;
  return typeof code === "string" ? code : undefined;
}

/** Wraps whatever a socket or protocol library threw; `redact` takes credentials out of its words. */
export function outsideFailure(
  thrown: unknown,
  host: string,
  redact: (text: string) => string = (text) => text,
): OutsideError {
  if (thrown instanceof OutsideError) return thrown;
  const code = codeOf(thrown);
  const meaning = code === undefined ? undefined : MEANINGS[code];
  if (meaning) return new OutsideError(`${host} ${meaning.says}`, { host, retryable: meaning.retryable });
  if (code?.startsWith("HPE_")) {
    return new OutsideError(`${host} answered with something that is not HTTP (${code})`, { host });
  }
  // The cause is left out on purpose: libraries put addresses with passwords into it.
  return new OutsideError(`${host}: ${redact(messageOf(thrown))}`, { host });
}

/** Rejects with an OutsideError when the time is up or the caller gave up; otherwise gives what the work gives. */
export function withinTime<T>(
  request: { host: string; timeoutMs: number; signal: AbortSignal | undefined; onGiveUp: () => void },
  work: Promise<T>,
): Promise<T> {
  const { host, timeoutMs, signal } = request;
  return new Promise<T>((resolve, reject) => {
    const giveUp = (error: OutsideError): void => {
      settle();
      reject(error);
      request.onGiveUp();
    };
    const onAbort = (): void =>
      giveUp(
        new OutsideError(`${host}: given up (${messageOf(signal?.reason)})`, { host, cause: signal?.reason }),
      );
    const timer = setTimeout(
      () =>
        giveUp(new OutsideError(`${host} did not answer within ${timeoutMs} ms`, { host, retryable: true })),
      timeoutMs,
    );
    const settle = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    };
    work.then(resolve, reject).finally(settle);
    if (signal?.aborted) return onAbort();
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
