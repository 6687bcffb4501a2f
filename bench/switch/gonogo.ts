import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import { installPackage } from "../../test/fixtures/installed-package.ts";
import { createProject, ownPorts, type Project } from "../../test/fixtures/project.ts";
import { type Contender, GRACE_S } from "./contender.ts";

/** What a deploy or rollback says of itself with --format json, as far as a bench reads it. */
export interface DeployFigures {
  readonly deploy: { readonly state: string; readonly reason: string | null };
  readonly switchedInMs: number | null;
  readonly downtime: { readonly requests: number; readonly failed: number; readonly worstMs: number } | null;
}

export interface Typed {
  readonly code: number;
  readonly tookMs: number;
  readonly stdout: string;
}

export interface Moved extends DeployFigures {
  readonly tookMs: number;
}

/** The tiny application under Gonogo's own agent, deployed and rolled back by its commands as a user installs them. */
export interface GonogoContender extends Contender {
  readonly project: Project;
  readonly deploys: Moved[];
  readonly rollbacks: Moved[];
  /** Types a command; `onLine` gets what it tells on the way. */
  type(args: readonly string[], onLine?: (line: string) => void): Promise<Typed>;
  configure(from: string, to: string): void;
}

export async function startGonogo(): Promise<GonogoContender> {
  const installed = await installPackage();
  const project = createProject();
  try {
    await ownPorts(project);
    const deploys: Moved[] = [];
    const rollbacks: Moved[] = [];
    const type: GonogoContender["type"] = (args, onLine) =>
      typed({ bin: installed.bin, project }, args, onLine);
    const configure = (from: string, to: string): void => {
      const config = readFileSync(path.join(project.directory, "gonogo.config.ts"), "utf8");
      if (!config.includes(from)) throw new Error(`the configuration has no ${from}`);
      project.write("gonogo.config.ts", config.replace(from, to));
    };
    configure(
      'start: "node server.mjs"',
      `start: "node server.mjs", startTimeout: "4s", stopGrace: "${GRACE_S}s"`,
    );
    configure('warm: "10m"', 'warm: "6s"');
    project.commit("Settings of the bench");
    const first = await type(["deploy"]);
    if (first.code !== 0) throw new Error(`the first deploy failed: ${first.stdout}`);
    const config = readFileSync(path.join(project.directory, "gonogo.config.ts"), "utf8");
    return {
      name: "gonogo",
      setting: `TLS, 2 instances and a worker, drain ${GRACE_S} s, replaced release warm 6 s, bake 0.5 s`,
      door: {
        host: "tiny.localhost",
        port: Number(/port: (\d+)/.exec(config)?.[1]),
        ca: readFileSync(caFile(project), "utf8"),
      },
      project,
      deploys,
      rollbacks,
      type,
      configure,
      async move(turn) {
        const isDeploy = turn % 2 === 0;
        const { code, stdout, tookMs } = await type([isDeploy ? "deploy" : "rollback", "--format", "json"]);
        if (code !== 0) throw new Error(`turn ${turn} ended with ${code}: ${stdout}`);
        (isDeploy ? deploys : rollbacks).push({ ...(JSON.parse(stdout) as DeployFigures), tookMs });
      },
      async [Symbol.asyncDispose]() {
        await project[Symbol.asyncDispose]();
        installed[Symbol.dispose]();
      },
    };
  } catch (thrown) {
    await project[Symbol.asyncDispose]();
    installed[Symbol.dispose]();
    throw thrown;
  }
}

function caFile(project: Project): string {
  return path.join(project.directory, ".gonogo/staging/agent/tls/ca.pem");
}

async function typed(
  { bin, project }: { bin: string; project: Project },
  args: readonly string[],
  onLine: (line: string) => void = () => undefined,
): Promise<Typed> {
  const from = performance.now();
  const child = spawn(process.execPath, [bin, ...args, "--project", project.directory], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "exit");
  child.stderr.setEncoding("utf8").on("data", (told: string) => told.split("\n").forEach(onLine));
  const stdout = await text(child.stdout);
  const [code] = (await exited) as [number | null];
  const tookMs = performance.now() - from;
  return { code: code ?? -1, tookMs, stdout };
}
