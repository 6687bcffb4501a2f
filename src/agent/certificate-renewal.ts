import { X509Certificate } from "node:crypto";
import type { CertificateRenewal } from "../model/host.ts";
import { type CertbotOptions, certbotRenewal } from "./certbot.ts";

interface Renewable {
  /** PEM; signed by the agent's own authority or not. */
  readonly served: { readonly cert: string; readonly isOwn: boolean };
  /** PEM files that are meant to be served. */
  readonly files: { readonly cert: string } | undefined;
  /** How the agent's own last attempt ended, if it did not end well. */
  readonly failure: string | undefined;
  readonly certbot?: CertbotOptions;
}

/** Who renews the certificate that is served: the agent its own, certbot what is one of its files. */
export async function renewalOf({ served, files, failure, certbot }: Renewable): Promise<CertificateRenewal> {
  const notAfter = Date.parse(new X509Certificate(served.cert).validTo);
  const failed = failure === undefined ? {} : { failure };
  if (served.isOwn || !files) return { by: "edge", notAfter, ...failed };
  return { file: files.cert, notAfter, ...failed, ...(await certbotRenewal(files.cert, certbot)) };
}
