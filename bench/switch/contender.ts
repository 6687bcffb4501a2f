import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { localCertificate } from "../../src/agent/edge/authority.ts";
import { findFreePort, isFree } from "../../src/agent/instances/free-port.ts";

/** Something that moves users from one release to the next, with the tiny application behind it. */
export interface Contender extends AsyncDisposable {
  readonly name: string;
  /** How it was set up, in a line. */
  readonly setting: string;
  readonly door: { readonly host: string; readonly port: number; readonly ca: string | undefined };
  /** Moves everybody to another release and returns when it says that it has. */
  move(turn: number): Promise<void>;
}

export const SERVER = path.join(import.meta.dirname, "../../test/fixtures/tiny-app/server.mjs");
/** What a request under way may take to end, for everyone: more than the 5 s of the slow ones. */
export const GRACE_S = 8;

/** A folder, ports and programs that go with the stack. */
export interface Ground extends AsyncDisposable {
  readonly directory: string;
  readonly stack: AsyncDisposableStack;
  ports(count: number): Promise<number[]>;
  /** Starts a program that ends with us; `port` says that it is up. */
  run(
    command: readonly string[],
    options: { port: number; env?: Record<string, string> },
  ): Promise<ChildProcess>;
}

export async function openGround(): Promise<Ground> {
  const directory = await mkdtemp(path.join(tmpdir(), "bench-switch-"));
  const stack = new AsyncDisposableStack();
  stack.defer(() => rm(directory, { recursive: true, force: true }));
  const taken: number[] = [];
  return {
    directory,
    stack,
    async ports(count) {
      for (let each = 0; each < count; each++) taken.push(await findFreePort((port) => taken.includes(port)));
      return taken.slice(-count);
    },
    async run(command, { port, env }) {
      const child = spawn("setpriv", ["--pdeathsig", "TERM", ...command], {
        stdio: "ignore",
        env: { ...process.env, HOME: directory, ...env },
      });
      stack.defer(() => ended(child));
      while (await isFree(port)) {
        if (child.exitCode !== null) throw new Error(`${command.join(" ")} exited with ${child.exitCode}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return child;
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 3_000);
  await exited;
  clearTimeout(timer);
}

/** Two running releases behind a proxy, a certificate for it, and its configuration for each turn. */
export async function proxyGround(
  ground: Ground,
  file: string,
  configuration: (at: { app: number; port: number; directory: string }) => string,
): Promise<{ port: number; ca: string; file: string; write(turn: number): Promise<void> }> {
  const [port = 0, ...apps] = await ground.ports(3);
  for (const app of apps) {
    const env = { PORT: String(app), GONOGO_RELEASE: `on-${app}` };
    await ground.run([process.execPath, SERVER], { port: app, env });
  }
  const { directory } = ground;
  const { ca } = await localCertificate({ directory, name: "bench", now: Date.now() });
  const config = path.join(directory, file);
  return {
    port,
    ca,
    file: config,
    write: (turn) =>
      writeFile(config, configuration({ app: apps[turn % apps.length] ?? 0, port, directory })),
  };
}
