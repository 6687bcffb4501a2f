import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { STEPS } from "../../src/model/deploy.ts";
import { createDatabaseProject } from "../fixtures/database-project.ts";
import { createProject, ownPorts, type Project } from "../fixtures/project.ts";
import { startGonogo } from "../fixtures/running-command.ts";
import { boundariesOf, deployAndKill, running, type Status, settled, type Victim } from "./aftermath.ts";

/** Only where a database is migrated do these do anything. */
const OF_DATABASES = ["backup", "rehearse", "migrate"] as const;
/** On this machine there is nothing to bring away; `src/targets/ssh` has it cut. */
const OF_HOSTS = ["upload"] as const;

function expectOrder(project: Project, now: Status, at: string): void {
  expect(now.live, `${at}: one release is live`).not.toBeNull();
  const allowed = new Set([now.live, now.warm?.release ?? now.live, ""]);
  const strangers = now.instances.filter(
    ({ release, state }) => !allowed.has(release) && !["stopped", "stopping"].includes(state),
  );
  expect(strangers, `${at}: only live and warm run`).toEqual([]);
  const told = now.instances.flatMap((each) => each.pid ?? []);
  expect(
    running(project).filter((pid) => !told.includes(pid)),
    `${at}: no orphans`,
  ).toEqual([]);
}

describe.concurrent("SIGKILL at every step boundary leaves one release live, none orphaned, the lock free", () => {
  it.each<Victim>(["command", "agent"])(
    "of the %s; the next deploy works each time",
    async (victim) => {
      await using project = createProject();
      await ownPorts(project);
      project.write(".env.staging", `GREETING=hello\nPROJECT=${project.directory}\n`);
      expect(await startGonogo(project, ["deploy"]).ended).toMatchObject({ code: 0 });
      let before = (await settled(project)).live;
      const steps = STEPS.filter((step) => ![...OF_DATABASES, ...OF_HOSTS].some((each) => each === step));
      for (const boundary of boundariesOf(steps)) {
        const at = `${victim} at ${boundary.step} ${boundary.state}`;
        const { killed, told } = await deployAndKill(project, boundary, victim);
        expect(killed, `${at}: was reached: ${told}`).toBe(true);
        expectOrder(project, await settled(project), at);
        const next = await startGonogo(project, ["deploy"]).ended;
        expect(next.code, `${at}: the next deploy works: ${next.stdout}${next.stderr}`).toBe(0);
        const after = (await settled(project)).live;
        expect(after, `${at}: and moves on`).not.toBe(before);
        before = after;
      }
    },
    900_000,
  );

  it("of the command while a database is backed up, rehearsed and migrated; a deploy works in the end", async () => {
    await using project = await createDatabaseProject();
    const given = readFileSync(path.join(project.directory, ".env.staging"), "utf8");
    project.write(".env.staging", `${given}PROJECT=${project.directory}\n`);
    expect(await startGonogo(project, ["deploy"]).ended).toMatchObject({ code: 0 });
    for (const [index, boundary] of boundariesOf(OF_DATABASES).entries()) {
      const at = `command at ${boundary.step} ${boundary.state}`;
      // Each anew: a migration that went through before the kill is no longer pending.
      project.write(`migrations/1${index}.sql`, `alter table reader add column c${index} text;\n`);
      project.commit("One more column");
      const { killed, told } = await deployAndKill(project, boundary, "command");
      expect(killed, `${at}: was reached: ${told}`).toBe(true);
      const now = await settled(project);
      expect(now.live, at).toBe("r1");
      expectOrder(project, now, at);
    }
    const last = await startGonogo(project, ["deploy", "--format", "json"]).ended;
    expect(last.code, last.stdout + last.stderr).toBe(0);
    expect(JSON.parse(last.stdout).release.migrations).toHaveLength(7);
  }, 900_000);
});
