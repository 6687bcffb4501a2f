import { createSecureContext, getCACertificates, type SecureContext } from "node:tls";

/**
 * A TLS context that trusts this PEM besides the machine's authorities. Remembered: parsing every root costs
 * tens of milliseconds.
 */
export function createTrust(): (ca: string) => SecureContext {
  const known = new Map<string, SecureContext>();
  return (ca) => {
    const context = known.get(ca) ?? createSecureContext({ ca: [...getCACertificates("default"), ca] });
    known.set(ca, context);
    return context;
  };
}
