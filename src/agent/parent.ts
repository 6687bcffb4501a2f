import { type ChildProcess, spawn } from "node:child_process";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { EDGE_NODE_FLAGS } from "./edge/node-flags.ts";
import { isRunning, type ProcessIdentity } from "./instances/process-table.ts";

/*
 * Holds the listening sockets (https: fd 3, http: fd 4), never accepts on them, and keeps an agent running that
 * does. While there is none, connections wait in the kernel's backlog. Arguments: those of the agent (state
 * directory, Settings as JSON) and, when the agent runs already because its earlier parent was killed, its identity.
 */

/** How the agent says that it is not to be started again. Any other code is a crash. */
const ENDED_BY_REQUEST = 0;

const AT_ONCE_MS = 10;
const LONGEST_PAUSE_MS = 5_000;
const STEADY_AFTER_MS = 10_000;
const WATCH_MS = 100;

const [stateDirectory = "", settings = "{}", running] = process.argv.slice(2);
const program = fileURLToPath(new URL(`./agent${extname(import.meta.url)}`, import.meta.url));
let agent: Pick<ChildProcess, "kill"> | undefined;
let deaths = 0;
let isEnding = false;

function start(): void {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...EDGE_NODE_FLAGS, program, stateDirectory, settings], {
    stdio: ["ignore", "inherit", "inherit", 3, 4],
  });
  agent = child;
  child.once("error", (error) => process.stderr.write(`cannot start the agent: ${error.message}\n`));
  child.once("close", (code, signal) => {
    agent = undefined;
    if (code === ENDED_BY_REQUEST || isEnding) process.exit(0);
    deaths = performance.now() - startedAt < STEADY_AFTER_MS ? deaths + 1 : 1;
    const pauseMs = Math.min(LONGEST_PAUSE_MS, AT_ONCE_MS * 2 ** Math.max(0, deaths - 1));
    process.stderr.write(
      `the agent ended with ${signal ?? `code ${code}`}: starting it again in ${pauseMs} ms\n`,
    );
    setTimeout(start, pauseMs);
  });
}

/** An agent that is not this parent's child: its end is seen, its exit code is not. */
function watch(identity: ProcessIdentity): void {
  agent = { kill: (signal) => process.kill(identity.pid, signal) };
  const timer = setInterval(() => {
    if (isRunning(identity)) return;
    clearInterval(timer);
    agent = undefined;
    if (isEnding) process.exit(0);
    start();
  }, WATCH_MS);
}

for (const name of ["SIGTERM", "SIGINT"] as const) {
  process.on(name, () => {
    isEnding = true;
    if (!agent) process.exit(0);
    agent.kill("SIGTERM");
  });
}
// Whoever started the environment may close its terminal.
process.on("SIGHUP", () => undefined);
// An agent that was asked to end tells such a parent so, because it cannot by its exit code.
process.on("SIGUSR2", () => process.exit(0));

if (running === undefined) start();
else watch(JSON.parse(running) as ProcessIdentity);
