import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { type CryptoKey, exportJWK, exportPKCS8, generateKeyPair, importPKCS8, type JWK } from "jose";

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** The stand-in's own key, made at the first start and kept (0600), so that a restart signs nobody out. */
export async function openSigningKey(directory: string): Promise<SigningKey> {
  const file = path.join(directory, "stand-in-issuer.pem");
  const pem = await readFile(file, "utf8").catch(() => undefined);
  const privateKey = await importPKCS8(pem ?? (await makeKey(file)), "RS256", { extractable: true });
  const { kty, n, e } = await exportJWK(privateKey);
  const kid = `stand-in-${n?.slice(0, 8)}`;
  return { kid, privateKey, publicJwk: { kty, n, e, kid, alg: "RS256", use: "sig" } as JWK };
}

async function makeKey(file: string): Promise<string> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const pem = await exportPKCS8(privateKey);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, pem, { mode: 0o600 });
  return pem;
}
