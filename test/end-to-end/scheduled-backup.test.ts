import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { builtCommand } from "../fixtures/built-command.ts";
import { createProject, gonogo, ownPorts, type Project } from "../fixtures/project.ts";

const CONFIG = `
import { defineLaunch, directory, local, web } from "gonogo";
export default defineLaunch({
  name: "tiny",
  components: { api: web({ start: "node server.mjs", instances: 1 }) },
  backups: { destinations: { here: directory({ path: ".gonogo/kept" }) }, every: "1s", files: ["uploads"] },
  deploy: { bake: "500ms" },
  environments: { staging: { target: local(), variables: ".env.staging" } },
});
`;

interface Listed {
  readonly backups: readonly { readonly id: string; readonly proof: { readonly verdict: string } | null }[];
}

function backupsOf(project: Project) {
  return (JSON.parse(gonogo(project, ["backups", "--format", "json"]).stdout) as Listed).backups;
}

test("whoever watches makes the backups that are due, and proves them", { timeout: 120_000 }, async () => {
  await using project = createProject();
  mkdirSync(path.join(project.directory, "uploads"));
  project.write("uploads/reading.txt", "the tower, reversed\n");
  project.write("gonogo.config.ts", CONFIG);
  await ownPorts(project);
  const deployed = gonogo(project, ["deploy"]);
  expect(deployed.stdout + deployed.stderr).toContain("r1 is live");
  const before = backupsOf(project).map(({ id }) => id);
  const serving = spawn(process.execPath, [builtCommand(), "serve", "--project", project.directory], {
    stdio: "ignore",
  });
  try {
    let made = backupsOf(project);
    while (!made.some(({ id, proof }) => !before.includes(id) && proof?.verdict === "proven")) {
      expect(serving.exitCode).toBeNull();
      made = backupsOf(project);
    }
  } finally {
    const exited = once(serving, "exit");
    serving.kill("SIGTERM");
    expect(await exited).toEqual([0, null]);
  }
});
