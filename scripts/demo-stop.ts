import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";

const project = "examples/soulseer";
const args = ["bin/gonogo.mjs", "stop", "--env", "staging", "--project", project, "--purge", "--yes"];
const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
if (status !== 0) process.exit(status ?? 3);
for (const left of [".gonogo", ".env.staging"])
  rmSync(`${project}/${left}`, { recursive: true, force: true });
