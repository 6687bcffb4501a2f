import { isUtf8 } from "node:buffer";
import path from "node:path";
import type { Files } from "../model/doors.ts";
import { UserError } from "../model/errors.ts";

/** A checklist as its bytes say it; lines end as they do, and a byte order mark stays. */
export interface ChecklistFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly mode: number;
}

const LARGEST_BYTES = 10 * 1_048_576;

/** Throws UserError on what is no Markdown file: nothing there, a directory, too large, binary, not UTF-8. */
export async function readChecklistFile(file: string, files: Files): Promise<ChecklistFile> {
  const found = await files.stat(file);
  if (!found)
    throw new UserError("there is no such file", {
      where: file,
      fix: "name your Markdown list: gonogo import docs/launch.md",
    });
  if (found.isDirectory)
    throw new UserError("it is a directory", { where: file, fix: "name a Markdown file" });
  if (!found.isFile)
    throw new UserError("it is no file, but a pipe, a socket or a device", {
      where: file,
      fix: "name a Markdown file: its lines are answered in the file itself",
    });
  const bytes = await files.readBytes(file, { maxBytes: LARGEST_BYTES });
  if (!bytes) throw new UserError("there is no such file any more", { where: file });
  return { path: file, bytes, text: decoded(bytes, file), mode: found.mode };
}

/** Writes what `text` says where `file` was read from. Throws UserError when it may not, or when it changed since. */
export async function writeChecklistFile(file: ChecklistFile, text: string, files: Files): Promise<void> {
  // Another user's rename would go through all the same; whoever took the right to write away meant it.
  if ((file.mode & 0o222) === 0) {
    throw new UserError("the checklist is read-only; nothing was written", {
      where: file.path,
      fix: `chmod u+w ${file.path}, or run it with --dry-run`,
    });
  }
  const now = await files.readBytes(file.path, { maxBytes: LARGEST_BYTES });
  if (!now || Buffer.compare(now, file.bytes) !== 0) {
    throw new UserError("the checklist was changed while it was being read; nothing was written", {
      where: file.path,
      fix: "run the command again",
    });
  }
  await removeLeftOver(file.path, files);
  await files.write(file.path, text, { mode: file.mode });
}

/** Whoever was killed in the middle of a write left its new text beside the list, which is whole. */
async function removeLeftOver(file: string, files: Files): Promise<void> {
  const [folder, name] = [path.dirname(file), `${path.basename(file)}.`];
  const left = (await files.list(folder)).filter(
    (each) => each.startsWith(name) && /^[0-9a-f]{12}\.tmp$/.test(each.slice(name.length)),
  );
  for (const each of left) await files.remove(path.join(folder, each));
}

function decoded(bytes: Uint8Array, where: string): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new UserError("it is UTF-16, not UTF-8", {
      where,
      fix: `iconv -f UTF-16 -t UTF-8 ${where} > checklist.md`,
    });
  }
  const zero = bytes.indexOf(0);
  if (zero !== -1) {
    throw new UserError(`it is no text: byte ${zero} is a zero`, { where, fix: "name a Markdown file" });
  }
  if (!isUtf8(bytes)) {
    throw new UserError("it is not UTF-8", {
      where: `${where}:${brokenLine(bytes)}`,
      fix: `save it as UTF-8; for one of Windows: iconv -f WINDOWS-1252 -t UTF-8 ${where} > checklist.md`,
    });
  }
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

/** The first line that is not UTF-8, from 1: a line end never is a part of another character. */
function brokenLine(bytes: Uint8Array): number {
  let line = 1;
  for (let from = 0; from < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, from);
    const to = end === -1 ? bytes.length : end + 1;
    if (!isUtf8(bytes.subarray(from, to))) break;
    from = to;
  }
  return line;
}
