import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { readAnswer } from "./host-calls.ts";

const PROGRAM = path.resolve("src/agent/host-program.ts");

function refusalOf(verb: "receive" | "look", { base, input }: { base: string; input: string }): unknown {
  const { stdout, stderr } = spawnSync(process.execPath, [PROGRAM, verb, base, "r1"], {
    input,
    encoding: "utf8",
  });
  try {
    return readAnswer(stdout, { verb, stderr });
  } catch (thrown) {
    return thrown;
  }
}

it("is told whether what the host refuses may be tried again", () => {
  const base = mkdtempSync(path.join(tmpdir(), "gonogo-host-"));
  try {
    mkdirSync(path.join(base, "releases/r1/arriving"), { recursive: true });
    writeFileSync(path.join(base, "releases/r1/files.json"), "[]");
    expect(refusalOf("receive", { base, input: "no archive" })).toMatchObject({
      name: "OutsideError",
      message: expect.stringContaining("could not be unpacked"),
      retryable: true,
    });
    rmSync(path.join(base, "releases"), { recursive: true });
    expect(refusalOf("receive", { base, input: "" })).toMatchObject({
      name: "OutsideError",
      message: expect.stringContaining("files.json"),
      retryable: false,
    });
  } finally {
    rmSync(base, { recursive: true });
  }
});
