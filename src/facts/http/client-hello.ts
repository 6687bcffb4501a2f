/**
 * A TLS 1.2 ClientHello (RFC 5246 section 7.4.1.2) that offers exactly these suites: OpenSSL offers no RC4, DES or
 * export suites any more, so what a server takes of them is asked by hand.
 */
export function clientHello(hostname: string, suites: readonly number[], random: Uint8Array): Uint8Array {
  const extensions = [
    ...(isName(hostname) ? [extension(0, vector16([0, ...vector16(ascii(hostname))]))] : []),
    // x25519, P-256, P-384, P-521, ffdhe2048
    extension(10, vector16([29, 23, 24, 25, 256].flatMap(two))),
    extension(11, [1, 0]),
    // ECDSA, RSA-PSS and RSA with SHA-256 to SHA-512, then RSA and ECDSA with SHA-1
    extension(
      13,
      vector16(
        [0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0201, 0x0203].flatMap(two),
      ),
    ),
    extension(23, []),
    extension(0xff01, [0]),
  ].flat();
  const body = [0x03, 0x03, ...random, 0, ...vector16(suites.flatMap(two)), 1, 0, ...vector16(extensions)];
  const handshake = [1, 0, ...vector16(body)];
  // A goodbye behind it: the server ends the connection after its answer instead of waiting for ours.
  return Uint8Array.from([22, 3, 1, ...vector16(handshake), 21, 3, 3, 0, 2, 1, 0]);
}

export type HelloAnswer =
  | { readonly suite: number; readonly alert?: never }
  /** RFC 5246 section 7.2: 40 no suite in common, 70 not this version, 71 not strong enough. */
  | { readonly alert: number; readonly suite?: never };

/** What a server said to it; undefined when it said nothing, or nothing of TLS. */
export function helloAnswer(bytes: Uint8Array): HelloAnswer | undefined {
  const [type, major, , , , first, second] = bytes;
  if (major !== 3 || bytes.length < 7) return undefined;
  if (type === 21) return { alert: second ?? 0 };
  if (type !== 22 || first !== 2) return undefined;
  // Record 5, handshake head 4, version 2, random 32, then the session id with its length.
  const at = 44 + (bytes[43] ?? 0);
  const [high, low] = bytes.subarray(at, at + 2);
  return high === undefined || low === undefined ? undefined : { suite: high * 256 + low };
}

function isName(hostname: string): boolean {
  return !/^[\d.]+$|:/.test(hostname);
}

function ascii(text: string): number[] {
  return [...Buffer.from(text, "ascii")];
}

function two(value: number): number[] {
  return [value >> 8, value & 0xff];
}

function vector16(bytes: readonly number[]): number[] {
  return [...two(bytes.length), ...bytes];
}

function extension(type: number, bytes: readonly number[]): number[] {
  return [...two(type), ...vector16(bytes)];
}
