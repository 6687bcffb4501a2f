import { afterAll, describe, expect, it } from "vitest";
import { createGitFolder } from "../../../../test/fixtures/git-folder.ts";
import { subjectFor } from "../../../../test/fixtures/subject.ts";
import { ask } from "../../../assess/ask.ts";
import { createObserver } from "../../../facts/observer.ts";
import type { AnyCheck } from "../../../model/check.ts";
import type { Outcome } from "../../../model/outcome.ts";
import type { Subject } from "../../../model/subject.ts";
import { openDoors } from "../../../system/doors.ts";
import { variablesOptions } from "../options.ts";
import { declaredUnused, undeclaredUsed } from "./checks.ts";
import { readsInJavaScript } from "./javascript-reads.ts";
import { languageOf, scanText } from "./text-reads.ts";

const doors = openDoors();
afterAll(() => doors[Symbol.asyncDispose]());

const names = (path: string, text: string) => readsInJavaScript(path, text).map(({ name }) => name);

describe("reads in JavaScript and TypeScript", () => {
  it.each<[string, string, (string | undefined)[]]>([
    ["a member", "start(process.env.ALPHA)", ["ALPHA"]],
    ["brackets", "start(process.env['ALPHA'], process.env[`BETA`])", ["ALPHA", "BETA"]],
    ["optional chaining", "start(process?.env?.ALPHA, globalThis.process.env.BETA)", ["ALPHA", "BETA"]],
    ["a pattern", "const { ALPHA, BETA: b = '1', ...rest } = process.env", ["ALPHA", "BETA"]],
    ["another name", "const e = process.env; function f() { return e.ALPHA }", ["ALPHA"]],
    ["an import", "import { env as e } from 'node:process'; use(e.ALPHA)", ["ALPHA"]],
    ["a bundler", "use(import.meta.env.VITE_ALPHA, import.meta.env.MODE)", ["VITE_ALPHA"]],
    ["other runtimes", "use(Bun.env.ALPHA, Deno.env.get('BETA'))", ["ALPHA", "BETA"]],
    ["a computed name", "use(process.env[name], Deno.env.get(`A` + b))", [undefined, undefined]],
    [
      "a function of its own",
      "function read(env = process.env) { const text = (n) => env[n]; use(text('AL_PHA'), text('plain')) }",
      [undefined, "AL_PHA"],
    ],
    ["a schema", "z.object({ AL_PHA: z.string(), beta: 1 }).parse(process.env)", ["AL_PHA"]],
    ["no names it gives to others", "spawn('x', { env: { ...process.env, AL_PHA: '1' } })", []],
    ["types", "const port: number = Number(process.env.ALPHA!) as number;", ["ALPHA"]],
    [
      "what Node cannot strip",
      "enum E { A }\nuse(process.env.ALPHA, process.env['BETA']) // env.GAMMA",
      ["ALPHA", "BETA"],
    ],
    ["assignment", "process.env.ALPHA = '1'; delete process.env.BETA; process.env.GAMMA ??= '1'", ["GAMMA"]],
    ["comments and strings", "// process.env.ALPHA\nuse('process.env.BETA')", []],
  ])("sees %s", (_what, text, expected) => {
    expect(names("a.ts", text)).toEqual(expected);
  });

  it("tells the line, and survives what is no code at all", () => {
    expect(readsInJavaScript("a.mjs", "#!/usr/bin/env node\n\nuse(process.env.ALPHA)")).toEqual([
      { name: "ALPHA", line: 3 },
    ]);
    expect(names("a.ts", "<<<<<<< HEAD\nprocess.env.ALPHA")).toEqual(["ALPHA"]);
    expect(names("deep.js", `${"[".repeat(3_000)}process.env.ALPHA${"]".repeat(3_000)}`)).toEqual(["ALPHA"]);
  });
});

describe("reads in other languages", () => {
  it.each([
    [
      "a.tsx",
      'const a = <A b={process.env.ALPHA} />; // see http://x\nuse(import.meta.env["BETA"])',
      ["ALPHA", "BETA"],
    ],
    [
      "a.py",
      'import os\nos.environ["ALPHA"]; os.getenv("BETA")  # os.environ["NO"]\nenv.bool("GAMMA")',
      ["ALPHA", "BETA", "GAMMA"],
    ],
    ["a.rb", 'ENV["ALPHA"] || ENV.fetch("BETA", nil)', ["ALPHA", "BETA"]],
    ["a.go", 'os.Getenv("ALPHA"); os.LookupEnv("BETA")', ["ALPHA", "BETA"]],
    ["a.php", "<?php getenv('ALPHA'); env('BETA', 1); $_ENV['GAMMA'];", ["ALPHA", "BETA", "GAMMA"]],
    ["a.rs", 'std::env::var("ALPHA")?', ["ALPHA"]],
  ])("sees them in %s", (path, text, expected) => {
    expect(scanText(text, languageOf(path)).map(({ name }) => name)).toEqual(expected);
  });
});

