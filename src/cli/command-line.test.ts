import { execFileSync } from "node:child_process";
import path from "node:path";
import { expect, it } from "vitest";

const PROGRAM = `
import { COMMANDS } from "./src/cli/commands.ts";
import { runCommandLine } from "./src/cli/command-line.ts";
COMMANDS.splice(0, COMMANDS.length, {
  name: "wait",
  summary: "only waits",
  load: async () => ({
    declare: () => undefined,
    run: async ({ doors }) => {
      await doors.clock.delay(50);
      console.log("answered");
      return 0;
    },
  }),
});
process.exitCode = await runCommandLine(["wait"]);
`;

it("lives until a command has answered, though all it does is wait", () => {
  const args = ["--input-type=module-typescript", "-e", PROGRAM];
  const cwd = path.join(import.meta.dirname, "../..");
  expect(execFileSync(process.execPath, args, { cwd, encoding: "utf8" })).toBe("answered\n");
});
