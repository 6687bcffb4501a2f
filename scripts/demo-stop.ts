import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { demoProject } from "./demo-project.ts";
import { stopWatching } from "./demo-watch.ts";

const project = demoProject(process.argv[2]);
if (existsSync(`${project}/.gonogo/staging`)) await stopWatching(project);
const args = ["bin/gonogo.mjs", "stop", "--env", "staging", "--project", project, "--purge", "--yes"];
const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
if (status !== 0) process.exit(status ?? 3);
for (const left of [".gonogo", ".env.staging"])
  rmSync(`${project}/${left}`, { recursive: true, force: true });
