import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openShell } from "./shell.ts";

const shell = openShell();

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
}

test("a line and a program: output, exit code, input, environment, directory", async () => {
  const result = await shell.run({
    line: 'cat; echo "$WORD" >&2; pwd; exit 3',
    input: "given\n",
    env: { WORD: "spoken" },
    cwd: tmpdir(),
  });
  expect(result).toMatchObject({ code: 3, signal: null, stderr: "spoken\n", timedOut: false });
  expect(result.stdout).toBe(`given\n${tmpdir()}\n`);
  const args = ["-e", "console.log(process.argv[1])", "a b; $HOME"];
  expect((await shell.run({ file: process.execPath, args })).stdout).toBe("a b; $HOME\n");
});

test("output is told while it comes, and its end is kept", async () => {
  const told: string[] = [];
  const line = "i=0; while [ $i -lt 5000 ]; do echo line $i; i=$((i+1)); done";
  const result = await shell.run({ line, maxOutputBytes: 20, onOutput: (text) => told.push(text) });
  expect(result.stdout).toBe("line 4998\nline 4999\n");
  expect(told.join("")).toContain("line 0\nline 1\n");
});

test("a time-out ends the whole group, also what ignores SIGTERM", async () => {
  const line = `sh -c 'trap "" TERM; echo $$; while :; do sleep 0.05; done' & echo started; wait`;
  const result = await shell.run({ line, timeoutMs: 300 });
  expect(result.timedOut).toBe(true);
  const child = Number(/\d+/.exec(result.stdout)?.[0]);
  await untilGone(child);
});

test("abort ends it; an aborted signal starts nothing", async () => {
  const controller = new AbortController();
  const running = shell.run({
    line: "echo up; sleep 60",
    signal: controller.signal,
    onOutput: () => controller.abort(new Error("enough")),
  });
  expect(await running).toMatchObject({ code: null, signal: "SIGTERM", timedOut: false });
  const never = shell.run({ line: "echo never", signal: controller.signal });
  await expect(never).rejects.toThrow("enough");
});

test("a background child that holds the output open does not hold the answer back", async () => {
  const result = await shell.run({ line: "sleep 60 & echo $!" });
  expect(result.code).toBe(0);
  const background = Number(result.stdout);
  expect(isAlive(background)).toBe(true);
  process.kill(background);
});

test("a program that is missing or cannot run is named", async () => {
  await expect(shell.run({ file: "no-such-program" })).rejects.toThrow(
    "no-such-program could not be started",
  );
  await expect(shell.run({ line: "true", cwd: "/no/such/place" })).rejects.toThrow("/no/such/place");
  await expect(shell.run({ file: "/etc/passwd" })).rejects.toThrow("not executable");
});

test("input nobody reads is no failure", async () => {
  expect((await shell.run({ file: "true", input: "x".repeat(1_000_000) })).code).toBe(0);
});

test("closing the door ends what still runs", async () => {
  const own = openShell();
  let pid = 0;
  const { promise: started, resolve } = Promise.withResolvers<void>();
  const running = own.run({
    line: "echo $$; sleep 60",
    onOutput: (text) => {
      pid = Number(text);
      resolve();
    },
  });
  await started;
  await own[Symbol.asyncDispose]();
  expect((await running).signal).toBe("SIGKILL");
  await untilGone(pid);
});

test("programs are found on PATH, elsewhere, or not", async () => {
  expect(await shell.find("sh")).toMatch(/\/sh$/);
  expect(await shell.find("no-such-program", ["/usr/bin"])).toBeUndefined();
  expect(await shell.find("/bin/sh")).toBe("/bin/sh");
  const directory = await mkdtemp(join(tmpdir(), "gonogo-test-shell-"));
  await shell.run({ line: "printf '#!/bin/sh\\n' > tool; chmod +x tool", cwd: directory });
  expect(await shell.find("tool", [directory])).toBe(join(directory, "tool"));
  await rm(directory, { recursive: true });
});

test("what a started program wrote is there for whoever reads it only after its end", async () => {
  const running = shell.start({ file: "/bin/sh", args: ["-c", "echo kept; echo why >&2; exit 4"] });
  expect(await running.ended).toEqual({ code: 4, signal: null, stderr: "why\n" });
  await new Promise((resolve) => setTimeout(resolve, 50));
  const chunks: Buffer[] = [];
  for await (const chunk of running.stdout as AsyncIterable<Buffer>) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toBe("kept\n");
});

test("a started program is fed, and ended with its group when the caller gives up", async () => {
  const fed = shell.start({ file: "cat" });
  fed.stdin.end("given");
  expect((await fed.stdout.toArray()).join("")).toBe("given");
  const giveUp = new AbortController();
  const running = shell.start({
    file: "/bin/sh",
    args: ["-c", "sleep 60 & sleep 60"],
    signal: giveUp.signal,
  });
  giveUp.abort();
  expect((await running.ended).signal).toBe("SIGTERM");
  await expect(shell.start({ file: "/no/such/program" }).ended).rejects.toThrow(/could not be started/);
});
