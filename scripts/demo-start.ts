import { spawnSync } from "node:child_process";
import { demoProject } from "./demo-project.ts";
import { startWatching } from "./demo-watch.ts";
import { ensureHostPackages, FOR_DEMO, FOR_EXAMPLE } from "./host-packages.ts";

const project = demoProject(process.argv[2]);
ensureHostPackages([...FOR_DEMO, ...(FOR_EXAMPLE[project] ?? [])]);
run(["scripts/staging-variables.ts"], project);
run(["bin/gonogo.mjs", "launch", "--env", "staging", "--project", project]);
const watched = await startWatching(project);
run(["bin/gonogo.mjs", "status", "--env", "staging", "--project", project]);
console.log(
  `\nIt is watched: status page ${watched}/status, dashboard ${watched}/ (npm run gonogo -- key add me --project ${project} gives a key)`,
);
const name = process.argv[2] === undefined ? "" : ` -- ${process.argv[2]}`;
console.log(`End it, leaving nothing behind: npm run demo:stop${name}`);

function run(args: readonly string[], cwd = "."): void {
  const { status } = spawnSync(process.execPath, args, { cwd, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 3);
}
