import { createHash, type KeyObject, randomBytes, sign } from "node:crypto";

/** A version 3 certificate signed with ECDSA and SHA-256 (RFC 5280), as PEM. Times in milliseconds since 1970 UTC. */
export function signCertificate(request: {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly issuerPublicKey: KeyObject;
  readonly issuerKey: KeyObject;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly extensions: readonly Buffer[];
}): string {
  const algorithm = sequence(oid("1.2.840.10045.4.3.2"));
  const identifiers = [
    extension("2.5.29.14", tlv(0x04, keyId(request.publicKey))),
    extension("2.5.29.35", sequence(tlv(0x80, keyId(request.issuerPublicKey)))),
  ];
  const body = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    // Positive and 127 bits of chance: browsers refuse two certificates of one issuer with the same number.
    tlv(0x02, Buffer.concat([Buffer.from([0x40]), randomBytes(15)])),
    algorithm,
    commonName(request.issuer),
    sequence(time(request.notBefore), time(request.notAfter)),
    commonName(request.subject),
    spki(request.publicKey),
    tlv(0xa3, sequence(...identifiers, ...request.extensions)),
  );
  const signature = sign("sha256", body, request.issuerKey);
  const der = sequence(body, algorithm, tlv(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

/** May sign certificates, of servers only, and only for these names and IPv4/IPv6 networks (address then mask). */
export function authorityExtensions(names: readonly string[], networks: readonly Buffer[]): Buffer[] {
  const permitted = [
    ...names.map((name) => sequence(tlv(0x82, Buffer.from(name, "ascii")))),
    ...networks.map((network) => sequence(tlv(0x87, network))),
  ];
  return [
    extension("2.5.29.19", sequence(boolean(true), tlv(0x02, Buffer.from([0]))), true),
    extension("2.5.29.15", tlv(0x03, Buffer.from([1, 0b0000_0110])), true),
    extension("2.5.29.30", sequence(tlv(0xa0, ...permitted)), true),
  ];
}

/** A server with these DNS names and IP addresses (4 or 16 bytes). */
export function serverExtensions(names: readonly string[], addresses: readonly Buffer[]): Buffer[] {
  const alternatives = [
    ...names.map((name) => tlv(0x82, Buffer.from(name, "ascii"))),
    ...addresses.map((address) => tlv(0x87, address)),
  ];
  return [
    extension("2.5.29.19", sequence(), true),
    extension("2.5.29.15", tlv(0x03, Buffer.from([7, 0b1000_0000])), true),
    extension("2.5.29.37", sequence(oid("1.3.6.1.5.5.7.3.1"))),
    extension("2.5.29.17", sequence(...alternatives)),
  ];
}

function extension(id: string, value: Buffer, critical = false): Buffer {
  return sequence(oid(id), ...(critical ? [boolean(true)] : []), tlv(0x04, value));
}

function commonName(text: string): Buffer {
  // RFC 5280 appendix A: at most 64 characters.
  return sequence(tlv(0x31, sequence(oid("2.5.4.3"), tlv(0x0c, Buffer.from(text.slice(0, 64), "utf8")))));
}

function spki(key: KeyObject): Buffer {
  return key.export({ type: "spki", format: "der" });
}

function keyId(key: KeyObject): Buffer {
  return createHash("sha256").update(spki(key)).digest().subarray(0, 20);
}

function time(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/[-:T]/g, "").slice(0, 14);
  // RFC 5280 section 4.1.2.5: two digits of the year up to 2049, four from then on.
  return Number(digits.slice(0, 4)) < 2050
    ? tlv(0x17, Buffer.from(`${digits.slice(2)}Z`, "ascii"))
    : tlv(0x18, Buffer.from(`${digits}Z`, "ascii"));
}

function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split(".").map(Number);
  return tlv(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let left = value >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}

function boolean(value: boolean): Buffer {
  return tlv(0x01, Buffer.from([value ? 0xff : 0]));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tlv(0x30, ...parts);
}

/** Tag, length, value: the one shape of DER (X.690 section 8.1). */
function tlv(tag: number, ...parts: readonly Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  const { length } = value;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), value]);
}
