// Plain JavaScript on purpose: it runs on whatever Node the machine has, installs the pinned one, and hands over.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const node = path.join(root, "node_modules/.bin/node");
const installed = path.join(root, "node_modules/.package-lock.json");

const isCurrent =
  existsSync(node) &&
  existsSync(installed) &&
  statSync(installed).mtimeMs >= statSync(path.join(root, "package-lock.json")).mtimeMs;
if (!isCurrent) {
  console.log("Installing what package-lock.json names (npm ci) ...");
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) process.exit(3);
}
const isStop = process.argv[2] === "stop";
const script = path.join(root, "scripts", `${isStop ? "demo-stop" : "demo-start"}.ts`);
const { status } = spawnSync(node, [script, ...process.argv.slice(isStop ? 3 : 2)], {
  cwd: root,
  stdio: "inherit",
});
process.exit(status ?? 3);
