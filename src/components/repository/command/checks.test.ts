import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createGitFolder, type GitFolder } from "../../../../test/fixtures/git-folder.ts";
import { answerAbout } from "../repository.fixture.ts";
import { lintGreen, testGreen } from "./checks.ts";

/** A line that leaves a mark outside the tree each time it really runs. */
const COUNTING = 'echo run >> "$(git rev-parse --absolute-git-dir)/runs"; test ! -e red';

function runs(folder: GitFolder): number {
  const file = path.join(folder.directory, ".git/runs");
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").length : 0;
}

describe("repo.test.green", () => {
  const answer = (folder: GitFolder, options: object = { test: COUNTING }) =>
    answerAbout(testGreen, folder.directory, { options });

  it("runs once on a tree, then says when it was seen", async () => {
    using project = createGitFolder({ "a.txt": "1", ".gitignore": ".gonogo\n" });
    expect(await answer(project)).toMatchObject({ status: "pass", measured: { remembered: false } });
    expect(await answer(project)).toMatchObject({
      status: "pass",
      summary: expect.stringMatching(/^seen green at \d\d:\d\d UTC on this tree$/),
      measured: { remembered: true },
    });
    expect(runs(project)).toBe(1);
    project.write({ "a.txt": "2" });
    await answer(project);
    expect(runs(project)).toBe(2);
    // The same tree, now as a commit: nothing new to try.
    project.commit();
    await answer(project);
    expect(runs(project)).toBe(2);
    await answer(project, { test: `${COUNTING}; true` });
    expect(runs(project)).toBe(3);
  });

  it("leaves index and objects of the repository alone", async () => {
    using project = createGitFolder({ "a.txt": "1" });
    project.write({ "a.txt": "2", "new.txt": "3" });
    const before = [project.git("status", "--porcelain"), project.git("count-objects")];
    await answer(project);
    expect(project.git("status", "--porcelain").replace("?? .gonogo/\n", "")).toBe(before[0]);
    expect(project.git("count-objects")).toBe(before[1]);
  });

  it("never remembers red, nor green on files that changed meanwhile", async () => {
    using project = createGitFolder({ "a.txt": "1", ".gitignore": ".gonogo\n" });
    project.write({ red: "" });
    expect((await answer(project)).status).toBe("fail");
    expect((await answer(project)).status).toBe("fail");
    expect(runs(project)).toBe(2);
    const moving = { test: "date +%N >> a.txt" };
    await answer(project, moving);
    project.git("checkout", "-q", "a.txt");
    expect(await answer(project, moving)).toMatchObject({ measured: { remembered: false } });
  });

  it("survives a memory that is garbage", async () => {
    using project = createGitFolder({ "a.txt": "1", ".gitignore": ".gonogo\n" });
    await answer(project);
    writeFileSync(path.join(project.directory, ".gonogo/test-green.json"), '{"version":1,"seen":[{"tree":');
    expect(await answer(project)).toMatchObject({ status: "pass", measured: { remembered: false } });
    expect(await answer(project)).toMatchObject({ measured: { remembered: true } });
  });

  it("shows the end of the output with the environment's values masked", async () => {
    using project = createGitFolder({ "a.txt": "1" });
    const test = 'seq 1 100; printf "\\033[31mlogin with canary-secret failed\\033[0m\\n" >&2; exit 3';
    const outcome = await answerAbout(testGreen, project.directory, {
      options: { test },
      secrets: { API_TOKEN: "canary-secret" },
    });
    expect(outcome).toMatchObject({
      status: "fail",
      summary: expect.stringMatching(/ended with 3$/),
      found: expect.stringMatching(/^87\n[\s\S]*\nlogin with \[API_TOKEN\] failed$/),
    });
  });

  it("ends a line that hangs, with its children", async () => {
    using project = createGitFolder({ "a.txt": "1" });
    const options = { test: "echo watching; sleep 600 & wait", timeout: "300ms" };
    expect(await answer(project, options)).toMatchObject({
      status: "fail",
      summary: expect.stringContaining("not done within 300ms"),
      found: "watching",
    });
  });

  it("looks at its folder of a larger repository, and runs each time outside git", async () => {
    using monorepo = createGitFolder({ "app/a.txt": "1", "b.txt": "1", ".gitignore": ".gonogo\n" });
    const app = { ...monorepo, directory: `${monorepo.directory}/app` };
    await answer(app);
    monorepo.write({ "b.txt": "2" });
    expect(await answer(app)).toMatchObject({ measured: { remembered: true } });
    monorepo.write({ "app/a.txt": "2" });
    expect(await answer(app)).toMatchObject({ measured: { remembered: false } });
    using plain = createGitFolder({ "a.txt": "" }, { git: false });
    await answer(plain, { test: "true" });
    expect(await answer(plain, { test: "true" })).toMatchObject({ measured: { remembered: false } });
  });

  it("does not apply without a line, and says which one to declare", async () => {
    using project = createGitFolder({ "package.json": '{"scripts":{"test":"vitest run"}}' });
    expect(await answer(project, {})).toEqual({
      status: "not applicable",
      undeclared: true,
      reason: 'no test line is declared; add repository({ test: "npm test" })',
    });
    project.write({ "package.json": '{"scripts":{"test":"echo \\"Error: no test specified\\" && exit 1"}}' });
    expect(await answer(project, {})).toMatchObject({ reason: expect.stringContaining("<shell line>") });
  });

  it("cannot tell in a folder that is not there", async () => {
    const outcome = await answerAbout(testGreen, "/nowhere/at/all", { options: { test: "true" } });
    expect(outcome).toMatchObject({ status: "unknown", cause: "repository.test-run" });
  });
});

describe("repo.lint.green", () => {
  it("runs its own line and keeps its own memory", async () => {
    using project = createGitFolder({ "a.txt": "1", ".gitignore": ".gonogo\n" });
    const options = { test: "true", lint: "test ! -e ugly" };
    await answerAbout(testGreen, project.directory, { options });
    const first = await answerAbout(lintGreen, project.directory, { options });
    expect(first).toMatchObject({ status: "pass", measured: { remembered: false, line: "test ! -e ugly" } });
    project.write({ ugly: "" });
    const second = await answerAbout(lintGreen, project.directory, { options });
    expect(second).toMatchObject({ status: "fail", found: "it printed nothing" });
    expect((await answerAbout(lintGreen, project.directory)).status).toBe("not applicable");
    expect((await answerAbout(lintGreen, "/nowhere/at/all", { options })).status).toBe("unknown");
  });
});
