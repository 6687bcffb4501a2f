import { defineCheck } from "../../model/check.ts";
import { fail, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { bucketCors, bucketLifecycle, probeObject } from "./bucket-facts.ts";

const BASE = { phase: "staging", freshFor: "1d", every: "6h" } as const;

export const uploadRoundTrip = defineCheck({
  ...BASE,
  id: "storage.upload.roundtrip",
  title: "An object is stored, read back and removed",
  consequence: "Whatever people upload is lost, or cannot be deleted.",
  severity: "blocker",
  asks: ways(`
    storage bucket created | S3 bucket created | bucket exists and is writable | S3 bucket set up
    file upload works | S3 uploads configured | storage configured | test upload to the bucket
    S3 credentials work | S3 credentials | verify storage setup | object storage set up
    R2 bucket configured | file storage working
    uploads to S3 work | test file upload and download | image uploads work
    uploads work correctly | media uploads work | S3 configured for media files
    media storage configured | image upload works | file uploads working
    Active Storage configured | Active Storage uses S3 | Laravel filesystem disk s3
    filesystem disk set to s3 | storage container created
    Supabase storage bucket created | ActiveStorage S3 tested | MinIO read and write
    object storage read and write | upload and download a file | test uploading and downloading
    file upload and download work | django-storages | Flysystem S3 disk | upload then download a file
    file uploaded, read and deleted | storage read and write verified
    files uploaded reach the bucket | app can write to the bucket
    storage disk writable | uploaded file can be downloaded again | cloud storage bucket configured
    cloud storage configured | upload tested | upload, fetch and delete a file | upload a file and delete it
    test file written to and read from S3 | file written and read back | write and read a test file
    file storage for uploads | S3 for uploads | image uploads tested | document upload works
    photo upload works | document uploads tested | profile picture upload works
    upload a profile picture | avatar upload works
  `),
  source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html",
  needs: { seen: probeObject },
  run: ({ seen }, { options: { bucket, accessKeyVariable } }) => {
    const { stored, isReadBack, removed, afterwards, tookMs } = seen;
    const expected = `an object that ${bucket} takes, gives back and removes`;
    if (stored === 401 || stored === 403)
      return fail("the bucket refuses the application's key", {
        expected,
        found: `${stored} to a PUT`,
        fix: `allow the key in ${accessKeyVariable} s3:PutObject, s3:GetObject and s3:DeleteObject in ${bucket}`,
      });
    if (stored >= 300)
      return fail("the bucket does not take an object", {
        expected,
        found: `${stored} to a PUT`,
        fix: `see why ${bucket} answers ${stored}: its limits of type and size, its quota`,
      });
    if (!isReadBack)
      return fail("what was stored is not given back as it was", {
        expected,
        found: "another answer to a GET",
        fix: `allow the key in ${accessKeyVariable} s3:GetObject, and take away what changes objects on their way`,
      });
    if (removed >= 300 || afterwards !== 404)
      return fail("an object is not removed", {
        expected,
        found: `${removed} to a DELETE, ${afterwards} to a GET after it`,
        fix: `allow the key in ${accessKeyVariable} s3:DeleteObject in ${bucket}`,
      });
    return pass(`stored, read and removed in ${bucket}`, { tookMs: Math.round(tookMs) });
  },
});

export const corsDeclared = defineCheck({
  ...BASE,
  id: "storage.bucket.cors",
  title: "Only declared origins' pages read from the bucket",
  consequence: "Our own pages cannot play what is stored, or anybody's pages can.",
  severity: "warning",
  asks: ways(`
    bucket CORS configured | MinIO CORS | CORS rules on storage | S3 CORS policy
    R2 CORS configured | S3 CORS | Storage CORS configured | bucket CORS only allows our domain
    bucket CORS | AllowedOrigins of the bucket | bucket not open to all origins
    bucket CORS restricted to the app | CORS policy of the bucket | cross-origin rules of the bucket
    CORS for S3 | CORS for GCS bucket | MinIO CORS configured | object storage CORS configured
  `),
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html",
  needs: { seen: bucketCors },
  run: ({ seen: { refused, isOpenToOthers } }, { options: { bucket, cors } }) => {
    const rule = JSON.stringify({ AllowedOrigins: cors?.origins, AllowedMethods: ["GET"] });
    if (refused.length > 0)
      return fail("a declared origin may not read", {
        expected: "Access-Control-Allow-Origin for each declared origin",
        found: `none for ${refused.join(", ")}`,
        fix: `put this CORS rule on ${bucket}: ${rule}`,
        findings: refused,
      });
    if (isOpenToOthers)
      return fail("pages of any origin may read", {
        expected: "only the declared origins",
        found: "an unknown one is allowed too",
        fix: `replace "*" in the CORS rules of ${bucket} by ${rule}`,
        findings: ["*"],
      });
    return pass("declared origins may, others may not");
  },
});

export const lifecycleDeclared = defineCheck({
  ...BASE,
  id: "storage.bucket.lifecycle",
  title: "The bucket cleans up by the declared rules",
  consequence: "Broken uploads and old files are paid for for ever, or files vanish too early.",
  severity: "warning",
  asks: ways(`
    bucket lifecycle rules | lifecycle policy on storage | bucket lifecycle policy | storage lifecycle rules
    lifecycle policy of the bucket | incomplete multipart uploads are cleaned up | storage retention policy
    S3 lifecycle | old files in the bucket are deleted
    temporary uploads deleted after days | temp files expire from the bucket | old temporary files expire
    abort incomplete multipart uploads | incomplete multipart uploads aborted | old objects expire
    objects expire automatically | lifecycle configured for the bucket
    object expiration | bucket cleanup of old uploads | expired files removed from storage
    storage lifecycle | temporary files removed from S3 | bucket retention rules
    incomplete uploads removed automatically | unfinished uploads removed
  `),
  source:
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html",
  needs: { rules: bucketLifecycle },
  run: ({ rules }, { options: { bucket, lifecycle } }) => {
    const enabled = rules.filter((rule) => rule.enabled);
    const { abortUploadsAfterDays: abort, expire = [] } = lifecycle ?? {};
    const missing = [
      ...(abort === undefined || enabled.some(({ abortDays, prefix }) => abortDays === abort && prefix === "")
        ? []
        : [`unfinished uploads end after ${abort} d`]),
      ...expire
        .filter(
          ({ prefix, days }) => !enabled.some((rule) => rule.prefix === prefix && rule.expireDays === days),
        )
        .map(({ prefix, days }) => `"${prefix}" expires after ${days} d`),
    ];
    const undeclared = enabled
      .filter(({ expireDays }) => expireDays !== undefined)
      .filter(
        ({ prefix, expireDays }) =>
          !expire.some((each) => each.prefix === prefix && each.days === expireDays),
      )
      .map(({ prefix, expireDays }) => `"${prefix}" expires after ${expireDays} d`);
    if (missing.length > 0)
      return fail(enabled.length === 0 ? "the bucket has no lifecycle" : "a declared rule is missing", {
        expected: missing.join("; "),
        found: enabled.length === 0 ? "no rule" : quantity(enabled.length, "other rule"),
        fix: `add to the lifecycle of ${bucket}: ${missing.join("; ")}`,
        findings: missing,
      });
    if (undeclared.length > 0)
      return fail("the bucket removes what was not declared", {
        expected: "only declared rules",
        found: undeclared.join("; "),
        fix: `take the rule from ${bucket}, or declare it in storage({ lifecycle: { expire } })`,
        findings: undeclared,
      });
    return pass(`${quantity(enabled.length, "rule")} as declared`, { rules: enabled.length });
  },
});
