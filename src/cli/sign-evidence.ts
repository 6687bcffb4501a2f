import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import path from "node:path";
import { holdsCredential } from "../checklist/credentials.ts";
import type { Doors } from "../model/doors.ts";
import { messageOf, UserError } from "../model/errors.ts";
import type { SignOffRules } from "../model/item.ts";
import type { Attachment } from "../model/sign-off.ts";

const LARGEST_BYTES = 50 * 1_048_576;
const MOST_READ_BYTES = 2 * 1_048_576;

export interface SignEvidence {
  /** As it was given; an address with what it answered. */
  readonly text: string;
  readonly attachment: Attachment | undefined;
}

export interface EvidencePlaces {
  readonly workingDirectory: string;
  /** The project. */
  readonly directory: string;
  /** Values of the environment's secret variables. */
  readonly secrets: readonly string[];
}

/**
 * Looks at what a sign-off rests on: a page has to answer, a file is hashed and kept, a sentence is a sentence. Of a
 * line about a document that document is kept when no other file is given. Throws UserError.
 */
export async function takeEvidence(
  given: string,
  { rules, places, doors }: { rules: SignOffRules | undefined; places: EvidencePlaces; doors: Doors },
): Promise<SignEvidence> {
  if (given.trim() === "")
    throw new UserError("--evidence is empty", { fix: "a sentence, a file or an address" });
  refuseCredential(given, { what: "what is given as evidence", secrets: places.secrets });
  if (rules?.link !== undefined) await askPage(rules.link, doors);
  if (isAddress(given)) return { text: await askPage(given, doors), attachment: await document() };
  const file = path.resolve(places.workingDirectory, given);
  const found = given.length > 1_000 ? undefined : await doors.files.stat(file);
  if (found) return { text: given, attachment: await keepFile(file, places, doors) };
  if (looksLikeFile(given)) {
    throw new UserError(`there is no file ${given}`, {
      where: "--evidence",
      fix: "name a file that is there, an address, or say it in a sentence",
    });
  }
  return { text: given, attachment: await document() };

  async function document(): Promise<Attachment | undefined> {
    if (rules?.file === undefined) return undefined;
    return await keepFile(path.join(places.directory, rules.file), places, doors);
  }
}

/** Whoever signs says what it rests on; a credential is not what it rests on, and would be kept and told for good. */
function refuseCredential(
  text: string,
  { what, secrets, looks = true }: { what: string; secrets: readonly string[]; looks?: boolean },
): void {
  const holds = (looks && holdsCredential(text)) || secrets.some((secret) => text.includes(secret));
  if (!holds) return;
  throw new UserError(`a credential stands in ${what}, and evidence is kept and shown`, {
    where: "--evidence",
    fix: "take it out; and replace it wherever it is used, if anybody else has seen it",
  });
}

/** Where evidence files are kept, by their hash. */
export function evidenceDirectory(directory: string): string {
  return path.join(directory, ".gonogo", "evidence");
}

async function keepFile(
  file: string,
  { directory, secrets }: EvidencePlaces,
  { files }: Doors,
): Promise<Attachment> {
  const found = await files.stat(file);
  if (found?.isDirectory)
    throw new UserError("a directory is no evidence", { where: file, fix: "name a file" });
  // To read a pipe is to wait for somebody who writes.
  if (found && !found.isFile)
    throw new UserError("a pipe or a device is no evidence", { where: file, fix: "name a file" });
  const bytes = await files.readBytes(file, { maxBytes: LARGEST_BYTES });
  if (!bytes || bytes.length === 0) {
    throw new UserError("an empty file is no evidence", {
      where: file,
      fix: "name a file that says something",
    });
  }
  // A recording or a large log is not read for credentials by their look.
  const text = Buffer.from(bytes).toString(isUtf8(bytes) ? "utf8" : "latin1");
  refuseCredential(text, { what: path.basename(file), secrets, looks: bytes.length <= MOST_READ_BYTES });
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const kept = evidenceDirectory(directory);
  await files.makeDirectory(kept, { mode: 0o700 });
  await files.write(path.join(kept, sha256), bytes, { mode: 0o600 });
  return { name: path.basename(file), sha256, sizeBytes: bytes.length };
}

/** A page behind a sign-in answers too; one that is gone or broken proves nothing. */
async function askPage(url: string, { http }: Doors): Promise<string> {
  try {
    const { status } = await http.send({ url, timeoutMs: 10_000, maxBodyBytes: 4_096 });
    if (status < 400 || status === 401 || status === 403) return `${url} (answered ${status})`;
    throw new UserError(`${url} answers ${status}`, { fix: "give an address that answers, or a file" });
  } catch (thrown) {
    if (thrown instanceof UserError) throw thrown;
    throw new UserError(`${url} does not answer: ${messageOf(thrown)}`, {
      fix: "give an address that answers, or a file",
    });
  }
}

function isAddress(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text);
}

/** One word with a directory or an ending is meant as a file. */
function looksLikeFile(text: string): boolean {
  return !/\s/.test(text) && (/^\.{0,2}\//.test(text) || /[^.]\.[a-z]{1,5}$/i.test(text));
}
