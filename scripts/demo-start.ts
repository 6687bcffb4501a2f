import { spawnSync } from "node:child_process";
import { startWatching } from "./demo-watch.ts";
import { ensureHostPackages, FOR_DEMO } from "./host-packages.ts";

const project = "examples/soulseer";
ensureHostPackages(FOR_DEMO);
run(["scripts/staging-variables.ts"], project);
run(["bin/gonogo.mjs", "launch", "--env", "staging", "--project", project]);
const watched = await startWatching(project);
run(["bin/gonogo.mjs", "status", "--env", "staging", "--project", project]);
console.log(
  `\nIt is watched: status page ${watched}/status, dashboard ${watched}/ (npm run gonogo -- key add me --project ${project} gives a key)`,
);
console.log("End it, leaving nothing behind: npm run demo:stop");

function run(args: readonly string[], cwd = "."): void {
  const { status } = spawnSync(process.execPath, args, { cwd, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 3);
}
