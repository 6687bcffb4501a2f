import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import {
  cycleMistakes,
  doorMistakes,
  floorMistakes,
  nameMistakes,
  type SourceFile,
} from "./architecture-rules.ts";

const root = path.resolve(import.meta.dirname, "..");

function filesUnder(folder: string): SourceFile[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => ({
      path: path.relative(root, file).split(path.sep).join("/"),
      text: readFileSync(file, "utf8"),
    }));
}

const source = filesUnder("src");

describe("the sources", () => {
  it("are found", () => {
    expect(source.length).toBeGreaterThan(50);
  });

  it("import only from lower floors or from their own folder", () => {
    expect(floorMistakes(source)).toEqual([]);
  });

  it("import each other in no circle", () => {
    expect(cycleMistakes(source)).toEqual([]);
  });

  it("have names that say what is inside", () => {
    expect(nameMistakes([...source, ...filesUnder("test")])).toEqual([]);
  });

  it("reach outside only through the doors", () => {
    expect(doorMistakes(source)).toEqual([]);
  });
});

/** A file made up for a rule to look at. */
function file(name: string, text: string): SourceFile {
  return { path: name, text };
}

describe("the rule of floors", () => {
  it.each([
    ["src/model/a.ts", 'import { b } from "../facts/b.ts";'],
    ["src/model/a.ts", 'import type { B } from "../deploy/b.ts";'],
    ["src/facts/a.ts", 'import { b } from "../store/b.ts";'],
    ["src/deploy/a.ts", 'export { b } from "../cli/b.ts";'],
    ["src/deploy/a.ts", 'const b = await import("../cli/b.ts");'],
    ["src/assess/a.ts", 'import {\n  b,\n  c,\n} from "../../src/deploy/b.ts";'],
    ["src/components/redis/a.ts", 'import { b } from "../postgres/b.ts";'],
    ["src/targets/ssh/a.ts", 'import { b } from "../local/b.ts";'],
    ["src/components/redis/a.ts", 'import { b } from "../../targets/local/b.ts";'],
    ["src/model/a.ts", 'import { b } from "../../test/fixtures/b.ts";'],
    ["src/operations/a.ts", ""],
  ])("refuses in %s: %s", (name, text) => {
    expect(floorMistakes([file(name, text)])).toHaveLength(1);
  });

  it.each([
    ["src/deploy/a.ts", 'import { b } from "../assess/b.ts";'],
    ["src/model/a.ts", 'import { b } from "./b.ts";'],
    ["src/components/redis/a.ts", 'import { b } from "./b.ts";\nimport { z } from "zod";'],
    ["src/components/redis/facts/a.ts", 'import { b } from "../b.ts";'],
    ["src/model/a.test.ts", 'import { b } from "../deploy/b.ts";'],
    ["src/model/a.ts", '// import { b } from "../deploy/b.ts";'],
  ])("accepts in %s: %s", (name, text) => {
    expect(floorMistakes([file(name, text)])).toEqual([]);
  });
});

describe("the rule of circles", () => {
  it("finds one, over types and over late imports too", () => {
    const files = [
      file("src/model/a.ts", 'import type { B } from "./b.ts";'),
      file("src/model/b.ts", 'import { c } from "./c.ts";'),
      file("src/model/c.ts", 'const a = import("./a.ts");'),
      file("src/model/d.ts", 'import { a } from "./a.ts";'),
    ];
    expect(cycleMistakes(files)).toEqual([
      "circle of imports: src/model/a.ts, src/model/b.ts, src/model/c.ts",
    ]);
  });

  it("finds two that are apart, and a file that imports itself", () => {
    const files = [
      file("src/model/a.ts", 'import "./b.ts";'),
      file("src/model/b.ts", 'import "./a.ts";\nimport "./c.ts";'),
      file("src/model/c.ts", 'import "./d.ts";'),
      file("src/model/d.ts", 'import "./c.ts";'),
      file("src/model/e.ts", 'import "./e.ts";'),
    ];
    expect(cycleMistakes(files)).toHaveLength(3);
  });

  it("accepts two ways to the same file", () => {
    const files = [
      file("src/model/a.ts", 'import "./b.ts";\nimport "./c.ts";'),
      file("src/model/b.ts", 'import "./d.ts";'),
      file("src/model/c.ts", 'import "./d.ts";'),
      file("src/model/d.ts", ""),
    ];
    expect(cycleMistakes(files)).toEqual([]);
  });
});

describe("the rule of names", () => {
  it.each([
    "src/utils/text.ts",
    "src/model/helpers.ts",
    "src/model/types.ts",
    "src/core/launch.ts",
    "src/model/shared.test.ts",
    "src/components/postgres/index.ts",
    "src/model/shellResult.ts",
    "src/model/Secret.ts",
  ])("refuses %s", (name) => {
    expect(nameMistakes([{ path: name }])).toHaveLength(1);
  });

  it.each(["src/index.ts", "src/model/sign-off.ts", "src/facts/http/2.test.ts", "src/model/library.ts"])(
    "accepts %s",
    (name) => {
      expect(nameMistakes([{ path: name }])).toEqual([]);
    },
  );
});

describe("the rule of doors", () => {
  it.each([
    ["src/facts/a.ts", 'await fetch("http://example.test");'],
    ["src/facts/a.ts", "const answers = await Promise.all(urls.map(fetch));"],
    ["src/facts/a.ts", "globalThis.fetch(url);"],
    ["src/deploy/a.ts", "const home: string | undefined = process.env.HOME;"],
    ["src/deploy/a.ts", "const { env } = process;"],
    ["src/deploy/a.ts", 'import { env } from "node:process";'],
    ["src/deploy/a.ts", "const send = fetch;"],
    ["src/deploy/a.ts", "const send = (via = fetch) => via(url);"],
    ["src/deploy/a.ts", "const at = Date.now();"],
    ["src/deploy/a.ts", "const at = new Date();"],
    ["src/deploy/a.ts", 'import { spawn } from "node:child_process";'],
    ["src/deploy/a.ts", 'import { readFile } from "fs/promises";'],
    ["src/deploy/a.ts", 'const { connect } = await import("node:net");'],
    ["src/facts/a.ts", 'import { DatabaseSync } from "node:sqlite";'],
    ["src/store/a.ts", 'import { readFileSync } from "node:fs";'],
    ["src/components/redis/a.ts", 'import { Redis } from "ioredis";'],
  ])("refuses in %s: %s", (name, text) => {
    expect(doorMistakes([file(name, text)])).toHaveLength(1);
  });

  it.each([
    ["src/system/a.ts", 'import { readFile } from "node:fs/promises";\nDate.now();'],
    ["src/store/a.ts", 'import { DatabaseSync } from "node:sqlite";'],
    ["src/wiring.ts", "process.env.HOME;"],
    ["src/facts/a.ts", "const at = new Date(clock.now()).toISOString();"],
    ["src/facts/a.ts", 'const fix = "await fetch(url) with process.env.KEY"; // Date.now()'],
    ["src/facts/a.ts", "const fetch = git.fetch; cache.fetch();"],
    ["src/facts/a.test.ts", 'import { readFile } from "node:fs/promises";'],
  ])("accepts in %s: %s", (name, text) => {
    expect(doorMistakes([file(name, text)])).toEqual([]);
  });
});
