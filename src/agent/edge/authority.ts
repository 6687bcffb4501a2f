import { createPrivateKey, generateKeyPairSync, type KeyObject, X509Certificate } from "node:crypto";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { isIP } from "node:net";
import { join } from "node:path";
import { authorityExtensions, serverExtensions, signCertificate } from "./certificate.ts";
import type { KeyPair } from "./public-door.ts";

/** PEM texts of an environment's certificate and of the authority that signed it. */
export interface LocalCertificate extends KeyPair {
  readonly ca: string;
  /** Ask again from then on (milliseconds since 1970 UTC): a new certificate is made. */
  readonly renewAt: number;
}

const DAY_MS = 86_400_000;
/** What browsers accept at most (CA/Browser Forum baseline requirements, 6.3.2, before 2026). */
const LEAF_MS = 397 * DAY_MS;
const CA_MS = 10 * 365 * DAY_MS;
const CLOCK_SKEW_MS = 3_600_000;

const IPV4_LOOPBACK = Buffer.from([127, 0, 0, 1]);
const IPV6_LOOPBACK = Buffer.concat([Buffer.alloc(15), Buffer.from([1])]);
const LOOPBACK_NETWORKS = [
  Buffer.from([127, 0, 0, 0, 255, 0, 0, 0]),
  Buffer.concat([IPV6_LOOPBACK, Buffer.alloc(16, 0xff)]),
];

interface Holder {
  readonly pem: string;
  readonly certificate: X509Certificate;
  readonly key: KeyObject;
}

/**
 * The certificate for `<name>.localhost`, `*.<name>.localhost`, `localhost` and the loopback addresses. Made once and
 * kept in the directory, keys readable by their owner only; made anew when under a third of its time remains or when
 * what is kept does not fit together. The authority can sign for loopback names only, so a stolen key is worth little.
 */
export async function localCertificate(request: {
  readonly directory: string;
  readonly name: string;
  readonly now: number;
  /** Also when the kept one is good; the authority stays. */
  readonly anew?: boolean;
  /** A host name or an address that it is for besides; the authority can sign for it too. A directory has one. */
  readonly publicName?: string | undefined;
}): Promise<LocalCertificate> {
  const { directory, name, now, anew = false } = request;
  const address = addressBytes(request.publicName);
  const addresses = [IPV4_LOOPBACK, IPV6_LOOPBACK, ...(address ? [address] : [])];
  const publicHosts = request.publicName !== undefined && !address ? [request.publicName] : [];
  const hosts = [`${name}.localhost`, `*.${name}.localhost`, "localhost", ...publicHosts];
  const allowed = {
    names: ["localhost", ...publicHosts],
    networks: [
      ...LOOPBACK_NETWORKS,
      ...(address ? [Buffer.concat([address, Buffer.alloc(address.length, 0xff)])] : []),
    ],
  };
  await mkdir(directory, { recursive: true, mode: 0o700 });

  const keptCa = await load(directory, "ca");
  const ca = keptCa && isFresh(keptCa, now) ? keptCa : await makeAuthority(directory, { name, allowed, now });
  const keptLeaf = await load(directory, "certificate");
  const isGood =
    !anew &&
    keptLeaf &&
    isFresh(keptLeaf, now) &&
    keptLeaf.certificate.verify(ca.certificate.publicKey) &&
    hosts.every((host) => keptLeaf.certificate.subjectAltName?.includes(`DNS:${host}`));
  const leaf = isGood ? keptLeaf : await makeLeaf(directory, { ca, hosts, addresses, now });
  return {
    ca: ca.pem,
    cert: leaf.pem,
    key: leaf.key.export({ type: "pkcs8", format: "pem" }).toString(),
    renewAt: renewAt(leaf.certificate),
  };
}

/** Network order; undefined when it is no address. */
function addressBytes(text: string | undefined): Buffer | undefined {
  if (text === undefined || isIP(text) === 0) return undefined;
  if (isIP(text) === 4) return Buffer.from(text.split(".").map(Number));
  // As a URL's host it is in its canonical form: no embedded IPv4, at most one "::".
  const [left = "", right] = new URL(`http://[${text}]`).hostname.slice(1, -1).split("::");
  const groups = (part: string): string[] => (part === "" ? [] : part.split(":"));
  const tail = groups(right ?? "");
  const missing = right === undefined ? 0 : 8 - groups(left).length - tail.length;
  const all = [...groups(left), ...Array.from({ length: missing }, () => "0"), ...tail];
  return Buffer.from(all.map((group) => group.padStart(4, "0")).join(""), "hex");
}

async function makeAuthority(
  directory: string,
  request: {
    readonly name: string;
    readonly allowed: { readonly names: readonly string[]; readonly networks: readonly Buffer[] };
    readonly now: number;
  },
): Promise<Holder> {
  const { name, allowed, now } = request;
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const title = `Gonogo local authority of ${name}`;
  const pem = signCertificate({
    subject: title,
    issuer: title,
    publicKey,
    issuerPublicKey: publicKey,
    issuerKey: privateKey,
    notBefore: now - CLOCK_SKEW_MS,
    notAfter: now - CLOCK_SKEW_MS + CA_MS,
    extensions: authorityExtensions(allowed.names, allowed.networks),
  });
  return keep(directory, "ca", pem, privateKey);
}

async function makeLeaf(
  directory: string,
  request: {
    readonly ca: Holder;
    readonly hosts: readonly string[];
    readonly addresses: readonly Buffer[];
    readonly now: number;
  },
): Promise<Holder> {
  const { ca, hosts, addresses, now } = request;
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const pem = signCertificate({
    subject: hosts[0] ?? "localhost",
    issuer: ca.certificate.subject.replace(/^CN=/, ""),
    publicKey,
    issuerPublicKey: ca.certificate.publicKey,
    issuerKey: ca.key,
    notBefore: now - CLOCK_SKEW_MS,
    notAfter: now - CLOCK_SKEW_MS + LEAF_MS,
    extensions: serverExtensions(hosts, addresses),
  });
  return keep(directory, "certificate", pem, privateKey);
}

async function keep(directory: string, what: string, pem: string, key: KeyObject): Promise<Holder> {
  const keyPem = key.export({ type: "pkcs8", format: "pem" }).toString();
  await replace(join(directory, `${what}-key.pem`), keyPem, 0o600);
  await replace(join(directory, `${what}.pem`), pem, 0o644);
  return { pem, certificate: new X509Certificate(pem), key };
}

/** Undefined when absent, damaged, or when key and certificate are not a pair (a crash between the two writes). */
async function load(directory: string, what: string): Promise<Holder | undefined> {
  try {
    const pem = await readFile(join(directory, `${what}.pem`), "utf8");
    const key = createPrivateKey(await readFile(join(directory, `${what}-key.pem`), "utf8"));
    const certificate = new X509Certificate(pem);
    return certificate.checkPrivateKey(key) ? { pem, certificate, key } : undefined;
  } catch {
    return undefined;
  }
}

function isFresh({ certificate }: Holder, now: number): boolean {
  return Date.parse(certificate.validFrom) <= now && now < renewAt(certificate);
}

function renewAt(certificate: X509Certificate): number {
  const from = Date.parse(certificate.validFrom);
  const to = Date.parse(certificate.validTo);
  return to - (to - from) / 3;
}

async function replace(path: string, text: string, mode: number): Promise<void> {
  const temporary = `${path}.${process.pid}.new`;
  const file = await open(temporary, "w", mode);
  try {
    await file.chmod(mode);
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}
