import { describe, expect, it } from "vitest";
import { createGitFolder } from "../../../../test/fixtures/git-folder.ts";
import { answerAbout } from "../repository.fixture.ts";
import { blockersIn } from "./blockers.ts";
import { todoBlockers } from "./checks.ts";

describe("repo.code.todo-blockers", () => {
  it.each([
    ["a.test.ts", "describe.only('x', () => {})"],
    ["a.test.ts", "  it.each.only([1])"],
    ["a.spec.js", "  test.concurrent.only(`x`, () => {})"],
    ["a.spec.js", "fdescribe('x')"],
    ["src/a.ts", "  debugger; // look"],
    ["app.py", "    breakpoint()"],
    ["app.py", "import pdb; pdb.set_trace()"],
    ["app.rb", "  binding.pry"],
    ["src/a.go", "// FIXME(launch): take the real price"],
    ["Dockerfile", "# TODO (go-live) pin this"],
  ])("finds %s: %s", (path, line) => {
    expect(blockersIn(path, `ok\n${line}\n`)).toMatchObject([{ line: 2 }]);
  });

  it.each([
    ["a.test.ts", "expect(names.only).toBe(1)"],
    ["src/a.ts", "const debuggerPort = 9229;"],
    ["src/a.ts", "// TODO: nicer names"],
    ["README.md", "FIXME(launch)"],
    ["src/fit.ts", "const x = fit(1)"],
  ])("leaves %s: %s", (path, line) => {
    expect(blockersIn(path, line)).toEqual([]);
  });

  it("answers with file and line, and passes without any", async () => {
    using project = createGitFolder({ "src/a.ts": "export {};\n", "src/b.ts": "\ndebugger\n" });
    expect(await answerAbout(todoBlockers, project.directory)).toMatchObject({
      status: "fail",
      found: "src/b.ts:2 a debugger statement",
      findings: ["src/b.ts: a debugger statement"],
    });
    project.write({ "src/b.ts": "" });
    expect((await answerAbout(todoBlockers, project.directory)).status).toBe("pass");
  });

  it("does not apply without code; cannot tell without a folder", async () => {
    using project = createGitFolder({ "README.md": "FIXME(launch)" });
    expect((await answerAbout(todoBlockers, project.directory)).status).toBe("not applicable");
    expect((await answerAbout(todoBlockers, "/nowhere/at/all")).status).toBe("unknown");
  });
});
