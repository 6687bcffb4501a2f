import { defineCheck } from "../../model/check.ts";
import { fail, pass } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import { bucketEncryption, bucketVersioning } from "./keeping-facts.ts";

const BASE = { phase: "staging", freshFor: "1d", every: "6h", severity: "warning" } as const;

export const versioningOn = defineCheck({
  ...BASE,
  id: "storage.bucket.versioning",
  title: "The bucket keeps earlier versions, where declared",
  consequence: "A file that is overwritten or deleted by mistake is gone.",
  asks: ways(`
    bucket versioning enabled | S3 versioning enabled | S3 bucket versioning | object versioning enabled
    versioning on the bucket | versioning turned on for S3 | GCS object versioning | versioned bucket
    Bucket-Versionierung aktiviert | versionado del bucket activado | versioning du bucket activé
    versionamento do bucket ativado
  `),
  source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html",
  needs: { versioning: bucketVersioning },
  run({ versioning }, { options: { bucket } }) {
    if (versioning === "Enabled") return pass(`${bucket} keeps earlier versions`);
    const expected = "versioning enabled";
    if (versioning === "no such thing")
      return fail("the store keeps no versions at all", {
        expected,
        found: "501: the store does not know of versions",
        fix: `keep ${bucket} at a store that does, or back it up and take versioning out of the declaration`,
      });
    const found = versioning === "Suspended" ? "suspended" : "never switched on";
    return fail(
      versioning === "Suspended" ? "versioning was switched off" : "the bucket keeps only the last version",
      {
        expected,
        found,
        fix: `aws s3api put-bucket-versioning --bucket ${bucket} --versioning-configuration Status=Enabled`,
      },
    );
  },
});

export const encryptionOn = defineCheck({
  ...BASE,
  id: "storage.bucket.encryption",
  title: "The bucket encrypts what it stores",
  consequence: "Whoever gets at the provider's disks reads what people have entrusted to you.",
  asks: ways(`
    S3 bucket encryption enabled | bucket encryption enabled | S3 server-side encryption | S3 encrypted at rest
    default encryption on the bucket | SSE-S3 enabled | SSE-KMS enabled | bucket encrypted with KMS
    object storage encrypted at rest | Bucket-Verschlüsselung aktiviert | cifrado del bucket activado
    chiffrement du bucket activé | criptografia do bucket ativada
  `),
  source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html",
  needs: { seen: bucketEncryption },
  run({ seen: { algorithms, key } }, { options: { bucket, encryption } }) {
    const wanted = encryption ?? "AES256";
    // A key of one's own is the stronger of the two.
    const isEnough = (algorithm: string): boolean =>
      algorithm.startsWith("aws:kms") || (wanted === "AES256" && algorithm === "AES256");
    if (algorithms.length > 0 && algorithms.every(isEnough))
      return pass(`${bucket} encrypts with ${algorithms.join(", ")}`, {
        algorithm: algorithms.join(", "),
        hasOwnKey: key !== undefined,
      });
    const rules = `{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"${wanted}"}}]}`;
    return fail(
      algorithms.length === 0
        ? "the bucket does not encrypt by itself"
        : "the bucket encrypts otherwise than declared",
      {
        expected: wanted,
        found: algorithms.join(", ") || "no default encryption",
        fix: `aws s3api put-bucket-encryption --bucket ${bucket} --server-side-encryption-configuration '${rules}'`,
      },
    );
  },
});
