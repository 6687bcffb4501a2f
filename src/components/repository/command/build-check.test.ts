import { describe, expect, it } from "vitest";
import { createGitFolder } from "../../../../test/fixtures/git-folder.ts";
import { answerAbout } from "../repository.fixture.ts";
import { buildGreen } from "./build-check.ts";
import { typesGreen } from "./checks.ts";

describe("repo.build.green", () => {
  it("tells a build that fails, one that warns and one that does neither, on this tree", async () => {
    using project = createGitFolder({
      "build.sh": "echo 'built 3 files, 0 warnings'",
      ".gitignore": ".gonogo\nout\n",
    });
    const answer = (options: object = {}) =>
      answerAbout(buildGreen, project.directory, {
        options: { build: "mkdir -p out; sh build.sh", ...options },
      });
    expect(await answer()).toMatchObject({ status: "pass", measured: { warnings: 0, remembered: false } });
    expect(await answer()).toMatchObject({ status: "pass", measured: { warnings: 0, remembered: true } });
    project.write({ "build.sh": "echo '(!) Warning: a chunk is large'; echo 'warn - old browser' >&2" });
    const warned = { status: "warn", found: "(!) Warning: a chunk is large\nwarn - old browser" };
    expect(await answer()).toMatchObject({ ...warned, measured: { remembered: false } });
    expect(await answer()).toMatchObject({ ...warned, measured: { remembered: true } });
    expect(await answer({ buildWarnings: 2 })).toMatchObject({ status: "pass", measured: { warnings: 2 } });
    project.write({ "build.sh": "echo 'cannot find x'; exit 2" });
    expect(await answer()).toMatchObject({ status: "fail", found: "cannot find x" });
  });

  it("does not apply without a line; cannot tell without a folder", async () => {
    using project = createGitFolder({ "package.json": '{"scripts":{"build":"vite build"}}' });
    expect(await answerAbout(buildGreen, project.directory)).toEqual({
      status: "not applicable",
      undeclared: true,
      reason: 'no build line is declared; add repository({ build: "npm run build" })',
    });
    expect((await answerAbout(buildGreen, "/nowhere/at/all", { options: { build: "true" } })).status).toBe(
      "unknown",
    );
  });
});

describe("repo.types.green", () => {
  it("runs the real compiler on the code, and names the script to declare", async () => {
    const tsc = `node ${process.cwd()}/node_modules/typescript/bin/tsc --noEmit --strict a.ts`;
    using project = createGitFolder({
      "a.ts": "export const a: number = 1;\n",
      "package.json": '{"scripts":{"typecheck":"tsc"}}',
      ".gitignore": ".gonogo\n",
    });
    const answer = (options: object) => answerAbout(typesGreen, project.directory, { options });
    expect(await answer({ types: tsc })).toMatchObject({ status: "pass" });
    project.write({ "a.ts": 'export const a: number = "1";\n' });
    expect(await answer({ types: tsc })).toMatchObject({
      status: "fail",
      found: expect.stringContaining("TS2322"),
    });
    expect(await answer({})).toMatchObject({
      status: "not applicable",
      reason: 'no types line is declared; add repository({ types: "npm run typecheck" })',
    });
    expect((await answerAbout(typesGreen, "/nowhere/at/all", { options: { types: "true" } })).status).toBe(
      "unknown",
    );
  });
});
