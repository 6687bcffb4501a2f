import { type ListedFile, listFiles } from "../../agent/host/file-list.ts";
import type { Doors } from "../../model/doors.ts";
import { OutsideError, UserError } from "../../model/errors.ts";
import type { Uploaded } from "../../model/target.ts";
import type { SshConnection } from "./connection.ts";
import { callHost, hostLine, readAnswer } from "./host-calls.ts";
import type { HostLink } from "./link.ts";

interface Upload {
  readonly id: string;
  /** The built code on this machine. */
  readonly directory: string;
  readonly doors: Doors;
  readonly signal: AbortSignal;
}

const CALL_LIMIT_MS = 600_000;

const TRIES = 3;

/** Sends what no kept release has, and has every file compared with its hash over there. Goes on after a cut. */
export async function uploadRelease(link: HostLink, upload: Upload): Promise<Uploaded> {
  const files = await listFiles(upload.directory);
  for (let left = TRIES - 1; ; left -= 1) {
    const { connection } = await link.open(upload.signal);
    try {
      return await tryUpload(connection, files, upload);
    } catch (thrown) {
      upload.signal.throwIfAborted();
      if (left === 0 || !(thrown instanceof OutsideError && thrown.retryable)) throw thrown;
    }
  }
}

async function tryUpload(
  connection: SshConnection,
  files: readonly ListedFile[],
  { id, directory, doors, signal }: Upload,
): Promise<Uploaded> {
  expectSameMachine(files, connection);
  const { missing } = await callHost(connection, "expect", {
    body: { id, files },
    signal,
    timeoutMs: CALL_LIMIT_MS,
  });
  const sentBytes = await send(connection, { id, directory, doors, signal, missing });
  return {
    files: files.length,
    sentFiles: missing.length,
    sentBytes,
  };
}

async function send(
  connection: SshConnection,
  { id, directory, doors, signal, missing }: Upload & { missing: readonly string[] },
): Promise<number> {
  const both = AbortSignal.any([signal, connection.lost]);
  const tar = doors.shell.start({
    file: "tar",
    args: ["-czf", "-", "-C", directory, "--null", "-T", "-"],
    signal: both,
  });
  const receiving = await connection.start(hostLine(connection, "receive", id), both);
  let sentBytes = 0;
  let answer = "";
  tar.stdout.on("data", (chunk: Buffer) => {
    sentBytes += chunk.length;
  });
  receiving.stdout.on("data", (chunk: Buffer) => {
    answer += chunk.toString("utf8");
  });
  tar.stdout.pipe(receiving.stdin);
  tar.stdin.end(missing.map((path) => `${path}\0`).join(""));
  const [packed, received] = await Promise.all([tar.ended, receiving.ended]);
  signal.throwIfAborted();
  if (connection.lost.aborted) throw connection.lost.reason;
  if (packed.code !== 0) {
    throw new OutsideError(`tar could not pack the release: ${packed.stderr.trim().split("\n").at(-1)}`);
  }
  readAnswer(answer, { verb: "receive", stderr: received.stderr });
  return sentBytes;
}

/** Add-ons that were compiled for this machine do not run on another kind. */
function expectSameMachine(files: readonly ListedFile[], { greeting }: SshConnection): void {
  const here = `${process.platform === "linux" ? "Linux" : process.platform} ${ARCHITECTURES[process.arch] ?? process.arch}`;
  if (here === greeting.system) return;
  const native = files.filter(({ path, kind }) => kind === "file" && path.endsWith(".node"));
  if (native.length === 0) return;
  throw new UserError(`${native[0]?.path} was compiled for ${here}, and the machine is ${greeting.system}`, {
    fix: `deploy from a machine like it, such as a CI runner on ${greeting.system}`,
  });
}

const ARCHITECTURES: Readonly<Partial<Record<NodeJS.Architecture, string>>> = {
  x64: "x86_64",
  arm64: "aarch64",
};
