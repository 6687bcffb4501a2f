import { defineCheck } from "../../model/check.ts";
import { fail, notApplicable, pass, undeclared, unknown } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { parseSize } from "../../model/size.ts";
import { ways } from "../../model/ways.ts";
import { NONE, uploads } from "./upload-facts.ts";

const BASE = {
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  needs: { seen: uploads },
} as const;

export const uploadLimits = defineCheck({
  ...BASE,
  id: "storage.upload.limits",
  title: "Only files of the declared types and size are taken, from people who are signed in",
  consequence: "Strangers fill the bucket, with programs or pages that run under our name.",
  asks: ways(`
    file upload size and type limits | upload size and type limits enforced
    upload type and size validated | allowed MIME types | upload validation | file upload security
    file uploads secured | secure file uploads | file type validation | upload size limit
    file uploads restricted by type and size | uploads need authentication | File uploads validated
    Upload restrictions | uploads verify MIME type and size | upload MIME type and size checked
    only images can be uploaded | uploaded file types restricted | executable uploads refused
    only images and PDFs may be uploaded | only images and PDFs accepted | uploads require login
    uploads need a signed-in user | anonymous uploads refused | executable files cannot be uploaded
    uploaded file type and size limited | file types and sizes limited | uploads limited to images
    MIME type whitelist | dangerous file types blocked
    upload file types restricted | file type whitelist for uploads
    oversize uploads rejected | upload type and size checked
    dangerous file types refused | allowed upload file types
    only jpg and png uploads | upload size and type limited
    reject uploads over the size and of other types | uploads over 5 MB rejected | only JPEG and PNG uploads
    only JPEG and PNG accepted | uploads of other types rejected
    file size limit for uploads enforced | file upload limit configured
    upload limit of 50 MB configured | maximum upload size configured | file upload limits
    uploaded files validated by type and size | file uploads validated by type and size
  `),
  source: "https://cheatsheetseries.owasp.org/cheatsheets/File_Upload_Cheat_Sheet.html",
  figures: {
    "at-most": { measured: "maxSizeBytes", keeps: "no more", in: "bytes" },
    "body-limit": { measured: "maxSizeBytes", keeps: "no more", in: "bytes" },
  },
  run: ({ seen: { allowed, otherType, anonymous, tooBig } }, { options }) => {
    if (!options.upload) return notApplicable(NONE);
    const { path, types, maxSize } = options.upload;
    if (anonymous < 300)
      return fail("anybody may upload", {
        expected: `401 to a POST to ${path} without a token`,
        found: `${anonymous}`,
        fix: `ask for the token before the body at ${path}`,
        findings: ["anonymous"],
      });
    if (otherType < 300)
      return fail("a file of any type is taken", {
        expected: `415 to application/x-msdownload; ${types.join(", ")} are declared`,
        found: `${otherType}`,
        fix: `compare the Content-Type with ${types.join(", ")} at ${path}, and answer 415`,
        findings: ["type"],
      });
    if (tooBig !== undefined && tooBig < 300)
      return fail("a file of any size is taken", {
        expected: `413 to more than ${maxSize}`,
        found: `${tooBig}`,
        fix: `compare the Content-Length with ${maxSize} at ${path}, and answer 413`,
        findings: ["size"],
      });
    if (allowed >= 300)
      return fail("a file as declared is not taken", {
        expected: `2xx to a small ${types[0]}`,
        found: `${allowed}`,
        fix: `see why ${path} answers ${allowed}`,
        findings: ["allowed"],
      });
    if (tooBig === undefined)
      return fail("a file that is too big is not refused by its announced size", {
        expected: `413 to a Content-Length above ${maxSize}`,
        found: "no answer until the whole file is sent",
        fix: `compare the Content-Length with ${maxSize} at ${path} before reading, and answer 413`,
        findings: ["size"],
      });
    return pass(`${quantity(types.length, "type")} up to ${maxSize}`, {
      tooBig,
      otherType,
      maxSizeBytes: parseSize(maxSize) ?? null,
    });
  },
});

export const ownFolder = defineCheck({
  ...BASE,
  id: "storage.folder.own",
  title: "People remove their own files and nobody else's",
  consequence: "Anybody with an account deletes other people's files.",
  asks: ways(`
    users can delete only their own files | own folder policy | storage delete policy
    users can delete their own clips | customer cannot remove files of another
    storage policies restrict deletes to the owner | users cannot delete files of others
    only the owner can delete a file | users can only delete their own files | files belong to their owner
    storage policy by user id | delete another user's file denied | storage ownership policy
    user cannot delete somebody else's images | nobody deletes somebody else's files
    storage policy owner only | owner only storage policy
  `),
  source: "https://supabase.com/docs/guides/storage/security/access-control",
  run: ({ seen: { allowed, strangerRemoves, ownerRemoves } }, { options }) => {
    if (!options.upload) return notApplicable(NONE);
    const { remove } = options.upload;
    if (remove === undefined) return undeclared("no removal is declared: storage({ upload: { remove } })");
    if (strangerRemoves === undefined || ownerRemoves === undefined)
      return unknown(`no file could be stored to remove: ${allowed}, and an answer with its "key"`);
    const fix = `compare the folder in ${remove} with whoever asks, and answer 403`;
    if (strangerRemoves < 300)
      return fail("anybody removes anybody's files", {
        expected: "403 to somebody else",
        found: `${strangerRemoves}`,
        fix,
        findings: ["stranger"],
      });
    if (ownerRemoves >= 300)
      return fail("people cannot remove their own files", {
        expected: "2xx to the owner",
        found: `${ownerRemoves}`,
        fix: `let the owner of a folder remove files of it at ${remove}`,
        findings: ["owner"],
      });
    return pass(`somebody else: ${strangerRemoves}, the owner: ${ownerRemoves}`);
  },
});
