import { describe, expect, it } from "vitest";
import { createGitFolder } from "../../../../test/fixtures/git-folder.ts";
import { answerAbout } from "../repository.fixture.ts";
import { releaseNoted } from "./checks.ts";
import { entryOf, versionIn } from "./versions.ts";

describe("a version", () => {
  it.each([
    ["package.json", '{"version":"1.4.0"}', "1.4.0"],
    ["pyproject.toml", '[build]\nversion = "9"\n[project]\nname = "x"\nversion = "1.4.0"\n[x]\n', "1.4.0"],
    ["Cargo.toml", '[package]\nversion = "1.4.0"', "1.4.0"],
    ["VERSION", "v1.4.0\n", "1.4.0"],
    ["package.json", "{}", undefined],
    ["pyproject.toml", '[tool.x]\nversion = "1"\n', undefined],
  ])("of %s %j", (file, text, version) => {
    expect(versionIn(file, text)).toBe(version);
  });

  it.each([
    ["## [1.4.0] - 2026-11-21", 4],
    ["# v1.4.0 (Nov 21)", 4],
    ["## Version 1.4.0", 4],
    ["### app@1.4.0", 4],
    ["## 1.4.0-beta.1", undefined],
    ["## 11.4.0", undefined],
    ["## [Unreleased]", undefined],
    ["## Notes on 1.4.0", undefined],
  ])("stands in a changelog as %s", (heading, words) => {
    const text = `# Changelog\n\n${heading}\n\n#### Added\n\n- Rates of the ECB <!-- more words here -->\n\n# 1.3.0\n\nOld.\n`;
    expect(entryOf(text, "1.4.0")?.words).toBe(words);
  });
});

describe("repo.release.noted", () => {
  const NOTES = "# Changelog\n\n## 1.4.0\n\n- Prices are shown with their tax.\n";
  const answer = (directory: string, options: object = { changelog: "CHANGELOG.md" }) =>
    answerAbout(releaseNoted, directory, { options });

  it("tells a changelog that notes the version from one that does not, or no longer", async () => {
    using project = createGitFolder({ "package.json": '{"version":"1.4.0"}', "CHANGELOG.md": NOTES });
    expect(await answer(project.directory)).toMatchObject({
      status: "pass",
      summary: "CHANGELOG.md: 1.4.0, 6 words",
    });
    project.git("tag", "v1.4.0");
    expect((await answer(project.directory)).status).toBe("pass");
    project.write({ "a.ts": "export {};" });
    project.commit();
    expect(await answer(project.directory)).toMatchObject({
      status: "fail",
      found: "1 commit after the tag v1.4.0",
    });
    project.write({ "package.json": '{"version":"1.5.0"}' });
    expect(await answer(project.directory)).toMatchObject({
      status: "fail",
      found: 'its newest heading is "1.4.0"',
    });
    project.write({ "CHANGELOG.md": `## 1.5.0\n\nFixes.\n\n${NOTES}` });
    expect(await answer(project.directory)).toMatchObject({ status: "fail", found: "1 word" });
    expect(await answer(project.directory, { changelog: "NEWS.md" })).toMatchObject({
      summary: "NEWS.md does not exist",
    });
  });

  it("does not apply where none is declared; cannot tell without a version", async () => {
    using project = createGitFolder({ "CHANGELOG.md": NOTES });
    expect((await answer(project.directory, {})).status).toBe("not applicable");
    expect((await answer(project.directory)).status).toBe("unknown");
  });
});
