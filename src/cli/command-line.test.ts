import { execFileSync, spawnSync } from "node:child_process";
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

it("ends in order when its terminal is closed", () => {
  const run = `run: async ({ signal }) => {
      process.kill(process.pid, "SIGHUP");
      await new Promise((stopped) => signal.addEventListener("abort", stopped));
      console.log("taken back: " + signal.reason.message);
      return 1;
    },`;
  const program = PROGRAM.replace(/run: async[\s\S]*?\n {4}\},/, () => run);
  const cwd = path.join(import.meta.dirname, "../..");
  const args = ["--input-type=module-typescript", "-e", program];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  expect([status, stdout]).toEqual([1, "taken back: stopped by SIGHUP\n"]);
});

const STOPPED = {
  "what was told to stop": "throw signal.reason;",
  "what a library made of it": "await setTimeout(60_000, undefined, { signal });",
  "what was being asked outside":
    "throw new (await import('./src/model/errors.ts')).OutsideError('given up', { cause: signal.reason });",
  "several at once": "throw new AggregateError([new Error('one of two'), signal.reason]);",
  "what failed as it ended": "throw new SuppressedError(new Error('closing'), signal.reason);",
};

const WAYS = Object.keys(STOPPED) as (keyof typeof STOPPED)[];

it.each([
  ...WAYS.map((what) => ["SIGINT", 130, what] as const),
  ["SIGTERM", 143, "what was told to stop"],
  ["SIGHUP", 129, "what was told to stop"],
] as const)("says in a line that %s stopped it, and no more: %i, from %s", (name, code, what) => {
  const run = `run: async ({ signal }) => {
      const { setTimeout } = await import("node:timers/promises");
      process.kill(process.pid, "${name}");
      await new Promise((stopped) => signal.addEventListener("abort", stopped));
      ${STOPPED[what]}
    },`;
  const program = PROGRAM.replace(/run: async[\s\S]*?\n {4}\},/, () => run);
  const cwd = path.join(import.meta.dirname, "../..");
  const args = ["--no-warnings", "--input-type=module-typescript", "-e", program];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  const told = `\n${name}: stopping; what is half done is taken back\nstopped by ${name}\n`;
  expect([status, stdout, stderr]).toEqual([code, "", told]);
});

/** What a command under `--format json` leaves on standard output that fails after it has written so much. */
function jsonOf(written: string, failure: string): string {
  const run = `run: async ({ output, signal }) => {
      output.write(${JSON.stringify(written)});
      ${failure}
    },`;
  const program = PROGRAM.replace(/run: async[\s\S]*?\n {4}\},/, () => run)
    .replace("declare: () => undefined", 'declare: (command) => command.option("--format <format>")')
    .replace('["wait"]', '["wait", "--format", "json"]');
  const cwd = path.join(import.meta.dirname, "../..");
  const args = ["--no-warnings", "--input-type=module-typescript", "-e", program];
  return spawnSync(process.execPath, args, { cwd, encoding: "utf8" }).stdout;
}

it("has a record for programs of what stopped or broke it, and none behind a record of the command's own", () => {
  const stop = `process.kill(process.pid, "SIGTERM");
      await new Promise((stopped) => signal.addEventListener("abort", stopped));
      throw signal.reason;`;
  const defect = "throw new TypeError('undefined is no function');";
  expect(JSON.parse(jsonOf("", stop))).toMatchObject({ message: "stopped by SIGTERM", exitCode: 143 });
  expect(JSON.parse(jsonOf("", defect))).toMatchObject({ message: "undefined is no function", exitCode: 3 });
  expect(jsonOf("{}\n", defect)).toBe("{}\n");
});

it("says which Node it needs where it meets an older one", () => {
  const older =
    'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.1.0"}})';
  const program = path.join(import.meta.dirname, "../../bin/gonogo.mjs");
  const { status, stderr } = spawnSync(process.execPath, ["--import", older, program, "--version"], {
    encoding: "utf8",
  });
  expect(status).toBe(2);
  expect(stderr).toContain(
    "runs on Node 24 or newer, and this is 20.1.0\n  Fix: npm install --save-dev node@24",
  );
});

const PROGRAM_FILE = path.join(import.meta.dirname, "../../bin/gonogo.mjs");
const shell = (line: string) => spawnSync("sh", ["-c", line], { encoding: "utf8" });

it("comes to its own end when whoever reads its output is gone", () => {
  const { stderr } = shell(`{ "${process.execPath}" "${PROGRAM_FILE}" --help; echo "ended $?" >&2; } | true`);
  expect(stderr).toBe("ended 0\n");
});

it("is not done when what it says cannot be written", () => {
  const { status, stderr } = shell(`"${process.execPath}" "${PROGRAM_FILE}" --help > /dev/full`);
  expect(status).toBe(3);
  expect(stderr).toMatch(/^error: cannot write to standard output: ENOSPC/);
});
