import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type CommandResult, gonogo, type Project } from "../../test/fixtures/project.ts";

const CANARIES = ["canary-pretty", "canary-s3cr3t-7781", "canary7q2vX9mLs4TbKdW8yHn5JcE1gUa3P"];

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "gonogo-test-settings-"));
  await write(
    "gonogo.config.ts",
    `import { defineLaunch, local, variables } from "gonogo";
export default defineLaunch({
  name: "shop",
  checklist: "LAUNCH.md",
  components: { settings: variables() },
  variables: {
    PGSSLMODE: { type: "string" },
    APP_FORMAT: { type: "string" },
    API_TOKEN: { type: "string", secret: true },
  },
  environments: { staging: { target: local(), variables: ".env.staging" } },
});
`,
  );
  await write(
    ".env.staging",
    `PGSSLMODE=require\nAPP_FORMAT=${CANARIES[0]}\nAPI_TOKEN=${CANARIES[1]}\nSIGNING_SECRET=${CANARIES[2]}\nOLD_KEY=changeme\nREFRESH_SECRET=${CANARIES[2]}\n`,
  );
  // The first command of a run is built for all of them, which takes its time on a busy machine.
  type("--version");
}, 300_000);
afterAll(() => rm(directory, { recursive: true }));

const write = (file: string, text: string): Promise<void> => writeFile(path.join(directory, file), text);
const bound = (line: string, parameters: string): string =>
  `- [ ] ${line} <!-- gonogo: config.env.declared-present (${parameters}) -->`;

function type(...args: string[]): CommandResult {
  const result = gonogo({ directory } as Project, args);
  for (const canary of CANARIES) expect(result.stdout + result.stderr).not.toContain(canary);
  return result;
}

function check(): readonly [string, string][] {
  const { stdout } = type("check", "--only", "config.env.declared-present", "--format", "json");
  const { items } = JSON.parse(stdout) as {
    items: { line: number | null; state: string; reason: string }[];
  };
  expect(stdout).not.toMatch(/"settings":\s*\{/);
  return items.flatMap(({ line, state, reason }) => (line === null ? [] : [[state, reason]]));
}

it("holds a line to the value that it names, and tells nobody the environment's", async () => {
  await write(
    "LAUNCH.md",
    "- [ ] `PGSSLMODE=require`\n- [ ] `API_TOKEN=your-token`\n- [ ] `APP_FORMAT=json`\n",
  );
  expect(type("import", "LAUNCH.md").code).toBe(0);
  const said = "3 required variables have a value";
  expect(check()).toEqual([
    ["go", `${said} (PGSSLMODE is what LAUNCH.md:1 asks for)`],
    ["go", said],
    ["failing", "APP_FORMAT is set, but not to what LAUNCH.md:3 asks for"],
  ]);
  expect(type("check", "--only", "config.env.declared-present", "--all").code).toBe(1);
  expect(type("status", "--all").code).toBeLessThan(2);
  const kept = await readFile(path.join(directory, ".gonogo/gonogo.db"), "latin1");
  for (const canary of CANARIES) expect(kept).not.toContain(canary);
});

it("is content again once the value is the one that is asked for", async () => {
  await write("LAUNCH.md", `${bound("Format", "variable=APP_FORMAT, value=json")}\n`);
  expect(check()).toMatchObject([["failing", expect.stringContaining("LAUNCH.md:1")]]);
  const file = await readFile(path.join(directory, ".env.staging"), "utf8");
  await write(".env.staging", file.replace("canary-pretty", "json"));
  expect(check()).toMatchObject([["go", expect.stringContaining("APP_FORMAT is what LAUNCH.md:1 asks for")]]);
});

it("is not content with a variable that nobody has given a value", async () => {
  await write("LAUNCH.md", `${bound("`SENTRY_RELEASE` set", "variable=SENTRY_RELEASE")}\n`);
  expect(check()).toEqual([["failing", "SENTRY_RELEASE has no value, and LAUNCH.md:1 asks for one"]]);
});

it("holds a line to what it wants a value to be like", async () => {
  await write(
    "LAUNCH.md",
    [
      "- [ ] `SIGNING_SECRET` is long and random (32+ characters)",
      "- [ ] `API_TOKEN` at least 32 characters",
      "- [ ] `SIGNING_SECRET` random, 64 characters",
      "- [ ] `OLD_KEY` is set",
      "- [ ] `REFRESH_SECRET` differs from `SIGNING_SECRET`",
      "- [ ] `REFRESH_SECRET` differs from `API_TOKEN`",
      "",
    ].join("\n"),
  );
  expect(type("import", "LAUNCH.md").code).toBe(0);
  const list = await readFile(path.join(directory, "LAUNCH.md"), "utf8");
  expect(list).toContain('variable=SIGNING_SECRET, quality="strong 32-characters"');
  const bindings = list.match(/config\.env\.[a-z-]+/g) ?? [];
  const { stdout } = type(
    "check",
    ...[...new Set(bindings)].flatMap((id) => ["--only", id]),
    "--format",
    "json",
  );
  const { items } = JSON.parse(stdout) as { items: { line: number | null; state: string; reason: string }[] };
  const told = new Map(items.map(({ line, state, reason }) => [line, `${state}: ${reason}`]));
  expect(told.get(1)).toMatch(
    /^(go|not applicable): .*SIGNING_SECRET is as LAUNCH.md:1 asks: strong; .*32-characters/,
  );
  expect(told.get(2)).toMatch(
    /^failing: API_TOKEN has less than 32 characters; LAUNCH.md:2 asks for 32-characters/,
  );
  expect(told.get(3)).toMatch(/^failing: SIGNING_SECRET has less than 64 characters/);
  expect(told.get(4)).toMatch(/^failing: OLD_KEY is still a placeholder/);
  expect(told.get(5)).toMatch(/^failing: REFRESH_SECRET has the same value as SIGNING_SECRET/);
  expect(told.get(6)).toMatch(/^(go|not applicable): .*REFRESH_SECRET is as LAUNCH.md:6 asks/);
});

it("tells nobody a secret that somebody wrote into the list, and says where it stands", async () => {
  await write("LAUNCH.md", `# Launch\n\n- [x] Token ${CANARIES[1]} rotated\n- [ ] Team told\n`);
  const imported = type("import", "LAUNCH.md", "--format", "json");
  expect(imported.stdout).toContain("Token … rotated");
  expect(imported.stdout).toContain("a credential stands in the list");
  for (const format of ["text", "json", "markdown", "junit", "tap"])
    expect(type("check", "--only", "config.env.declared-present", "--format", format).stdout).not.toBe("");
  expect(type("report", "--format", "markdown").stdout).toContain("Token … rotated");
  for (const format of ["text", "json"]) {
    const { stdout } = type(
      "report",
      "--write",
      "--dry-run",
      ...(format === "json" ? ["--format", format] : []),
    );
    expect(stdout).toContain("[ ] Token … rotated");
  }
  type("report", "--write");
  expect(await readFile(path.join(directory, "LAUNCH.md"), "utf8")).toContain(
    `- [ ] Token ${CANARIES[1]} rotated`,
  );
});
