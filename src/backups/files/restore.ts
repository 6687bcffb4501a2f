import type { BackupProblem, FilesPart } from "../../model/backup.ts";
import type { Doors } from "../../model/doors.ts";
import { quantity } from "../../model/quantity.ts";
import { objectHolding } from "../contents.ts";
import { BackupFault } from "../fault.ts";
import { type ReadFrom, readObject } from "../objects.ts";

// tar is content with the archive's end mark; what pads the archive after it is read too, or its SHA-256 would lack it.
const UNPACK = `
tar --extract --preserve-permissions --delay-directory-restore --file=- .
code=$?
cat >/dev/null
exit "$code"`;

/** Unpacks the archive into a directory that is there and empty. Throws BackupFault. */
export async function unpackFiles(
  part: FilesPart,
  from: ReadFrom & { readonly doors: Doors; readonly into: string },
): Promise<void> {
  const running = from.doors.shell.start({
    file: "/bin/sh",
    args: ["-c", UNPACK],
    cwd: from.into,
    env: { LC_ALL: "C" },
    signal: from.signal,
  });
  running.stdout.resume();
  const failure = await readObject(objectHolding(part, "files"), from, running.stdin).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (failure !== undefined) running.end();
  const { code, stderr } = await running.ended;
  from.signal.throwIfAborted();
  if (failure instanceof BackupFault) throw failure;
  if (code !== 0) {
    const kind = /No space left/.test(stderr) ? "no room" : "cannot be restored";
    throw new BackupFault(kind, `tar: ${stderr.trim().split("\n").slice(-2).join(" ")}`);
  }
  if (failure !== undefined) throw failure;
}

const NAMED = 5;

/** Every file's SHA-256 beside that of what was archived, and how many there are. */
export async function compareFiles(
  part: FilesPart,
  from: ReadFrom & { readonly doors: Doors; readonly into: string },
): Promise<BackupProblem[]> {
  const { component, files } = part;
  const differing = await differingFiles(part, from);
  const found = await countFiles(from);
  const differs = (what: string): BackupProblem => ({ kind: "files differ", what: `${component}: ${what}` });
  const rest = differing.length > NAMED ? `, and ${differing.length - NAMED} more` : "";
  return [
    ...(found === files
      ? []
      : [differs(`${quantity(files, "file was", "files were")} backed up, and the copy has ${found}`)]),
    ...(differing.length === 0
      ? []
      : [differs(`not as they were: ${differing.slice(0, NAMED).join(", ")}${rest}`)]),
  ];
}

async function differingFiles(
  part: FilesPart,
  from: ReadFrom & { readonly doors: Doors; readonly into: string },
): Promise<string[]> {
  const list = objectHolding(part, "list of files");
  // Of no line at all sha256sum says that they are no checksums.
  if (part.files === 0) return [];
  const running = from.doors.shell.start({
    file: "sha256sum",
    args: ["--check", "--strict", "--quiet", "-"],
    cwd: from.into,
    env: { LC_ALL: "C" },
    signal: from.signal,
  });
  const differing: string[] = [];
  const reading = (async () => {
    let rest = "";
    for await (const chunk of running.stdout) {
      const lines = (rest + String(chunk)).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) differing.push(line.replace(/: FAILED.*$/, ""));
    }
  })();
  const failure = await readObject(list, from, running.stdin).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const { code, stderr } = await running.ended;
  await reading;
  if (failure instanceof BackupFault) throw failure;
  if (code !== 0 && differing.length === 0)
    throw new BackupFault("corrupt", `${list.name}: ${stderr.trim().split("\n").at(-1)}`);
  return differing;
}

async function countFiles({
  doors,
  into,
  signal,
}: {
  readonly doors: Doors;
  readonly into: string;
  readonly signal: AbortSignal;
}): Promise<number> {
  const running = doors.shell.start({ file: "find", args: [into, "-type", "f", "-print0"], signal });
  running.stdin.end();
  let files = 0;
  for await (const chunk of running.stdout as AsyncIterable<Buffer>) {
    for (let at = chunk.indexOf(0); at >= 0; at = chunk.indexOf(0, at + 1)) files += 1;
  }
  return files;
}
