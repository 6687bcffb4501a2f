import type { Doors, RunningProgram, ShellResult } from "../../model/doors.ts";
import { OutsideError, UserError } from "../../model/errors.ts";
import { type Greeting, greetingCommand, LAST_LINE, readGreeting } from "./greeting.ts";
import { otherKey, unpinned } from "./host-key.ts";
import { destinationOf, type Host, identityOptions, optionsOf, sshProgram } from "./ssh-arguments.ts";

export interface ConnectionRequest extends Host {
  readonly directory: string;
  readonly node: string | undefined;
  readonly doors: Doors;
}

/** One authenticated connection; every session and tunnel goes through it. */
export interface SshConnection extends AsyncDisposable {
  readonly greeting: Greeting;
  /** Aborted when it ended, however it did. */
  readonly lost: AbortSignal;
  /** A directory of this connection's own on this machine, 0700. */
  readonly folder: string;
  /** Runs a line over there. Throws OutsideError when the connection is gone. */
  run(
    line: string,
    options: { input?: string; signal: AbortSignal; timeoutMs?: number },
  ): Promise<ShellResult>;
  start(line: string, signal: AbortSignal): Promise<RunningProgram>;
  /** "from" and "to" as ssh -L takes them. False when "from" cannot be listened on. */
  forward(from: string, to: string, signal: AbortSignal): Promise<boolean>;
  /** What ssh has said so far, such as of tunnels that the machine did not allow. */
  said(): Promise<string>;
}

const CONNECT_LIMIT_MS = 30_000;

export async function connect(request: ConnectionRequest, signal: AbortSignal): Promise<SshConnection> {
  const { doors } = request;
  const program = await sshProgram(doors);
  // Not below the project: a socket's path has some hundred bytes at most.
  const folder = `/tmp/gonogo-ssh-${doors.random.hex(8)}`;
  await doors.files.makeDirectory(folder, { mode: 0o700 });
  try {
    return await open(request, { program, folder, signal });
  } catch (thrown) {
    await doors.files.remove(folder);
    throw thrown;
  }
}

async function open(
  request: ConnectionRequest,
  { program, folder, signal }: { program: string; folder: string; signal: AbortSignal },
): Promise<SshConnection> {
  const { doors, hostKey, host } = request;
  const how = { folder, doors, signal };
  if (hostKey === undefined) throw (await unpinned(request, how)) ?? unreachable(host, "it shows no key");
  await doors.files.write(`${folder}/known`, `gonogo-target ${hostKey}\n`, { mode: 0o600 });
  const options = optionsOf([
    "StrictHostKeyChecking=yes",
    `UserKnownHostsFile=${folder}/known`,
    "ControlPersist=no",
    ...(await identityOptions(request, { folder, doors })),
  ]);
  const control = `${folder}/c`;
  const log = `${folder}/log`;
  const said = async (): Promise<string> => (await doors.files.read(log)) ?? "";
  const destination = destinationOf(request);
  const lost = new AbortController();
  const stop = new AbortController();
  const master = doors.shell.start({
    file: program,
    args: [
      "-M",
      "-S",
      control,
      "-E",
      log,
      ...options,
      ...destination,
      greetingCommand(request.directory, request.node),
    ],
    env: { LC_ALL: "C" },
    signal: stop.signal,
  });
  const ended = master.ended.then(async () => {
    const words = await said();
    lost.abort(unreachable(host, lastWords(words) || "the connection ended"));
    return words;
  });
  const greeting = await greet(master, {
    ended,
    limit: AbortSignal.any([signal, AbortSignal.timeout(CONNECT_LIMIT_MS)]),
  }).catch((thrown: unknown) => {
    stop.abort();
    throw thrown;
  });
  if (typeof greeting === "string") throw await failure(greeting, { request, how });

  // Sessions need no key of their own, and a killed command removes nothing.
  await doors.files.remove(`${folder}/identity`);
  const session = ["-S", control, "-o", "ControlMaster=no", ...options, ...destination];
  const expectOpen = (): void => {
    if (lost.signal.aborted) throw lost.signal.reason;
  };
  return {
    greeting,
    folder,
    lost: lost.signal,
    async run(line, { signal: until, ...rest }) {
      expectOpen();
      const both = AbortSignal.any([until, lost.signal]);
      const env = { LC_ALL: "C" };
      const result = await doors.shell.run({
        file: program,
        args: [...session, line],
        env,
        signal: both,
        maxOutputBytes: 256 * 1_048_576,
        ...rest,
      });
      until.throwIfAborted();
      // ssh's own failures; what runs over there has other codes.
      if (result.code === 255 || result.code === null) {
        expectOpen();
        throw unreachable(host, lastWords(result.stderr) || "a session was not opened");
      }
      return result;
    },
    async start(line, until) {
      expectOpen();
      const both = AbortSignal.any([until, lost.signal]);
      return doors.shell.start({
        file: program,
        args: [...session, line],
        env: { LC_ALL: "C" },
        signal: both,
      });
    },
    async forward(from, to, until) {
      expectOpen();
      const args = ["-S", control, "-O", "forward", "-L", `${from}:${to}`, ...destination];
      const { code } = await doors.shell.run({ file: program, args, signal: until, timeoutMs: 10_000 });
      expectOpen();
      return code === 0;
    },
    said,
    async [Symbol.asyncDispose]() {
      master.stdin.end();
      stop.abort();
      await ended.catch(() => undefined);
      await doors.files.remove(folder);
    },
  };
}

/** The greeting, or what ssh said when it ended before. */
async function greet(
  master: RunningProgram,
  { ended, limit }: { ended: Promise<string>; limit: AbortSignal },
): Promise<Greeting | string> {
  let text = "";
  const spoken = new Promise<Greeting>((resolve) => {
    master.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
      if (!text.includes(`${LAST_LINE}\n`)) return;
      const greeting = readGreeting(text);
      if (greeting) resolve(greeting);
    });
  });
  const late = new Promise<never>((_, reject) => {
    limit.addEventListener("abort", () => reject(limit.reason), { once: true });
    if (limit.aborted) reject(limit.reason);
  });
  return await Promise.race([spoken, ended, late]);
}

async function failure(
  stderr: string,
  { request, how }: { request: ConnectionRequest; how: Parameters<typeof otherKey>[1] },
): Promise<Error> {
  const { host, user, identity } = request;
  if (/Host key verification failed|HOST IDENTIFICATION HAS CHANGED|No .* host key is known/.test(stderr)) {
    return await otherKey(request, how);
  }
  if (/Permission denied \(|Too many authentication failures/.test(stderr)) {
    return new UserError(`${host} does not let ${user} in: ${lastWords(stderr)}`, {
      fix: `put the public key into ~${user}/.ssh/authorized_keys over there; ${identity} names the private one, without it this user's keys are tried`,
    });
  }
  return unreachable(host, lastWords(stderr) || "ssh ended without a word");
}

function unreachable(host: string, why: string): OutsideError {
  return new OutsideError(`${host} cannot be reached over SSH: ${why}`, { host, retryable: true });
}

function lastWords(stderr: string): string {
  return stderr
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^(Warning: Permanently added|\*\*|@)/.test(line))
    .slice(-2)
    .join(" ");
}
