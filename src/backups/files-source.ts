import { join } from "node:path";
import type { FilesPart } from "../model/backup.ts";
import type { Doors } from "../model/doors.ts";
import { OutsideError, UserError } from "../model/errors.ts";
import { writeObject } from "./objects.ts";
import type { SourceRequest } from "./source.ts";

/** A directory as one tar archive. A file that changes while it is read is in it as it was at some moment. */
export async function backUpFiles(
  request: SourceRequest & { readonly name: string; readonly from: string; readonly doors: Doors },
): Promise<FilesPart> {
  const { name, from, directory, recipients, doors, signal, onBytes } = request;
  if (!(await doors.files.stat(from))?.isDirectory)
    throw new UserError(`${from} is declared to be backed up and is not there`, { where: from });
  const takenAt = doors.clock.now();
  const counted = await countFiles(from, doors, signal);
  const file = `files.${name.replace(/[^\w-]+/g, "_")}.tar.zst.age`;
  const running = doors.shell.start({
    file: "tar",
    args: ["--create", "--file=-", `--directory=${from}`, "."],
    env: { LC_ALL: "C" },
    signal,
  });
  running.stdin.end();
  try {
    const written = await writeObject(running.stdout, {
      file: join(directory, file),
      recipients,
      doors,
      signal,
      onBytes,
    });
    const { code, stderr } = await running.ended;
    // 1: a file changed while it was read (manual of tar, "Exit status"); uploads do.
    if (written.plainBytes === 0 || (code !== 0 && code !== 1))
      throw new OutsideError(`tar ended with ${code}: ${stderr.trim()}`);
    return {
      kind: "files",
      component: name,
      takenAt,
      directory: from,
      ...counted,
      objects: [{ name: file, holds: "files", ...written }],
    };
  } finally {
    running.end();
  }
}

export async function filesBytes(from: string, doors: Doors, signal: AbortSignal): Promise<number> {
  const result = await doors.shell.run({ file: "du", args: ["-sk", "--", from], signal });
  return (Number.parseInt(result.stdout, 10) || 0) * 1_024;
}

async function countFiles(
  from: string,
  doors: Doors,
  signal: AbortSignal,
): Promise<{ files: number; sizeBytes: number }> {
  const running = doors.shell.start({ file: "find", args: [from, "-type", "f", "-print0"], signal });
  running.stdin.end();
  let files = 0;
  for await (const chunk of running.stdout as AsyncIterable<Buffer>) {
    for (let at = chunk.indexOf(0); at >= 0; at = chunk.indexOf(0, at + 1)) files += 1;
  }
  return { files, sizeBytes: await filesBytes(from, doors, signal) };
}
