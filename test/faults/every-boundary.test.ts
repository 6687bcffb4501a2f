import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { STEPS } from "../../src/model/deploy.ts";
import { createProject, gonogo, ownPorts, type Project } from "../fixtures/project.ts";

const PROGRAM = path.join(import.meta.dirname, "deploy-and-die.ts");
/** From the issue: within ten seconds and without a person. */
const SETTLED_WITHIN_MS = 10_000;

interface Status {
  readonly live: string | null;
  readonly staged: string | null;
  readonly lease: unknown;
  readonly instances: readonly { release: string; pid: number | null; state: string }[];
  readonly warm: { release: string } | null;
}

function status(project: Project): Status | undefined {
  const { stdout } = gonogo(project, ["status", "--format", "json"]);
  return stdout === "" ? undefined : (JSON.parse(stdout) as Status);
}

/** What is so once it is quiet, and at the latest when the time is up. An agent may be away while it is restarted. */
function settled(project: Project): Status {
  const deadline = Date.now() + SETTLED_WITHIN_MS;
  for (;;) {
    const now = status(project);
    if (now && now.lease === null && now.staged === null) return now;
    if (Date.now() > deadline) throw new Error(`not settled after 10 s: ${JSON.stringify(now)}`);
  }
}

/** Processes whose environment says that they belong to this project's releases. */
function running(project: Project): number[] {
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

const boundaries = STEPS.flatMap((step) => (["intent", "done"] as const).map((state) => ({ step, state })));

describe.concurrent.each(["command", "agent"] as const)("SIGKILL of the %s", (victim) => {
  it(`at every step boundary leaves one release live, none orphaned, the lock free, and the next deploy works`, async () => {
    await using project = createProject();
    await ownPorts(project);
    project.write(".env.staging", `GREETING=hello\nPROJECT=${project.directory}\n`);
    expect(gonogo(project, ["deploy"])).toMatchObject({ code: 0 });
    let before = settled(project).live;

    for (const { step, state } of boundaries) {
      const at = `${victim} at ${step} ${state}`;
      const child = spawn(process.execPath, [PROGRAM, project.directory, step, state, victim], {
        stdio: "ignore",
      });
      const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
      if (victim === "command" && signal !== "SIGKILL") continue;
      const now = settled(project);
      expect(now.live, `${at}: one release is live (exit ${code})`).not.toBeNull();
      expect(now.lease, `${at}: the lock is free`).toBeNull();
      const told = now.instances.flatMap((each) => each.pid ?? []);
      const allowed = new Set([now.live, now.warm?.release ?? now.live, ""]);
      const strangers = now.instances.filter(
        (each) => !allowed.has(each.release) && each.state !== "stopped",
      );
      expect(
        strangers.filter((each) => each.state !== "stopping"),
        `${at}: only live and warm run`,
      ).toEqual([]);
      expect(
        running(project).filter((pid) => !told.includes(pid)),
        `${at}: no orphans`,
      ).toEqual([]);
      const next = gonogo(project, ["deploy"]);
      expect(next.code, `${at}: the next deploy works: ${next.stdout}${next.stderr}`).toBe(0);
      const after = settled(project).live;
      expect(after, `${at}: and moves on`).not.toBe(before);
      before = after;
    }
  }, 900_000);
});
