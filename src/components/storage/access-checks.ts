import { defineCheck } from "../../model/check.ts";
import { fail, notApplicable, type Outcome, pass, unknown } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import { probeObject } from "./bucket-facts.ts";

const BASE = { phase: "staging", freshFor: "1d", every: "6h" } as const;

export const publicAccess = defineCheck({
  ...BASE,
  id: "storage.bucket.public-access",
  title: "The bucket is open as declared, and nobody can list it",
  consequence: "Strangers read or list files that are not theirs, or nobody sees the public ones.",
  severity: "blocker",
  asks: ways(`
    bucket is public | bucket is private | storage bucket access control | bucket access control
    public bucket for clips | bucket permissions set | S3 bucket permissions locked down
    bucket locked down | storage policies configured | storage bucket policies configured
    block public access | bucket not publicly listable | S3 bucket not public | bucket public access blocked
    bucket policies | bucket policies configured | buckets configured as private | object storage private
    no public buckets | private buckets only | bucket access restricted | S3 buckets private
    S3 bucket policy | storage bucket not publicly accessible | bucket not public
    buckets private by default | storage buckets not public | bucket listing disabled
    anonymous bucket listing denied | S3 Block Public Access | public read disabled on the bucket
    bucket ACL private | objects not publicly readable | nobody can list the bucket
    uploads not publicly listable
    Supabase storage buckets not public | Supabase buckets private
    storage buckets private | bucket contents cannot be listed
    bucket contents not listable | nobody can list objects | objects cannot be listed anonymously
    bucket is not public
  `),
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
  needs: { seen: probeObject },
  run: ({ seen: { stored, anonymous, anonymousList } }, { options }) => {
    const { bucket, publicUrlVariable } = options;
    const busyRead = tooBusy("a read", anonymous);
    if (stored >= 300) return unknown("nothing could be stored to look for");
    if (anonymousList < 300)
      return fail("anybody can list the bucket", {
        expected: "a list is refused to somebody without a key",
        found: `${anonymousList}`,
        fix: `take s3:ListBucket from everybody in the policy of ${bucket}`,
        findings: ["list"],
      });
    if (options.public && !busyRead && anonymous !== 200)
      return fail("public objects cannot be read", {
        expected: `200 below ${publicUrlVariable}, without a key`,
        found: `${anonymous}`,
        fix: `allow everybody s3:GetObject in ${bucket}, or mend the address in ${publicUrlVariable}`,
        findings: ["read"],
      });
    if (!options.public && anonymous < 300)
      return fail("private objects can be read by anybody", {
        expected: "403 without a key",
        found: `${anonymous}`,
        fix: `block public access to ${bucket}, or declare storage({ public: true })`,
        findings: ["read"],
      });
    const busy = busyRead ?? tooBusy("a list", anonymousList);
    if (busy) return busy;
    return pass(
      options.public ? "objects are public, the list is not" : "nothing is read or listed without a key",
    );
  },
});

export const signedOnly = defineCheck({
  ...BASE,
  id: "storage.signed-only",
  title: "A private object is refused without a signature",
  consequence: "Whoever guesses an address reads somebody's file.",
  severity: "blocker",
  asks: ways(`
    private files need signed URLs | signed URLs only | anonymous access to objects denied
    unsigned request to private file is refused | Signed URLs | Presigned URLs
    Files served via signed URLs | pre-signed URLs | signed download URLs
    documents only reachable via temporary links | object URL without signature returns 403
    direct object URL denied | createSignedUrl | signed URLs or signed cookies for media
    private files only through signed URLs | private downloads need a signature | unsigned object URL denied
    presigned URLs for private objects
    files only with a signed URL | private media served with signed URLs
    attachments not reachable without a signed link | private buckets with signed URLs
    files fetched with a signed link only | signed link | signed links only | invoices need a signed URL
    signed links
  `),
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ShareObjectPreSignedURL.html",
  needs: { seen: probeObject },
  run: ({ seen: { stored, anonymous } }, { options }) => {
    if (options.public) return notApplicable("the bucket is declared public");
    if (stored >= 300) return unknown("nothing could be stored to look for");
    const busy = tooBusy("a read", anonymous);
    if (busy) return busy;
    if (anonymous >= 400 && anonymous < 500) return pass(`${anonymous} without a signature`);
    return fail("an unsigned request is not refused", {
      expected: "403",
      found: `${anonymous}`,
      fix: `block public access to ${options.bucket}`,
    });
  },
});

/** S3 says 503 to whoever asks too much: nothing is refused or allowed by that. */
function tooBusy(what: string, status: number): Outcome | undefined {
  return status === 429 || status >= 500
    ? unknown(`the store answered ${status} to ${what} without a key: ask again`)
    : undefined;
}
