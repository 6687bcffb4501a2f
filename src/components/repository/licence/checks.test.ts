import { describe, expect, it } from "vitest";
import { createGitFolder } from "../../../../test/fixtures/git-folder.ts";
import { repositoryOptions } from "../options.ts";
import { answerAbout } from "../repository.fixture.ts";
import { isAllowed } from "./allowed.ts";
import { licencesAllowed } from "./checks.ts";

const MANIFEST = { name: "app", dependencies: { a: "1" }, devDependencies: { d: "1" } };
const lock = (more: object = {}, own: object = MANIFEST) =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: {
      "": own,
      "node_modules/a": { version: "1.0.0", license: "MIT", dependencies: { b: "2", c: "1" } },
      "node_modules/a/node_modules/b": { version: "2.0.0", license: "(MIT OR GPL-3.0-only)" },
      "node_modules/b": { version: "1.0.0", license: "GPL-3.0-only" },
      "node_modules/c": { version: "1.0.0" },
      "node_modules/d": { version: "1.0.0", license: "ISC", dev: true },
      ...more,
    },
  });

async function answer(files: Record<string, string>, licences?: object, folder = "") {
  using project = createGitFolder(files);
  return await answerAbout(licencesAllowed, `${project.directory}/${folder}`, { options: { licences } });
}
const files = (text: string, more: object = {}) => ({
  "package.json": JSON.stringify(MANIFEST),
  "package-lock.json": text,
  "node_modules/c/package.json": '{"licenses":[{"type":"MIT"}]}',
  ...more,
});

describe("an SPDX expression", () => {
  it.each([
    ["MIT", true],
    ["(MIT OR GPL-3.0-only)", true],
    ["MIT AND GPL-3.0-only", false],
    ["Apache-2.0 WITH LLVM-exception", false],
    ["SEE LICENSE IN LICENSE.md", false],
    ["UNLICENSED", false],
  ])("%s is allowed by MIT and Apache-2.0: %s", (expression, is) => {
    expect(isAllowed(expression, ["MIT", "Apache-2.0"])).toBe(is);
  });

  it("is not what the declaration takes for the id of a licence", () => {
    expect(repositoryOptions.safeParse({ licences: { allow: ["BSD-3-Clause"] } }).success).toBe(true);
    expect(repositoryOptions.safeParse({ licences: { allow: ["BSD"] } }).success).toBe(false);
  });
});

describe("repo.deps.licence", () => {
  it("looks at what the project installs, as Node would find it", async () => {
    expect(await answer(files(lock()), { allow: ["MIT", "ISC"] })).toMatchObject({
      status: "pass",
      summary: "4 packages: (MIT OR GPL-3.0-only), ISC, MIT",
    });
    expect(await answer(files(lock()), { allow: ["MIT"] })).toMatchObject({
      status: "fail",
      found: "d 1.0.0: ISC",
      fix: expect.stringMatching(/^only the development needs them: .*productionOnly: true/),
    });
    expect((await answer(files(lock()), { allow: ["MIT"], productionOnly: true })).status).toBe("pass");
    const without = lock({ "node_modules/a/node_modules/b": undefined });
    expect(await answer(files(without), { allow: ["MIT", "ISC"] })).toMatchObject({
      status: "fail",
      found: "b 1.0.0: GPL-3.0-only",
      fix: expect.not.stringContaining("productionOnly"),
      findings: ["b"],
    });
  });

  it("asks for the licence of a package that tells none", async () => {
    const silent = files(lock(), { "node_modules/c/package.json": "{}" });
    expect(await answer(silent, { allow: ["MIT", "ISC"] })).toMatchObject({
      status: "fail",
      summary: "1 package says nothing of a licence",
      findings: ["c"],
    });
    expect((await answer(silent, { allow: ["MIT", "ISC"], known: { c: "MIT" } })).status).toBe("pass");
  });

  it("passes through packages of the same workspace", async () => {
    const more = {
      "apps/x": MANIFEST,
      "apps/y": { dependencies: { a: "1" } },
      "node_modules/y": { link: true, resolved: "apps/y" },
    };
    const own = { ...MANIFEST, dependencies: { y: "1" } };
    const text = lock({ ...more, "apps/x": own });
    const workspace = { ...files(text), "apps/x/package.json": JSON.stringify(own) };
    expect(await answer(workspace, { allow: ["MIT", "ISC"] }, "apps/x")).toMatchObject({
      status: "pass",
      measured: { packages: 4 },
    });
  });

  it("does not apply where none are declared; cannot tell from another lock or a broken one", async () => {
    const allow = { allow: ["MIT"] };
    expect((await answer(files(lock()))).status).toBe("not applicable");
    const yarn = { "package.json": JSON.stringify(MANIFEST), "yarn.lock": "" };
    expect(await answer(yarn, allow)).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("yarn.lock"),
    });
    expect((await answer(files("{"), allow)).status).toBe("unknown");
    expect(
      (await answerAbout(licencesAllowed, "/nowhere/at/all", { options: { licences: allow } })).status,
    ).toBe("unknown");
  });
});
