import { defineFact, NotObserved, Undeclared } from "../../model/fact.ts";
import type { StorageOptions } from "./options.ts";
import { askSigned, type Context } from "./signed-requests.ts";

/** As GetBucketVersioning tells it; "never": nobody switched it on, or the store has no versions. */
export type Versioning = "Enabled" | "Suspended" | "never" | "no such thing";

export const bucketVersioning = defineFact<Versioning, StorageOptions>({
  id: "storage.bucket-versioning",
  access: "read",
  reach: "environment",
  async collect(context) {
    if (!context.subject.options.versioning)
      throw new Undeclared("no versions are declared: storage({ versioning: true })");
    const { status, text } = await askBucket(context, "versioning", "s3:GetBucketVersioning");
    if (status === 501) return "no such thing";
    const told = /<Status>\s*(Enabled|Suspended)\s*<\/Status>/.exec(text)?.[1];
    if (told === undefined && !/<VersioningConfiguration\b/.test(text))
      throw new NotObserved("the store answers something else than its versioning");
    return (told as Versioning | undefined) ?? "never";
  },
});

/** What the bucket does with every object that comes without a wish of its own. */
export interface DefaultEncryption {
  /** "AES256", "aws:kms", "aws:kms:dsse" of each rule; empty: it does not encrypt by itself. */
  readonly algorithms: readonly string[];
  /** Of a key that is not the provider's own. */
  readonly key: string | undefined;
}

export const bucketEncryption = defineFact<DefaultEncryption, StorageOptions>({
  id: "storage.bucket-encryption",
  access: "read",
  reach: "environment",
  async collect(context) {
    if (context.subject.options.encryption === undefined)
      throw new Undeclared('no encryption is declared: storage({ encryption: "AES256" })');
    const { status, text } = await askBucket(context, "encryption", "s3:GetEncryptionConfiguration");
    if (status === 501) throw new NotObserved("the store does not tell whether it encrypts (501)");
    if (status === 404) return { algorithms: [], key: undefined };
    if (!/<ServerSideEncryptionConfiguration\b/.test(text))
      throw new NotObserved("the store answers something else than its encryption");
    return {
      algorithms: [...text.matchAll(/<SSEAlgorithm>\s*([^<\s]+)\s*<\/SSEAlgorithm>/g)].map(
        ([, name = ""]) => name,
      ),
      key: /<KMSMasterKeyID>\s*([^<\s]+)\s*<\/KMSMasterKeyID>/.exec(text)?.[1],
    };
  },
});

/** 200 with its text, 501, or 404 for what is not configured. */
async function askBucket(
  context: Context,
  what: string,
  right: string,
): Promise<{ status: number; text: string }> {
  const { status, body } = await askSigned(context, { method: "GET", query: `${what}=` });
  const text = Buffer.from(body).toString("utf8");
  const { bucket, accessKeyVariable } = context.subject.options;
  if (/<Code>NoSuchBucket</.test(text)) throw new NotObserved(`there is no bucket ${bucket}`);
  if (status === 403 || status === 401)
    throw new NotObserved(`the key in ${accessKeyVariable} may not ask: allow it ${right} on ${bucket}`);
  const isUnset = status === 404 && /<Code>ServerSideEncryptionConfigurationNotFoundError</.test(text);
  if (status !== 200 && status !== 501 && !isUnset)
    throw new NotObserved(`the store answers ${status} about the ${what} of ${bucket}`);
  return { status, text };
}
