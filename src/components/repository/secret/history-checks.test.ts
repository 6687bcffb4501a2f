import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createGitFolder } from "../../../../test/fixtures/git-folder.ts";
import { answerAbout } from "../repository.fixture.ts";
import { secretScanHistory } from "./history-checks.ts";

// Put together here, so that no scanner takes this file for a leak.
const GITHUB = ["ghp_", "wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx"].join("");
const KEY_HEAD = ["-----BEGIN RSA ", "PRIVATE KEY-----"].join("");
const KEY = `${KEY_HEAD}\nMIICANARY${"Ab3/".repeat(40)}\n${KEY_HEAD.replace("BEGIN", "END")}\n`;

const answer = (directory: string, given: Parameters<typeof answerAbout>[2] = {}) =>
  answerAbout(secretScanHistory, directory, given);

describe("repo.secret.scan-history", () => {
  it("passes where no commit ever added one", async () => {
    using project = createGitFolder({ "a.ts": "1" });
    project.write({ "a.ts": "2\n++ b/not-a-header\n" });
    project.commit();
    expect(await answer(project.directory)).toMatchObject({
      status: "pass",
      summary: "the newest 2 commits added none",
    });
  });

  it("names commit, file, rule and length of what was deleted long ago, never the text", async () => {
    using project = createGitFolder({ "src/a b.ts": `const token = "${GITHUB}";\n`, "key.pem": KEY });
    const first = project.git("rev-parse", "HEAD").slice(0, 10);
    project.git("rm", "-q", "key.pem");
    project.write({ "src/a b.ts": "const token = env.TOKEN;\n" });
    project.commit();
    const outcome = await answer(project.directory);
    expect(outcome).toMatchObject({
      status: "fail",
      summary: "2 credentials in git's past",
      found: expect.stringContaining(`${first} src/a b.ts github (40 characters)`),
      findings: expect.arrayContaining([`${first} key.pem: privatekey`, `${first} src/a b.ts: github`]),
    });
    const kept = readFileSync(`${project.directory}/.gonogo/history-scan.json`, "utf8");
    for (const told of [JSON.stringify(outcome), kept]) expect(told).not.toContain(GITHUB.slice(6, 16));
    expect(kept).not.toMatch(/canary/i);
    expect(await answer(project.directory)).toEqual(outcome);
    const options = { secrets: { ignore: ["src", "key.pem"] } };
    expect((await answer(project.directory, { options })).status).toBe("pass");
  });

  it("finds a secret of the environment by its value, in commits it has seen before, too", async () => {
    using project = createGitFolder({ "app.yml": "key: canary of no known form\n" });
    project.write({ "app.yml": "key: from the environment\n" });
    project.commit();
    expect((await answer(project.directory)).status).toBe("pass");
    const secrets = { SESSION_SECRET: "canary of no known form" };
    expect(await answer(project.directory, { secrets })).toMatchObject({
      status: "fail",
      found: expect.stringContaining("app.yml the value of SESSION_SECRET (23 characters)"),
    });
  });

  it("leaves what stands in the code today to the check of the code, and other folders to others", async () => {
    using project = createGitFolder({ "app/a.ts": `"${GITHUB}"\n`, "other.ts": `"${GITHUB}"\n` });
    project.git("rm", "-q", "other.ts");
    project.commit();
    expect(await answer(`${project.directory}/app`)).toMatchObject({ status: "pass" });
    expect(await answer(project.directory)).toMatchObject({
      findings: [expect.stringContaining("other.ts: github")],
    });
  });

  it("does not call a clone clean that lacks its past", async () => {
    using project = createGitFolder({ "a.ts": `"${GITHUB}"\n` });
    project.write({ "a.ts": "1\n" });
    project.commit();
    using clone = createGitFolder({}, { git: false });
    const from = `file://${project.directory}`;
    execFileSync("git", ["clone", "-q", "--depth", "1", from, `${clone.directory}/shallow`], {
      stdio: "ignore",
    });
    expect(await answer(`${clone.directory}/shallow`)).toMatchObject({
      status: "warn",
      fix: expect.stringContaining("git fetch --unshallow"),
    });
  });

  it("searches as many commits as declared, and none where nobody wants it or there are none", async () => {
    using project = createGitFolder({ "a.ts": `"${GITHUB}"\n` });
    project.write({ "a.ts": "1\n" });
    project.commit();
    const of = (history: number) => answer(project.directory, { options: { secrets: { history } } });
    expect(await of(1)).toMatchObject({ status: "pass", measured: { commits: 1 } });
    expect((await of(0)).status).toBe("not applicable");
    using plain = createGitFolder({ "a.ts": GITHUB }, { git: false });
    expect((await answer(plain.directory)).status).toBe("not applicable");
    expect((await answer("/nowhere/at/all")).status).toBe("unknown");
  });
});
