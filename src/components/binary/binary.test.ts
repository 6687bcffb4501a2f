import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stateOfLine } from "../../../test/fixtures/held-line.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { answersOf } from "../../../test/fixtures/web-subject.ts";
import type { Doors } from "../../model/doors.ts";
import type { Outcome } from "../../model/outcome.ts";
import { openDoors } from "../../system/doors.ts";
import { binary } from "./binary.ts";
import { versionEnough } from "./checks.ts";
import { type BinaryOptions, binaryOptions } from "./options.ts";

let doors: Doors & AsyncDisposable;
beforeAll(() => {
  doors = openDoors();
});
afterAll(() => doors[Symbol.asyncDispose]());

function ask(options: Readonly<Record<string, unknown>>): Promise<Record<string, Outcome>> {
  const subject = subjectFor<BinaryOptions>({ options: binaryOptions.parse(options) });
  return answersOf(doors, subject, binary.definition.checks);
}

const FFMPEG = { program: "ffmpeg", versionArguments: ["-version"] };
const QUIET = "ffmpeg -v error -f lavfi -i color=s=16x16:d=0.1";

describe("the FFmpeg of this machine", () => {
  it("is there, new enough, has its encoders and works", async () => {
    const options = {
      ...FFMPEG,
      least: "4.0",
      encoders: ["mpeg4", "aac"],
      proof: `${QUIET} -c:v mpeg4 -f null -`,
    };
    expect(await ask(options)).toMatchObject({
      "binary.program.found": { status: "pass", summary: expect.stringMatching(/^ffmpeg is \/.*ffmpeg$/) },
      "binary.version.enough": { status: "pass", summary: expect.stringMatching(/^ffmpeg \d+\.\d+/) },
      "binary.codec.present": { status: "pass" },
      "binary.proof.works": { status: "pass" },
    });
  });

  it("is held to the version that a line asks of it, and to no other program's", async () => {
    const outcome = (await ask({ ...FFMPEG, least: "4.0" }))["binary.version.enough"];
    const state = (line: string) => stateOfLine(line, versionEnough, outcome);
    expect(state("FFmpeg 4+ installed")).toBe("go");
    expect(state("ffmpeg >= 99.1")).toBe("failing");
    expect(state("Node.js 99+ installed")).toBe("go");
    expect(state("ffmpeg <!-- gonogo: binary.version.enough (version=ffmpeg@99) -->")).toBe("failing");
  });

  it("fails where it is too old, lacks an encoder, or cannot do its work", async () => {
    const options = {
      ...FFMPEG,
      least: "99.1",
      encoders: ["aac", "no-such-codec"],
      proof: `${QUIET} -c:v no-such-codec -f null -`,
    };
    expect(await ask(options)).toMatchObject({
      "binary.version.enough": { status: "fail", expected: "99.1 or newer" },
      "binary.codec.present": { status: "fail", findings: ["no-such-codec"] },
      "binary.proof.works": { status: "fail", found: expect.stringContaining("no-such-codec") },
    });
  });

  it("is asked only for what is declared", async () => {
    expect(await ask({ program: "ffmpeg" })).toMatchObject({
      "binary.program.found": { status: "pass" },
      "binary.version.enough": { status: "not applicable" },
      "binary.codec.present": { status: "not applicable" },
      "binary.proof.works": { status: "not applicable" },
    });
  });
});

describe("a program", () => {
  it("that is not there fails, and the rest is unknown", async () => {
    const options = {
      program: "no-such-program",
      package: "nowhere",
      least: "1.0",
      encoders: ["aac"],
      proof: "true",
    };
    expect(await ask(options)).toMatchObject({
      "binary.program.found": { status: "fail", fix: expect.stringContaining("apt-get install nowhere") },
      "binary.version.enough": { status: "unknown" },
      "binary.codec.present": { status: "unknown" },
      "binary.proof.works": { status: "unknown" },
    });
  });

  it("that cannot be asked is unknown, one without a version fails", async () => {
    expect(await ask({ program: "false", least: "1.0", encoders: ["aac"] })).toMatchObject({
      "binary.version.enough": { status: "unknown", reason: "`false --version` ended with 1" },
      "binary.codec.present": { status: "unknown" },
    });
    expect(await ask({ program: "echo", least: "1.0", versionArguments: ["hello"] })).toMatchObject({
      "binary.version.enough": { status: "fail", summary: "the program tells no version" },
    });
  });

  it.each([
    ["5.1.7", "5.1", "pass"],
    ["5.10", "5.9", "pass"],
    ["5.1", "5.1.1", "fail"],
    ["4.9", "5", "fail"],
  ])("of version %s is asked for %s: %s", (version, least, status) => {
    const subject = subjectFor<BinaryOptions>({ options: binaryOptions.parse({ program: "ffmpeg", least }) });
    expect(versionEnough.run({ seen: { version } }, subject)).toMatchObject({ status });
  });
});
