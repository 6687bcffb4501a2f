import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { createGitFolder } from "../../test/fixtures/git-folder.ts";
import { subjectFor } from "../../test/fixtures/subject.ts";
import { openDoors } from "../system/doors.ts";
import { isInRepository, readGit } from "./git.ts";
import { createObserver } from "./observer.ts";
import { projectFiles, readTexts } from "./project-files.ts";

const doors = openDoors();
afterAll(() => doors[Symbol.asyncDispose]());
afterEach(() => vi.unstubAllEnvs());

async function filesOf(directory: string) {
  const observation = await createObserver(doors).observe(
    subjectFor({ options: {}, directory }),
    projectFiles,
  );
  return observation.seen
    ? { ...observation.value, reason: undefined }
    : { paths: undefined, tracked: undefined, reason: observation.reason };
}

const FILES = {
  "a b.txt": "1",
  "src/ü.ts": "2",
  "ignored.log": "3",
  "node_modules/x/index.js": "4",
  ".gitignore": "*.log\nnode_modules\n.gonogo\n",
};

describe("the files of a project", () => {
  it("are those git keeps or would keep", async () => {
    using project = createGitFolder(FILES);
    project.write({ "new.txt": "", ".gonogo/state.json": "" });
    const { paths, tracked } = await filesOf(project.directory);
    expect(paths).toEqual([".gitignore", "a b.txt", "new.txt", "src/ü.ts"]);
    expect([...(tracked ?? [])]).toEqual([".gitignore", "a b.txt", "src/ü.ts"]);
    expect((await filesOf(`${project.directory}/src`)).paths).toEqual(["ü.ts"]);
  });

  it("are all of them outside git, and in a release's copy that git ignores", async () => {
    using plain = createGitFolder(FILES, { git: false });
    expect(await filesOf(plain.directory)).toMatchObject({
      paths: [".gitignore", "a b.txt", "ignored.log", "src/ü.ts"],
      tracked: undefined,
    });
    using project = createGitFolder(FILES);
    project.write({ ".gonogo/releases/r1/a.txt": "" });
    expect((await filesOf(`${project.directory}/.gonogo/releases/r1`)).paths).toEqual(["a.txt"]);
  });

  it("cannot be told without the folder", async () => {
    expect((await filesOf("/nowhere/at/all")).reason).toContain("does not exist");
  });
});

describe("reading texts", () => {
  it("passes over binary files and folders, and names what is too large", async () => {
    using project = createGitFolder({ "a.txt": "a", "b.bin": "\0", "c.txt": "ccccc", "d/e.txt": "e" });
    const texts: string[] = [];
    const { read, unread } = await readTexts(doors, {
      directory: project.directory,
      paths: ["a.txt", "b.bin", "c.txt", "d", "gone.txt", "d/e.txt"],
      maxBytes: 4,
      each: ({ text }) => void texts.push(text),
    });
    expect([texts, read, unread.map(({ path }) => path)]).toEqual([["a", "e"], 2, ["c.txt"]]);
  });
});

describe("git", () => {
  it("answers for the folder it is asked about, even inside another repository's hook", async () => {
    using outer = createGitFolder({ "outer.txt": "" });
    using inner = createGitFolder({ "inner.txt": "" });
    vi.stubEnv("GIT_DIR", `${outer.directory}/.git`);
    vi.stubEnv("GIT_INDEX_FILE", `${outer.directory}/.git/index`);
    const listed = await readGit(doors, { directory: inner.directory, args: ["ls-files"] });
    expect(listed).toBe("inner.txt");
  });

  it("tells its own first line when it fails", async () => {
    using plain = createGitFolder({}, { git: false });
    expect(await isInRepository(doors, plain.directory)).toBe(false);
    await expect(readGit(doors, { directory: plain.directory, args: ["log"] })).rejects.toThrow(
      /^git log: fatal: not a git repository/,
    );
  });
});
