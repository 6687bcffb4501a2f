import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { isFree } from "../../src/agent/instances/free-port.ts";
import { type Contender, GRACE_S, openGround, SERVER } from "./contender.ts";

const execute = promisify(execFile);
const VERSION = "7.0.4";
const HOME = path.join(import.meta.dirname, "../../node_modules/.cache/bench-pm2");
const PROGRAM = path.join(HOME, "node_modules/.bin/pm2");

/** pm2 is nobody's dependency here: the bench fetches it once, for itself. */
async function installed(): Promise<string> {
  if (!existsSync(PROGRAM)) {
    await execute("npm", ["install", "--no-audit", "--no-fund", "--prefix", HOME, `pm2@${VERSION}`]);
  }
  return PROGRAM;
}

/** Two instances in pm2's cluster, replaced one after the other. It has no TLS: users come straight to the application. */
export async function startPm2(): Promise<Contender> {
  const program = await installed();
  const ground = await openGround();
  const env = { ...process.env, PM2_HOME: path.join(ground.directory, "pm2") };
  const pm2 = (...args: string[]) => execute(program, args, { env });
  ground.stack.defer(async () => void (await pm2("kill")));
  try {
    const [port = 0] = await ground.ports(1);
    const file = path.join(ground.directory, "ecosystem.config.cjs");
    const app = {
      name: "tiny",
      script: SERVER,
      exec_mode: "cluster",
      instances: 2,
      kill_timeout: GRACE_S * 1_000,
      listen_timeout: 10_000,
    };
    const write = (turn: number) =>
      writeFile(
        file,
        `module.exports = ${JSON.stringify({ apps: [{ ...app, env: { PORT: String(port), GONOGO_RELEASE: `r${turn}` } }] })};`,
      );
    await write(0);
    await pm2("start", file);
    while (await isFree(port)) await new Promise((resolve) => setTimeout(resolve, 50));
    return {
      name: "pm2 reload",
      setting: `pm2 ${VERSION}, cluster of 2, kill_timeout ${GRACE_S}s, plain HTTP without a proxy`,
      door: { host: "localhost", port, ca: undefined },
      async move(turn) {
        await write(turn + 1);
        await pm2("reload", file, "--update-env");
      },
      [Symbol.asyncDispose]: () => ground[Symbol.asyncDispose](),
    };
  } catch (thrown) {
    await ground[Symbol.asyncDispose]();
    throw thrown;
  }
}
