import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Step } from "../../src/model/deploy.ts";
import { agentOf } from "../fixtures/agent-of.ts";
import type { Project } from "../fixtures/project.ts";
import { startGonogo } from "../fixtures/running-command.ts";

export type Victim = "command" | "agent";

export interface Boundary {
  readonly step: Step;
  readonly state: "intent" | "done";
}

export interface Status {
  readonly live: string | null;
  readonly staged: string | null;
  readonly lease: unknown;
  readonly instances: readonly { release: string; pid: number | null; state: string }[];
  readonly warm: { release: string } | null;
}

const PROGRAM = path.join(import.meta.dirname, "deploy-and-die.ts");
/** On a machine that has much else to do. */
const PATIENCE_MS = 60_000;

export function boundariesOf(steps: readonly Step[]): Boundary[] {
  return steps.flatMap((step) => (["intent", "done"] as const).map((state) => ({ step, state })));
}

/** Deploys and kills at that boundary. `killed` is false where the deploy never came to it; `told` says what it came to. */
export async function deployAndKill(
  { directory }: Project,
  { step, state }: Boundary,
  victim: Victim,
): Promise<{ killed: boolean; told: string }> {
  const child = spawn(process.execPath, [PROGRAM, directory, step, state, victim], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let told = "";
  for (const output of [child.stdout, child.stderr]) {
    output.on("data", (chunk: Buffer) => {
      told += chunk;
    });
  }
  await once(child, "close");
  return { killed: told.includes("killing the"), told };
}

/** What is so once it is quiet. An agent may be away while it is restarted. How soon that is, the bench `kill` says. */
export async function settled(project: Project): Promise<Status> {
  const deadline = Date.now() + PATIENCE_MS;
  const agent = agentOf(project);
  for (;;) {
    // The agent is asked until it is quiet, then the command: to start that costs more than all these questions.
    const quiet = await agent.send("status", {}).then(isQuiet, () => false);
    const now = quiet ? await status(project) : undefined;
    if (now && isQuiet(now)) return now;
    if (Date.now() > deadline) throw new Error(`not settled after a minute: ${JSON.stringify(now)}`);
    await delay(50);
  }
}

function isQuiet({ lease, staged }: { readonly lease?: unknown; readonly staged?: unknown }): boolean {
  return lease == null && staged == null;
}

async function status(project: Project): Promise<Status | undefined> {
  const { stdout } = await startGonogo(project, ["status", "--format", "json"]).ended;
  return stdout === "" ? undefined : (JSON.parse(stdout) as Status);
}

/** Processes whose environment says that they belong to this project's releases. */
export function running(project: Project): number[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const environment = readFileSync(`/proc/${name}/environ`, "utf8");
      const here =
        environment.includes(`${project.directory}/.gonogo/`) ||
        environment.includes(`PROJECT=${project.directory}\0`);
      return here && environment.includes("GONOGO_RELEASE=") ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}
