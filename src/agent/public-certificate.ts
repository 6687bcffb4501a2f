import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { messageOf, UserError } from "../model/errors.ts";
import type { KeyPair } from "./edge/public-door.ts";

/** The pair in two PEM files. Throws UserError when they are missing, no pair, or out of date. */
export async function readCertificate(
  { cert: certFile, key: keyFile }: { readonly cert: string; readonly key: string },
  now: number,
): Promise<KeyPair> {
  // In turn: of two that are missing the first is told, each time.
  const cert = await text(certFile);
  const key = await text(keyFile);
  const certificate = parsed(() => new X509Certificate(cert), certFile);
  const privateKey = parsed(() => createPrivateKey(key), keyFile);
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new UserError(`${certFile} and ${keyFile} are no pair`);
  }
  if (Date.parse(certificate.validTo) <= now) throw new UserError(`${certFile} ended ${certificate.validTo}`);
  return { cert, key };
}

async function text(path: string): Promise<string> {
  return await readFile(path, "utf8").catch((thrown: unknown) => {
    throw new UserError(`${path} cannot be read: ${messageOf(thrown)}`);
  });
}

function parsed<Value>(parse: () => Value, path: string): Value {
  try {
    return parse();
  } catch {
    throw new UserError(`${path} is not PEM as it should be`);
  }
}
