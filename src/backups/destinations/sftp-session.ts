import { join } from "node:path";
import type { Doors, Files } from "../../model/doors.ts";
import { OutsideError, UserError } from "../../model/errors.ts";

export interface RemoteEntry {
  readonly name: string;
  readonly sizeBytes: number;
  readonly isDirectory: boolean;
}
interface LocalCopy extends AsyncDisposable {
  readonly file: string;
}

/** The sftp command of this machine, one batch at a time. */
export interface Sftp {
  readonly host: string;
  readonly files: Files;
  /** What it printed. Throws UserError or OutsideError with what it said. */
  run(lines: readonly string[], signal: AbortSignal): Promise<string>;
  /** Empty when there is no such directory. */
  list(path: string, signal: AbortSignal): Promise<RemoteEntry[]>;
  /** A copy that goes when it is disposed; undefined when there is no such file. */
  fetch(path: string, signal: AbortSignal): Promise<LocalCopy | undefined>;
  scratch(): Promise<LocalCopy>;
}

interface Server {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly hostKey?: string | undefined;
  readonly identity: string | undefined;
  readonly doors: Doors;
}

/** What sftp says of a path; what ssh says of a missing key file reads alike, and is another matter. */
const NOT_THERE = /^(Can't ls: |File |remote stat )?".*":? (not found|No such file)/m;

export function connection(server: Server): Sftp {
  const { doors } = server;
  const { files } = doors;
  const scratch = async (): Promise<LocalCopy> => {
    const home = join(doors.environment.value("TMPDIR") ?? "/tmp", `gonogo-sftp-${doors.random.hex(8)}`);
    await files.makeDirectory(home, { mode: 0o700 });
    return { file: join(home, "file"), [Symbol.asyncDispose]: () => files.remove(home) };
  };
  const attempt = async (lines: readonly string[], signal: AbortSignal) => {
    await using known = await scratch();
    const args = await argumentsFor(server, known.file);
    const program = await doors.shell.find("sftp");
    if (!program)
      throw new UserError("there is no sftp on this machine", { fix: "apt-get install openssh-client" });
    const result = await doors.shell.run({
      file: program,
      args,
      env: { LC_ALL: "C" },
      input: `${lines.join("\n")}\n`,
      maxOutputBytes: 64 * 1_048_576,
      signal,
    });
    signal.throwIfAborted();
    return result;
  };
  const run = async (lines: readonly string[], signal: AbortSignal): Promise<string> => {
    const { code, stdout, stderr } = await attempt(lines, signal);
    if (code !== 0) throw failure(server, stderr);
    return stdout;
  };
  return {
    host: server.host,
    files,
    run,
    scratch,
    async list(path, signal) {
      const { code, stdout, stderr } = await attempt([`ls -ln ${quoted(path)}`], signal);
      if (code !== 0 && NOT_THERE.test(stderr)) return [];
      if (code !== 0) throw failure(server, stderr);
      return stdout.split("\n").flatMap(entryOf);
    },
    async fetch(path, signal) {
      const copy = await scratch();
      const { code, stderr } = await attempt([`get ${quoted(path)} ${quoted(copy.file)}`], signal).catch(
        async (thrown: unknown) => {
          await copy[Symbol.asyncDispose]();
          throw thrown;
        },
      );
      if (code === 0) return copy;
      await copy[Symbol.asyncDispose]();
      if (NOT_THERE.test(stderr)) return undefined;
      throw failure(server, stderr);
    },
  };
}

/** A word of an sftp batch: it reads quotes and backslashes as a shell does. */
export function quoted(path: string): string {
  return `"${path.replace(/["\\]/g, "\\$&")}"`;
}

async function argumentsFor(server: Server, knownHosts: string): Promise<string[]> {
  const { host, port, user, hostKey, identity, doors } = server;
  const options = [
    "BatchMode=yes",
    "ConnectTimeout=10",
    "ServerAliveInterval=15",
    "StrictHostKeyChecking=yes",
  ];
  if (hostKey !== undefined) {
    const name = port === 22 ? host : `[${host}]:${port}`;
    await doors.files.write(knownHosts, `${name} ${hostKey}\n`, { mode: 0o600 });
    options.push(`UserKnownHostsFile=${knownHosts}`, "GlobalKnownHostsFile=/dev/null");
  }
  if (identity !== undefined) options.push("IdentitiesOnly=yes", `IdentityFile=${identity}`);
  return ["-P", String(port), ...options.flatMap((option) => ["-o", option]), "-b", "-", `${user}@${host}`];
}

/** "-rw-------    1 0        0             404 Nov 21 08:11 name" */
function entryOf(line: string): RemoteEntry[] {
  const match = /^([-dl])\S+\s+\S+\s+\S+\s+\S+\s+(\d+)\s+\S+\s+\S+\s+\S+\s(.+)$/.exec(line);
  if (!match) return [];
  const name = (match[3] ?? "").split("/").at(-1) ?? "";
  return name === "." || name === ".."
    ? []
    : [{ name, sizeBytes: Number(match[2]), isDirectory: match[1] === "d" }];
}

function failure({ host, user }: Server, stderr: string): Error {
  const said = stderr.trim().split("\n").slice(-3).join(" ");
  const what = `${host}: ${said || "sftp ended without a word"}`;
  if (/Host key verification failed|REMOTE HOST IDENTIFICATION/.test(said)) {
    return new UserError(what, {
      fix: `declare its hostKey (ssh-keyscan ${host}), after comparing it with the server's own`,
    });
  }
  if (/Permission denied \(/.test(said))
    return new UserError(what, { fix: `let ${user} in with this machine's key: authorized_keys on ${host}` });
  if (/Permission denied|No space|quota/i.test(said)) return new UserError(what);
  return new OutsideError(what, { host, retryable: true });
}
