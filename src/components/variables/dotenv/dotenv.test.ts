import { afterAll, describe, expect, it } from "vitest";
import { createGitFolder } from "../../../../test/fixtures/git-folder.ts";
import { subjectFor } from "../../../../test/fixtures/subject.ts";
import { ask } from "../../../assess/ask.ts";
import { createObserver } from "../../../facts/observer.ts";
import type { AnyCheck } from "../../../model/check.ts";
import type { Outcome } from "../../../model/outcome.ts";
import type { Subject } from "../../../model/subject.ts";
import type { Variable } from "../../../model/variable.ts";
import { openDoors } from "../../../system/doors.ts";
import { variablesOptions } from "../options.ts";
import { dotenvIgnored, dotenvSyntax, exampleComplete } from "./checks.ts";

const doors = openDoors();
afterAll(() => doors[Symbol.asyncDispose]());

const DECLARED: readonly Variable[] = [
  {
    name: "PAY_KEY",
    declaredBy: "payments (stripe)",
    is: { type: "string" },
    required: true,
    secret: true,
    description: "secret key of the payment account",
    livePrefixes: ["live-"],
  },
  {
    name: "LOG_LEVEL",
    declaredBy: "launch",
    is: { type: "string" },
    required: false,
    secret: false,
    description: "",
  },
];

async function answer(
  check: AnyCheck,
  files: Record<string, string>,
  given: {
    git?: boolean;
    folder?: string;
    declared?: readonly Variable[];
    options?: object;
    loose?: object;
  } = {},
): Promise<Outcome> {
  using project = createGitFolder(files, { git: given.git ?? true });
  project.write({ ...given.loose });
  const subject = subjectFor({
    options: variablesOptions.parse(given.options ?? {}),
    directory: `${project.directory}${given.folder ?? ""}`,
    declared: given.declared ?? DECLARED,
  });
  const { outcome } = await ask(createObserver(doors), subject as Subject, check);
  expect(JSON.stringify(outcome)).not.toContain("canary");
  return outcome;
}

const IGNORE = { ".gitignore": ".env*\n!.env.example\n" };

describe("config.env.dotenv-syntax", () => {
  it("names file and line, in ignored files and beside nested packages too", async () => {
    const outcome = await answer(dotenvSyntax, {
      ...IGNORE,
      ".env": "A=canary\nA=canary\n",
      "apps/api/package.json": "{}",
      "apps/api/.env.local": "B = 'canary",
    });
    expect(outcome).toMatchObject({ status: "fail", measured: { problems: 3 } });
    expect(JSON.stringify(outcome)).toContain(".env:2: A is set again");
    expect(JSON.stringify(outcome)).toContain("apps/api/.env.local:1");
    expect(outcome.status === "fail" && outcome.fix.split("\n").toSorted()).toEqual([
      ".env:2: A is set again; line 1 has no effect: keep one of them",
      "apps/api/.env.local:1: B has a space beside =, which a shell refuses: take it away",
      "apps/api/.env.local:1: the quote that begins B is never closed: close it",
    ]);
  });

  it("passes clean files, does not apply without any, is unknown when a file cannot be read", async () => {
    expect((await answer(dotenvSyntax, { ".env": "A='canary'\n# note\nB=1\n" })).status).toBe("pass");
    expect((await answer(dotenvSyntax, { "a.txt": "A=canary" })).status).toBe("not applicable");
    const huge = `A=${"x".repeat(11 * 1_048_576)}`;
    expect((await answer(dotenvSyntax, { ".env": huge })).status).toBe("unknown");
  });
});

