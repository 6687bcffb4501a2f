import { spawnSync } from "node:child_process";
import { ensureHostPackages, FOR_DEMO } from "./host-packages.ts";

const project = "examples/soulseer";
ensureHostPackages(FOR_DEMO);
run(["scripts/staging-variables.ts"], project);
run(["bin/gonogo.mjs", "launch", "--env", "staging", "--project", project]);
run(["bin/gonogo.mjs", "status", "--env", "staging", "--project", project]);
console.log("\nEnd it, leaving nothing behind: npm run demo:stop");

function run(args: readonly string[], cwd = "."): void {
  const { status } = spawnSync(process.execPath, args, { cwd, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 3);
}