async function answer(
  check: AnyCheck,
  directory: string,
  declared: readonly string[],
  options: object = {},
): Promise<Outcome> {
  const subject = subjectFor({
    options: variablesOptions.parse(options),
    directory,
    declared: declared.map((name) => ({
      name,
      declaredBy: name.startsWith("DB_") ? "db (postgres)" : "launch",
      is: { type: "string" },
      required: !name.endsWith("_MAYBE"),
      secret: false,
      description: "",
    })),
  });
  return (await ask(createObserver(doors), subject as Subject, check)).outcome;
}

const FILES = {
  "src/server.ts": "listen(process.env.PORT, process.env.ALPHA);\n\nuse(process.env.BETA);\n",
  "src/again.js": "use(process.env.BETA)",
  "src/server.test.ts": "process.env.ONLY_IN_TESTS",
  "legacy/cron.py": "os.environ['GAMMA']",
  "node_modules/x/index.js": "process.env.INSTALLED",
  "ignored/out.js": "process.env.BUILT",
  ".gitignore": "node_modules\nignored\n",
};

describe("config.env.undeclared-used", () => {
  it("lists names with their places; tests, ignored and installed code do not count", async () => {
    using project = createGitFolder(FILES);
    const outcome = await answer(undeclaredUsed, project.directory, ["ALPHA"]);
    expect(outcome).toMatchObject({
      status: "fail",
      findings: ["BETA", "GAMMA"],
      found: "BETA at src/again.js:1, src/server.ts:3; GAMMA at legacy/cron.py:1",
      fix: expect.stringContaining('BETA: { type: "string" }'),
    });
    expect((await answer(undeclaredUsed, project.directory, ["ALPHA", "BETA", "GAMMA"])).status).toBe("pass");
    const options = { ignore: ["BETA"], exclude: ["./legacy/"] };
    expect((await answer(undeclaredUsed, project.directory, ["ALPHA"], options)).status).toBe("pass");
  });

  it("looks at a folder of a larger repository only, and at one outside git", async () => {
    using monorepo = createGitFolder({ "outer.js": "process.env.OUTER", "app/a.js": "process.env.ALPHA" });
    const inner = `${monorepo.directory}/app`;
    expect(await answer(undeclaredUsed, inner, [])).toMatchObject({ findings: ["ALPHA"] });
    using plain = createGitFolder(FILES, { git: false });
    expect(await answer(undeclaredUsed, plain.directory, ["ALPHA"])).toMatchObject({
      findings: ["BETA", "BUILT", "GAMMA"],
    });
  });

  it("does not apply to code that reads none, and cannot tell without a folder", async () => {
    using project = createGitFolder({ "index.html": "process.env" });
    expect((await answer(undeclaredUsed, project.directory, [])).status).toBe("not applicable");
    expect((await answer(undeclaredUsed, "/nowhere/at/all", [])).status).toBe("unknown");
  });
});

describe("config.env.declared-unused", () => {
  it("finds names that stand in no code, build or service file", async () => {
    using project = createGitFolder({
      ...FILES,
      "compose.yaml": "environment: [DELTA]",
      "gonogo.config.ts": 'variables: { OMEGA: {} }, start: "serve --bind :$EPSILON"',
      "README.md": "OMEGA",
      ".env.example": "OMEGA=",
    });
    const declared = ["ALPHA", "DELTA", "EPSILON", "OMEGA", "DB_MAYBE", "DB_MUST"];
    expect(await answer(declaredUnused, project.directory, declared)).toMatchObject({
      status: "fail",
      findings: ["OMEGA", "DB_MUST"],
    });
    expect((await answer(declaredUnused, project.directory, ["ALPHA", "DELTA"])).status).toBe("pass");
    expect((await answer(declaredUnused, project.directory, [])).status).toBe("not applicable");
    expect((await answer(declaredUnused, "/nowhere/at/all", ["ALPHA"])).status).toBe("unknown");
  });
});