describe("config.env.dotenv-ignored", () => {
  const SECRETS = "LOG_LEVEL=info\nPAY_KEY=canary\n";

  it("passes when files with secrets are ignored; examples and plain settings may be in git", async () => {
    const outcome = await answer(dotenvIgnored, {
      ".gitignore": ".env\n.env.production\n",
      ".env": SECRETS,
      ".env.production": SECRETS,
      ".env.example": SECRETS,
      ".env.development": "LOG_LEVEL=debug\nAPI_URL=https://canary.com\nPAY_KEY=\nSESSION_TTL=5\n",
      ".env.encrypted": 'DOTENV_PUBLIC_KEY="canary"\nPAY_KEY="encrypted:canary"\n',
    });
    expect(outcome).toMatchObject({ status: "pass", measured: { withSecrets: 2 } });
  });

  it.each([
    ["a declared secret", SECRETS, "PAY_KEY"],
    ["a secret by its name", "OTHER_API_KEY=canary", "OTHER_API_KEY"],
    ["a password in an address", "DATABASE_URL=postgres://app:canary@db/x", "DATABASE_URL"],
  ])("finds a committed file with %s", async (_what, text, name) => {
    const outcome = await answer(dotenvIgnored, { ".env.production": text });
    expect(outcome).toMatchObject({
      status: "fail",
      findings: [".env.production"],
      fix: expect.stringContaining("git rm --cached .env.production"),
    });
    expect(JSON.stringify(outcome)).toContain(name);
  });

  it("tells one that only waits to be committed", async () => {
    const outcome = await answer(dotenvIgnored, { "a.txt": "" }, { loose: { ".env.local": SECRETS } });
    expect(outcome).toMatchObject({ summary: ".env.local not ignored by git", status: "fail" });
  });

  it("looks at a folder of a larger repository", async () => {
    const files = { "app/.env": SECRETS, "app/a.txt": "", "other/.env": SECRETS };
    expect(await answer(dotenvIgnored, files, { folder: "/app" })).toMatchObject({ findings: [".env"] });
  });

  it("finds an image that takes the files along", async () => {
    const files = { ...IGNORE, ".env": SECRETS, Dockerfile: "FROM node:24\nCOPY --chown=app . .\n" };
    expect(await answer(dotenvIgnored, files)).toMatchObject({ status: "fail", findings: ["Dockerfile"] });
    expect((await answer(dotenvIgnored, { ...files, ".dockerignore": ".env*\n" })).status).toBe("pass");
    expect((await answer(dotenvIgnored, { ...files, Dockerfile: "COPY src src\n" })).status).toBe("pass");
  });

  it("does not apply without a file or without git; cannot tell without the folder", async () => {
    expect((await answer(dotenvIgnored, { "a.txt": "" })).status).toBe("not applicable");
    expect((await answer(dotenvIgnored, { ".env": SECRETS }, { git: false })).status).toBe("not applicable");
    expect((await answer(dotenvIgnored, {}, { folder: "/missing" })).status).toBe("unknown");
  });
});

describe("config.env.example-complete", () => {
  it("passes with every declared name, whatever else is there", async () => {
    const text = "PAY_KEY=live-xxx\n# LOG\nLOG_LEVEL=info\nMORE=1\n";
    expect((await answer(exampleComplete, { ".env.example": text })).status).toBe("pass");
    const options = { example: "env/sample" };
    expect((await answer(exampleComplete, { "env/sample": text }, { options })).status).toBe("pass");
  });

  it("tells no file, missing names and a real credential apart", async () => {
    expect(await answer(exampleComplete, { "a.txt": "" })).toMatchObject({
      summary: "there is no .env.example",
      fix: "write .env.example:\n  PAY_KEY=  # secret key of the payment account\n  LOG_LEVEL=",
    });
    const optional = { ...DECLARED[0], name: "PAY_OWNER_KEY", required: false } as Variable;
    const named = { ".env.example": "LOG_LEVEL=\nPAY_KEY=\n" };
    expect(await answer(exampleComplete, named, { declared: [...DECLARED, optional] })).toMatchObject({
      status: "pass",
      summary: ".env.example names all 2 variables",
    });
    expect(await answer(exampleComplete, { ".env.example": "LOG_LEVEL=\n" })).toMatchObject({
      status: "fail",
      findings: ["PAY_KEY"],
    });
    const real = "PAY_KEY=live-canary0123456789abcdef\nLOG_LEVEL=\n";
    expect(await answer(exampleComplete, { ".env.example": real })).toMatchObject({
      summary: ".env.example holds a live credential",
    });
  });

  it("does not apply without variables; is unknown when the file is a folder", async () => {
    expect((await answer(exampleComplete, {}, { declared: [] })).status).toBe("not applicable");
    const given = { ...DECLARED[0], required: false } as Variable;
    expect(await answer(exampleComplete, { "a.txt": "" }, { declared: [given] })).toMatchObject({
      status: "not applicable",
    });
    const outcome = await answer(exampleComplete, { ".env.example/a.txt": "" });
    expect(outcome.status).toBe("unknown");
  });
});
