import { describe, expect, it } from "vitest";
import { createGitFolder } from "../../../../test/fixtures/git-folder.ts";
import { answerAbout } from "../repository.fixture.ts";
import { secretScanTree } from "./checks.ts";
import { loadScanner } from "./scan.ts";

// Put together here, so that no scanner takes this file for a leak.
const AWS = ["AKIA", "QYLPMN5HFIQR", "7XYA"].join("");
const GITHUB = ["ghp_", "wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx"].join("");
const ADDRESS = ["postgres://app:", "Vq7xCANARYk2", "@db.shop.com:5432/app"].join("");
const KEY_HEAD = ["-----BEGIN RSA ", "PRIVATE KEY-----"].join("");
const KEY = `${KEY_HEAD}\nMIICANARY${"Ab3/".repeat(40)}\n${KEY_HEAD.replace("BEGIN", "END")}`;

const answer = (directory: string, given: Parameters<typeof answerAbout>[2] = {}) =>
  answerAbout(secretScanTree, directory, given);

describe("repo.secret.scan-tree", () => {
  it("tells file, line, rule and length, never the text", async () => {
    using project = createGitFolder({
      "src/a.ts": `\nconst id = "${AWS}";\nconst github = "${GITHUB}";\n`,
      "config/db.yml": `url: ${ADDRESS}\n`,
      "key.pem": KEY,
    });
    const outcome = await answer(project.directory);
    const text = JSON.stringify(outcome);
    expect(outcome.status).toBe("fail");
    expect(text).toContain("src/a.ts:3 github (40 characters)");
    expect(text).toMatch(/config\/db.yml:1 (basicauth|database-connection-string)/);
    expect(text).toContain("key.pem:1 privatekey");
    expect(text).not.toContain(GITHUB);
    expect(text).not.toContain(GITHUB.slice(6, 16));
    expect(text).not.toContain(AWS);
  });

  it("finds the environment's own secrets by value, whatever they look like", async () => {
    using project = createGitFolder({ "src/auth.py": "x = 1\nkey = 'canary of no known form'\n" });
    const secrets = { SESSION_SECRET: "canary of no known form", PIN: "key" };
    expect(await answer(project.directory, { secrets })).toMatchObject({
      status: "fail",
      found: "src/auth.py:2 the value of SESSION_SECRET (23 characters)",
      findings: ["src/auth.py: the value of SESSION_SECRET"],
    });
    expect((await answer(project.directory)).status).toBe("pass");
  });

  it("takes no address from a template for a leak", async () => {
    using project = createGitFolder({
      ".env.example": "D=postgres://user:pass@localhost:5432/app\nR=redis://localhost:6379\n",
      "db.ts": 'const url = "postgres://app:canary4711@localhost:5432/app";',
    });
    const secrets = { D: "postgres://user:pass@localhost:5432/app", R: "redis://localhost:6379" };
    expect((await answer(project.directory, { secrets })).status).toBe("pass");
    const real = { D: "postgres://app:canary4711@localhost:5432/app" };
    expect(await answer(project.directory, { secrets: real })).toMatchObject({
      findings: ["db.ts: the value of D"],
    });
  });

  it("numbers findings of one kind in a file, so that each is waived on its own", async () => {
    using project = createGitFolder({ "a.ts": `"${GITHUB}"\n"${GITHUB.slice(0, -1)}Q"\n` });
    expect(await answer(project.directory)).toMatchObject({ findings: ["a.ts: github", "a.ts: github (2)"] });
  });

  it("passes over what git does not keep, what is declared made up, and addresses of nobody", async () => {
    using project = createGitFolder({
      ".gitignore": "ignored.ts\n",
      "ignored.ts": GITHUB,
      "test/fixtures/keys.ts": GITHUB,
      "compose.yaml": "a: postgres://app:hunter2@localhost/app\nb: https://u:hunter2@example.com/\n",
      "docs.md": "redis://user:password@cache.shop.com and postgres://$USER:$PASS@db.shop.com/x\n",
      "logo.png": new Uint8Array([137, 80, 78, 71, 0, 1, 2]),
      "src/a.ts": "export {};\n",
    });
    project.write({ "untracked.ts": GITHUB });
    const options = { secrets: { ignore: ["test/fixtures/"] } };
    const outcome = await answer(project.directory, { options });
    expect(outcome).toMatchObject({ status: "pass", measured: { files: 4, unreadFiles: 0 } });
    expect((await answer(project.directory)).status).toBe("fail");
  });

  it("looks at its folder of a larger repository only, and at every file outside git", async () => {
    using monorepo = createGitFolder({ "app/a.ts": "1", "other.ts": GITHUB });
    expect((await answer(`${monorepo.directory}/app`)).status).toBe("pass");
    using plain = createGitFolder({ "a.ts": GITHUB }, { git: false });
    expect((await answer(plain.directory)).status).toBe("fail");
  });

  it("says how many files were too large", async () => {
    using project = createGitFolder({ "a.ts": "1", "dump.sql": "x".repeat(1_100_000) });
    expect(await answer(project.directory)).toMatchObject({ status: "pass", measured: { unreadFiles: 1 } });
  });

  it("does not apply to an empty project and cannot tell of one that is not there", async () => {
    using project = createGitFolder({});
    expect((await answer(project.directory)).status).toBe("not applicable");
    expect((await answer("/nowhere/at/all")).status).toBe("unknown");
  });
});

describe("the scanner", () => {
  it("keeps no marks of the profiler, which make it a hundred times slower", async () => {
    const scan = await loadScanner();
    performance.clearMarks();
    await scan({ path: "a.ts", text: GITHUB });
    expect(performance.getEntriesByType("mark")).toEqual([]);
  });
});
