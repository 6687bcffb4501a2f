import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { answerersOf } from "../../src/checklist/answerers.ts";
import { importChecklist } from "../../src/checklist/import-checklist.ts";
import { unpacked } from "../../src/checklist/prepared.ts";
import { type InstalledPackage, installPackage } from "../fixtures/installed-package.ts";
import { prepared } from "../fixtures/prepared.ts";
import { createProject, ownPorts, type Project } from "../fixtures/project.ts";
import { publishedKnownKinds } from "../fixtures/published-kinds.ts";

/* What a user installs is built from the sources: bundled, with the agent beside it as a program of its own. */

let installed: InstalledPackage;
let project: Project;

beforeAll(async () => {
  installed = await installPackage();
  project = createProject();
  await ownPorts(project);
});
afterAll(async () => {
  await project[Symbol.asyncDispose]();
  installed[Symbol.dispose]();
});

function type(...args: string[]): string {
  const all = [installed.bin, ...args, "--project", project.directory];
  const { status, stdout, stderr } = spawnSync(process.execPath, all, { encoding: "utf8" });
  expect(status, `${args.join(" ")}: ${stdout}${stderr}`).toBe(0);
  return stdout;
}

it("deploys twice, goes back, is watched by its own agent, and stops", () => {
  type("deploy");
  project.commit("Another release");
  expect(type("deploy")).toContain("r2 is live");
  expect(type("rollback")).toContain("r1 is live");
  expect(JSON.parse(type("status", "--format", "json"))).toMatchObject({ live: "r1" });
  expect(type("check", "--format", "markdown")).toContain("GO");
  expect(type("stop", "--yes")).toContain("stopped");
});

it("brings the licences of the packages that are part of its files", () => {
  const text = readFileSync(path.join(installed.bin, "../../dist/bundle/LICENSES.txt"), "utf8");
  for (const name of ["kysely", "zod", "commander"]) expect(text).toMatch(new RegExp(`^${name} \\d`, "m"));
});

it("binds a list as the sources do, with the words that were read when it was built, short or long", () => {
  const answerers = answerersOf(publishedKnownKinds().values());
  const { readings } = unpacked(readFileSync(path.join(installed.bin, "../../dist/checklist/prepared.bin")));
  for (const text of answerers.flatMap(({ asks }) => asks)) expect(readings().has(text), text).toBe(true);
  const lines = ["HTTPS enabled", "Datenbank gesichert", "No secrets in git history", "Team informed"];
  for (const times of [1, 1_500]) {
    const list = `# Launch\n\n${lines
      .map((line) => `- [ ] ${line}\n`)
      .join("")
      .repeat(times)}`;
    writeFileSync(path.join(project.directory, "LAUNCH.md"), list);
    type("import", "LAUNCH.md");
    const kinds = publishedKnownKinds();
    const { text } = importChecklist({ text: list, kinds, launch: undefined, repair: false, prepared });
    expect(readFileSync(path.join(project.directory, "LAUNCH.md"), "utf8") === text).toBe(true);
  }
});
