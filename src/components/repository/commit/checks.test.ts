import { describe, expect, it } from "vitest";
import { createGitFolder } from "../../../../test/fixtures/git-folder.ts";
import { answerAbout } from "../repository.fixture.ts";
import { cleanAndPushed } from "./checks.ts";

const answer = (directory: string, stage: "staging" | "production" = "production") =>
  answerAbout(cleanAndPushed, directory, { stage });

describe("repo.git.clean-and-pushed", () => {
  it("passes for a clean commit that a remote has", async () => {
    using server = createGitFolder({}, { git: false });
    using project = createGitFolder({ "a.txt": "1" });
    project.git("init", "-q", "--bare", server.directory);
    project.git("remote", "add", "origin", server.directory);
    expect(await answer(project.directory)).toMatchObject({
      status: "fail",
      summary: expect.stringMatching(/^[0-9a-f]{7} is not pushed$/),
      fix: "git push origin main",
    });
    project.git("push", "-q", "origin", "main");
    expect(await answer(project.directory)).toMatchObject({
      status: "pass",
      summary: expect.stringContaining("on origin/main"),
    });
    project.git("checkout", "-q", "--detach");
    project.commit();
    expect(await answer(project.directory)).toMatchObject({
      found: "a detached head is ahead of origin",
    });
  });

  it("finds changed, new and removed files: production fails, staging is warned", async () => {
    using project = createGitFolder({ "a.txt": "1", "b ü.txt": "1", ".gitignore": "ignored\n" });
    project.write({ "a.txt": "2", "new.txt": "", "ignored/x": "", ".gonogo/state": "" });
    project.git("rm", "-q", "b ü.txt");
    for (const stage of ["production", "staging"] as const) {
      expect(await answer(project.directory, stage)).toMatchObject({
        status: stage === "production" ? "fail" : "warn",
        findings: ["a.txt", "b ü.txt", "new.txt"],
      });
    }
  });

  it("asks staging for no remote, production for one", async () => {
    using project = createGitFolder({ "a.txt": "1" });
    expect((await answer(project.directory, "staging")).status).toBe("pass");
    expect(await answer(project.directory)).toMatchObject({ summary: "the repository has no remote" });
  });

  it("looks at its own folder of a larger repository only", async () => {
    using monorepo = createGitFolder({ "app/a.txt": "1", "other/b.txt": "1" });
    monorepo.write({ "other/b.txt": "2" });
    expect((await answer(`${monorepo.directory}/app`, "staging")).status).toBe("pass");
    monorepo.write({ "app/a.txt": "2" });
    expect((await answer(`${monorepo.directory}/app`, "staging")).status).toBe("warn");
  });

  it("tells a repository without a commit", async () => {
    using project = createGitFolder({ "a.txt": "" }, { git: false });
    project.git("init", "-q");
    expect(await answer(project.directory)).toMatchObject({ summary: "nothing is committed yet" });
  });

  it("does not apply outside git and cannot tell of a folder that is not there", async () => {
    using plain = createGitFolder({ "a.txt": "" }, { git: false });
    expect(await answer(plain.directory)).toMatchObject({
      status: "not applicable",
      reason: "the project is not in a git repository",
    });
    expect((await answer("/nowhere/at/all")).status).toBe("unknown");
  });
});
