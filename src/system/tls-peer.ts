import type { TLSSocket } from "node:tls";
import type { TlsPeer } from "../model/doors.ts";
import { OutsideError } from "../model/errors.ts";

/** What a finished handshake showed. */
export function describePeer(socket: TLSSocket): TlsPeer {
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) throw new OutsideError("the server showed no certificate");
  const key = certificate.publicKey;
  const error = socket.authorizationError as Error | string | null | undefined;
  return {
    protocol: socket.getProtocol() ?? "unknown",
    cipher: socket.getCipher().name,
    authorized: socket.authorized,
    authorizationError: error ? String((error as Error).message ?? error) : undefined,
    subjectAltNames: (certificate.subjectAltName ?? "").split(", ").filter((name) => name !== ""),
    issuer: certificate.issuer.replaceAll("\n", ", "),
    notBefore: Date.parse(certificate.validFrom),
    notAfter: Date.parse(certificate.validTo),
    keyBits: key.asymmetricKeyDetails?.modulusLength ?? curveBits(key.asymmetricKeyDetails?.namedCurve),
    keyType: key.asymmetricKeyType,
    signatureAlgorithm: certificate.signatureAlgorithm,
  };
}

function curveBits(curve: string | undefined): number | undefined {
  if (curve === "prime256v1") return 256;
  const digits = /(\d{3})/.exec(curve ?? "")?.[1];
  return digits === undefined ? undefined : Number(digits);
}
