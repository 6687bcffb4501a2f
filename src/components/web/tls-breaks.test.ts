import { describe } from "vitest";
import { selfSigned } from "../../../test/fixtures/certificates.ts";
import { HOSTNAME } from "../../../test/fixtures/web-app.ts";
import { type Break, testBreaks } from "../../../test/fixtures/web-breaks.ts";
import { isByTarget } from "../../../test/fixtures/web-subject.ts";
import { web } from "./web.ts";

/** Nothing over HTTP can be seen behind a certificate that clients refuse. */
const BEHIND_TLS = web.definition.checks
  .map(({ id }) => id)
  .filter((id) => !id.startsWith("tls.") && !isByTarget(id));

const TLS: readonly Break[] = [
  {
    id: "tls.certificate.valid-chain",
    by: "a certificate signed by itself",
    certificate: () => selfSigned({ names: [HOSTNAME], untilDays: 90 }),
    says: "the certificate is signed by nobody clients know",
    also: BEHIND_TLS,
  },
  {
    id: "tls.certificate.name-match",
    by: "a certificate for another name",
    certificate: (authority) => authority.issue({ names: ["other.localhost"], untilDays: 90 }),
    says: "the certificate is not for app.localhost",
    findings: [HOSTNAME],
    also: BEHIND_TLS,
  },
  {
    id: "tls.certificate.expiry",
    by: "five days left",
    certificate: (authority) => authority.issue({ names: [HOSTNAME], fromDays: -85, untilDays: 5 }),
    says: "the certificate expires soon",
  },
  {
    id: "tls.certificate.expiry",
    by: "a certificate of yesterday",
    certificate: (authority) => authority.issue({ names: [HOSTNAME], fromDays: -90, untilDays: -1 }),
    says: "the certificate has expired",
    also: ["tls.certificate.valid-chain", ...BEHIND_TLS],
  },
  {
    id: "tls.protocol.min-1-2",
    by: "TLS 1.0 and 1.1",
    changes: { tls: { minVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" } },
    says: "TLSv1.1 is still accepted",
    also: ["tls.cipher.modern"],
  },
  {
    id: "tls.protocol.1-3",
    by: "TLS 1.2 only",
    changes: { tls: { maxVersion: "TLSv1.2" } },
    says: "TLS 1.3 is not offered",
  },
];

describe("TLS", () => testBreaks(TLS));
