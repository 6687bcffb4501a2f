import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { createGitFolder } from "../../../../test/fixtures/git-folder.ts";
import { answerAbout } from "../repository.fixture.ts";
import { installScripts, lockfileInSync } from "./checks.ts";

const json = (value: unknown) => JSON.stringify(value);
const MANIFEST = json({ name: "app", dependencies: { pg: "^8.0.0" }, devDependencies: { vitest: "^5.0.0" } });

function npmLock(own: object = JSON.parse(MANIFEST), more: object = {}): string {
  return json({
    lockfileVersion: 3,
    packages: {
      "": own,
      "node_modules/pg": { version: "8.1.0" },
      "node_modules/vitest": { version: "5.0.1", hasInstallScript: true, dev: true },
      ...more,
    },
  });
}

const answer = (directory: string, options: object = {}) =>
  answerAbout(lockfileInSync, directory, { options });

describe("repo.deps.lockfile-in-sync", () => {
  it("passes with a committed lock that npm itself wrote", async () => {
    using project = createGitFolder({
      "package.json": json({ name: "app", version: "1.0.0", dependencies: { inner: "file:inner" } }),
      "inner/package.json": json({ name: "inner", version: "1.0.0" }),
    });
    execFileSync("npm", ["install", "--package-lock-only", "--offline", "--no-audit", "--no-fund"], {
      cwd: project.directory,
      stdio: "ignore",
    });
    expect(await answer(project.directory)).toMatchObject({ summary: "package-lock.json is not in git" });
    project.commit();
    expect(await answer(project.directory)).toMatchObject({
      status: "pass",
      summary: "package-lock.json is in git and fits 1 dependency",
    });
  });

  it.each<[string, string, string]>([
    [
      "package-lock.json",
      npmLock(),
      npmLock({ dependencies: { pg: "^7.0.0", left: "1.0.0" }, devDependencies: { vitest: "^5.0.0" } }),
    ],
    [
      "pnpm-lock.yaml",
      "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      pg:\n        specifier: ^8.0.0\n        version: 8.1.0\n    devDependencies:\n      vitest:\n        specifier: ^5.0.0\n        version: 5.0.1(pg@8.1.0)\n\npackages:\n\n  pg@8.1.0:\n    engines: {node: '>=18'}\n",
      "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      pg:\n        specifier: ^7.0.0\n        version: 7.1.0\n      left:\n        specifier: 1.0.0\n        version: 1.0.0\n    devDependencies:\n      vitest:\n        specifier: ^5.0.0\n        version: 5.0.1\n",
    ],
    [
      "bun.lock",
      '{ "workspaces": { "": { "dependencies": { "pg": "^8.0.0", }, "devDependencies": { "vitest": "^5.0.0", }, }, }, }',
      '{ "workspaces": { "": { "dependencies": { "pg": "^7.0.0", "left": "1.0.0" }, "devDependencies": { "vitest": "^5.0.0" } } } }',
    ],
  ])("compares %s in both directions", async (file, good, bad) => {
    using project = createGitFolder({ "package.json": MANIFEST, [file]: good });
    expect((await answer(project.directory)).status).toBe("pass");
    project.write({ [file]: bad });
    expect(await answer(project.directory)).toMatchObject({
      status: "fail",
      found: "left 1.0.0 is only in the lock; pg is ^8.0.0, in the lock ^7.0.0",
      findings: ["left", "pg"],
    });
  });

  it.each([
    ["yarn 1", 'pg@^8.0.0:\n  version "8.1.0"\n\nvitest@^4.0.0, vitest@^5.0.0:\n  version "5.0.1"\n'],
    ["yarn 4", '"pg@npm:^8.0.0":\n  version: 8.1.0\n\n"vitest@npm:^5.0.0":\n  version: 5.0.1\n'],
  ])("compares the lock of %s", async (_version, good) => {
    using project = createGitFolder({ "package.json": MANIFEST, "yarn.lock": good });
    expect((await answer(project.directory)).status).toBe("pass");
    project.write({ "yarn.lock": good.replace(/8\.0\.0/g, "7.0.0") });
    expect(await answer(project.directory)).toMatchObject({ found: "pg ^8.0.0 is not in the lock" });
  });

  it("finds a range that is listed but has no package", async () => {
    const lock = npmLock().replace('"node_modules/pg"', '"node_modules/gp"');
    using project = createGitFolder({ "package.json": MANIFEST, "package-lock.json": lock });
    expect(await answer(project.directory)).toMatchObject({ status: "fail", findings: ["pg"] });
  });

  it("reads the lock of the workspace above, up to the repository's root", async () => {
    const workspaces = npmLock({ workspaces: ["apps/*"] }, { "apps/api": JSON.parse(MANIFEST) });
    using monorepo = createGitFolder({
      "package.json": json({ workspaces: ["apps/*"] }),
      "package-lock.json": workspaces,
      "apps/api/package.json": MANIFEST,
      "apps/new/package.json": MANIFEST,
    });
    expect(await answer(`${monorepo.directory}/apps/api`)).toMatchObject({
      status: "pass",
      summary: "../../package-lock.json is in git and fits 2 dependencies",
    });
    expect((await answer(`${monorepo.directory}/apps/new`)).status).toBe("fail");
  });

  it("tells no lock, a broken one, an ignored one and two of them apart", async () => {
    using project = createGitFolder({ "package.json": MANIFEST, ".gitignore": "package-lock.json\n" });
    expect(await answer(project.directory)).toMatchObject({ summary: "there is no lock", status: "fail" });
    project.write({ "package-lock.json": "<<<<<<< HEAD" });
    expect(await answer(project.directory)).toMatchObject({ summary: "package-lock.json cannot be read" });
    project.write({ "package-lock.json": json({ lockfileVersion: 1, dependencies: {} }) });
    expect(await answer(project.directory)).toMatchObject({
      found: expect.stringContaining("lockfileVersion is 1"),
    });
    project.write({ "package-lock.json": npmLock() });
    expect(await answer(project.directory)).toMatchObject({ fix: "git add -f package-lock.json" });
    project.git("add", "-f", "package-lock.json");
    project.write({ "yarn.lock": "" });
    expect(await answer(project.directory)).toMatchObject({ status: "warn", findings: ["yarn.lock"] });
  });

  it("asks other languages for a committed lock, and says what it did not compare", async () => {
    using project = createGitFolder({ Gemfile: "", "Gemfile.lock": "" });
    expect(await answer(project.directory)).toMatchObject({
      status: "pass",
      summary: "Gemfile.lock is in git; what is in it was not compared",
    });
    using rust = createGitFolder({ "Cargo.toml": "" });
    expect((await answer(rust.directory)).status).toBe("fail");
  });

  it("does not apply without dependencies; cannot tell from a broken package.json", async () => {
    using project = createGitFolder({ "index.html": "" });
    expect((await answer(project.directory)).status).toBe("not applicable");
    project.write({ "package.json": "{}" });
    expect((await answer(project.directory)).status).toBe("not applicable");
    project.write({ "package.json": "{" });
    expect(await answer(project.directory)).toMatchObject({
      status: "unknown",
      reason: "package.json is not valid JSON",
    });
  });
});

