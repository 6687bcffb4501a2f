import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { UserError } from "../model/errors.ts";
import type { Stage } from "../model/phase.ts";
import { type ProcessIdentity, processesRunning } from "./instances/process-table.ts";
import { takeLaunchLock } from "./launch-lock.ts";
import { type ListeningSocket, openListeningSocket } from "./listening-sockets.ts";
import type { Settings } from "./settings.ts";
import { openStateFolder } from "./state-folder.ts";

export interface Launched {
  readonly stateDirectory: string;
  readonly hostName: string;
  /** Address the sockets are bound to. */
  readonly bindTo: string;
  /** What the user asked for; otherwise what it was before, or the first free one from the default. */
  readonly port: number | undefined;
  readonly httpPort: number | undefined;
  /** The kind of the target, for words about its options. Default "local". */
  readonly kind?: string;
  /** Absent: as in production. */
  readonly stage?: Stage | undefined;
}

const DEFAULT_HTTPS_PORT = 8_443;
const DEFAULT_HTTP_PORT = 8_080;
const program = fileURLToPath(new URL(`./parent${extname(import.meta.url)}`, import.meta.url));

/**
 * The parent of this directory, or an agent that has just lost its parent and is about to start another. Found in
 * the process table: no file can be out of date about it.
 */
export function runningParent(stateDirectory: string): ProcessIdentity | undefined {
  return agentProcesses(stateDirectory)[0];
}

/** Parents first, then agents. */
export function agentProcesses(stateDirectory: string): ProcessIdentity[] {
  return [/(^|\/)agent\/parent\.[tj]s$/, /(^|\/)agent\/agent\.[tj]s$/].flatMap((script) =>
    processesRunning(script, stateDirectory),
  );
}

/** Opens the sockets and starts the parent, unless it runs already. Throws UserError when a port is taken. */
export async function launchParent(wanted: Launched, signal: AbortSignal): Promise<void> {
  const { stateDirectory } = wanted;
  if (process.platform !== "linux") {
    throw new UserError("the agent needs Linux: it looks after processes through /proc", {
      fix: "run it in a Linux machine, container or WSL",
    });
  }
  if (runningParent(stateDirectory)) return;
  await using _ = await takeLaunchLock(stateDirectory, signal);
  if (!runningParent(stateDirectory)) await openAndSpawn(wanted);
}

async function openAndSpawn(wanted: Launched): Promise<void> {
  const { stateDirectory, hostName, bindTo: host, port, httpPort, kind = "local", stage } = wanted;
  const state = openStateFolder(stateDirectory, () => undefined);
  const before = await state.read<Settings>("settings");
  const log = openSync(join(stateDirectory, "agent.log"), "a", 0o600);
  const sockets: ListeningSocket[] = [];
  try {
    // From here to `close` nothing may wait for I/O: a socket that is polled here would accept in this process.
    for (const { option, fixed, first } of [
      { option: "port", fixed: port, first: before?.httpsPort ?? DEFAULT_HTTPS_PORT },
      { option: "httpPort", fixed: httpPort, first: before?.httpPort ?? DEFAULT_HTTP_PORT },
    ]) {
      sockets.push(
        await openListeningSocket({ host, port: fixed ?? first, isFixed: fixed !== undefined, option, kind }),
      );
    }
    const [httpsPort = 0, plainPort = 0] = sockets.map((each) => each.port);
    const settings: Settings = { hostName, httpsPort, httpPort: plainPort, stage };
    const parent = spawn(process.execPath, [program, stateDirectory, JSON.stringify(settings)], {
      cwd: stateDirectory,
      detached: true,
      // A killed agent is back in half the time when its code need not be compiled again. A place that is given stays.
      env: { NODE_COMPILE_CACHE: join(stateDirectory, "compiled"), ...process.env },
      stdio: ["ignore", log, log, ...sockets.map(({ fd }) => fd)],
    });
    for (const { server } of sockets) server.close();
    parent.unref();
    await new Promise<void>((resolve, reject) => {
      parent.once("spawn", resolve);
      parent.once("error", reject);
    });
    await state.write("settings", settings);
  } finally {
    for (const { server } of sockets) if (server.listening) server.close();
    closeSync(log);
  }
}
