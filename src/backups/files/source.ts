import { join } from "node:path";
import { PassThrough, pipeline } from "node:stream";
import type { FilesPart } from "../../model/backup.ts";
import type { Doors } from "../../model/doors.ts";
import { OutsideError, UserError } from "../../model/errors.ts";
import { writeObject } from "../objects.ts";
import type { SourceRequest } from "../source.ts";
import { type ArchivedFile, watchArchive } from "./archive.ts";

/**
 * A directory as one tar archive, and a list of the files in it. A file that changes while it is read is in both as it
 * was at some moment; one with two names is there twice.
 */
export async function backUpFiles(
  request: SourceRequest & { readonly name: string; readonly from: string; readonly doors: Doors },
): Promise<FilesPart> {
  const { name, from, directory, recipients, doors, signal, onBytes } = request;
  if (!(await doors.files.stat(from))?.isDirectory)
    throw new UserError(`${from} is declared to be backed up and is not there`, { where: from });
  const takenAt = doors.clock.now();
  const stem = `files.${name.replace(/[^\w-]+/g, "_")}`;
  const [archive, list] = [`${stem}.tar.zst.age`, `${stem}.sha256.zst.age`];
  const to = { recipients, doors, signal };
  const running = doors.shell.start({
    file: "tar",
    args: ["--create", "--format=gnu", "--hard-dereference", "--file=-", `--directory=${from}`, "."],
    env: { LC_ALL: "C" },
    signal,
  });
  running.stdin.end();
  const seen = { files: 0, sizeBytes: 0 };
  const lines = new PassThrough();
  const watched = watchArchive((file) => {
    seen.files += 1;
    seen.sizeBytes += file.sizeBytes;
    lines.write(lineOf(file));
  });
  const whole = pipeline(running.stdout, watched, () => lines.end());
  try {
    const [archived, listed] = await Promise.all([
      writeObject(whole, { ...to, file: join(directory, archive), onBytes }),
      writeObject(lines, { ...to, file: join(directory, list) }),
    ]);
    const { code, stderr } = await running.ended;
    // 1: a file changed while it was read (manual of tar, "Exit status"); uploads do.
    if (archived.plainBytes === 0 || (code !== 0 && code !== 1))
      throw new OutsideError(`tar ended with ${code}: ${stderr.trim()}`);
    return {
      kind: "files",
      component: name,
      takenAt,
      directory: from,
      ...seen,
      objects: [
        { name: archive, holds: "files", ...archived },
        { name: list, holds: "list of files", ...listed },
      ],
    };
  } finally {
    running.end();
  }
}

export async function filesBytes(from: string, doors: Doors, signal: AbortSignal): Promise<number> {
  const result = await doors.shell.run({ file: "du", args: ["-sk", "--", from], signal });
  return (Number.parseInt(result.stdout, 10) || 0) * 1_024;
}

/** As sha256sum writes it: a name with a line break or a backslash is escaped, and a backslash at the start says so. */
function lineOf({ name, sha256 }: ArchivedFile): Buffer {
  const text = name.toString("latin1");
  const escaped = text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
  return Buffer.from(`${escaped === text ? "" : "\\"}${sha256}  ${escaped}\n`, "latin1");
}