describe("repo.deps.install-scripts", () => {
  const ask = (directory: string, options: object = {}) =>
    answerAbout(installScripts, directory, { options });

  it("names packages that run something and are not declared", async () => {
    using project = createGitFolder({ "package.json": MANIFEST, "package-lock.json": npmLock() });
    expect(await ask(project.directory)).toMatchObject({
      status: "fail",
      found: "vitest 5.0.1",
      fix: expect.stringContaining('repository({ installScripts: ["vitest"] })'),
    });
    expect((await ask(project.directory, { installScripts: ["vitest"] })).status).toBe("pass");
    project.write({ "package-lock.json": npmLock().replace("node_modules/vitest", "node_modules/@a/b") });
    expect((await ask(project.directory, { installScripts: ["@a/*"] })).status).toBe("pass");
    expect((await ask(project.directory, { installScripts: ["@/*", "@a"] })).status).toBe("fail");
  });

  it("does not apply to other locks; cannot tell from a broken one", async () => {
    using project = createGitFolder({ "package.json": MANIFEST, "yarn.lock": "" });
    expect((await ask(project.directory)).status).toBe("not applicable");
    using broken = createGitFolder({ "package.json": MANIFEST, "package-lock.json": "{" });
    expect((await ask(broken.directory)).status).toBe("unknown");
  });
});
