import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createProject, type Project } from "../../../test/fixtures/project.ts";
import { typed } from "../../../test/fixtures/typed.ts";
import { openStore } from "../../store/open-store.ts";
import { openDoors } from "../../system/doors.ts";
import { SCRIPTS } from "./scripts.ts";

const CHECKLIST = `# Launch

- [ ] Support team trained <!-- gonogo: sign-off -->
`;

let project: Project;
let empty: Project;
const doors = openDoors();

beforeAll(async () => {
  project = createProject();
  empty = { ...project, directory: mkdtempSync(path.join(tmpdir(), "gonogo-empty-")) };
  project.write("LAUNCH.md", CHECKLIST);
  project.write(
    "gonogo.config.ts",
    `import { defineLaunch, directory, local, postgres, web, worker } from "gonogo";
    export default defineLaunch({
      name: "tiny",
      checklist: "LAUNCH.md",
      components: { app: web({ start: "node server.ts" }), jobs: worker({ start: "node jobs.ts" }), db: postgres() },
      backups: { destinations: { here: directory() } },
      environments: { staging: { target: local() }, production: { target: local() } },
    });
`,
  );
  const state = path.join(project.directory, ".gonogo");
  mkdirSync(path.join(state, "backups/tiny/staging/b20261121T073000Z-4f2a"), { recursive: true });
  writeFileSync(path.join(state, "backups/tiny/staging/b20261121T073000Z-4f2a/manifest.json"), "{}");
  await using store = await openStore(path.join(state, "gonogo.db"), doors.clock, doors.random);
  for (const release of ["replaced", "live", "failed"] as const) {
    const at = { commit: "a".repeat(40), createdAt: 1, createdBy: "ada", variables: {}, configuration: "c" };
    await store.releases.add({
      ...at,
      environment: "staging",
      migrations: [],
      backup: undefined,
      state: release,
    });
  }
  await store.keys.add({ name: "ci", scope: "read", madeBy: "ada" });
  await store.evidence.append([
    {
      environment: "staging",
      component: "app",
      check: "http.health",
      outcome: { status: "fail", summary: "s", expected: "e", found: "f", fix: "x", findings: ["/health"] },
      ...{ observedAt: 1, freshUntil: 2, release: undefined, configuration: "c", facts: [] },
    },
  ]);
});
afterAll(async () => {
  rmSync(empty.directory, { recursive: true, force: true });
  rmSync(project.directory, { recursive: true, force: true });
  await doors[Symbol.asyncDispose]();
});

/** What is offered for a line, without what it means. */
async function offered(line: string, at = project): Promise<string[]> {
  const { code, stdout, stderr } = await typed(at, ["complete", "--", ...line.split(" ")]);
  expect([code, stderr]).toEqual([0, ""]);
  return stdout.split("\n").flatMap((each) => (each === "" ? [] : [each.split("\t")[0] ?? ""]));
}

describe("what may follow", () => {
  it.each([
    ["re", ["releases", "report", "restore"]],
    ["help sig", ["sign"]],
    ["check --env ", ["staging", "production"]],
    ["check -e st", ["staging"]],
    ["check --env=st", ["--env=staging"]],
    ["check --env = st", ["staging"]],
    ["check --format js", ["json"]],
    ["check --format j", ["json", "junit"]],
    ["status --format ", ["text", "json"]],
    ["report --format ", ["markdown", "html", "json"]],
    ["check --only postgres.connection.o", ["postgres.connection.ok"]],
    ["check --only postg", ["postgres."]],
    ["check --only db/postgres.connection.o", ["db/postgres.connection.ok"]],
    ["check --only support", ["support-team-trained"]],
    ["check --only app jobs", ["jobs", "jobs."]],
    ["logs ", ["app", "jobs", "db"]],
    ["logs app --release ", ["r3", "r2", "r1"]],
    ["rollback --to ", ["r1"]],
    ["sign ", ["support-team-trained"]],
    ["store ", ["show", "move"]],
    ["key re", ["revoke"]],
    ["key revoke ", ["ci"]],
    ["key add ", []],
    ["key add x --scope ", ["read", "write"]],
    ["drill roll", ["rollback"]],
    ["completion ", ["bash", "zsh", "fish"]],
    ["restore b2", ["b20261121T073000Z-4f2a"]],
    ["backups verify ", ["b20261121T073000Z-4f2a"]],
    ["restore --component ", ["db", "gonogo"]],
    ["restore --from ", ["here"]],
    ["silence add ap", ["app"]],
    ["check --onl", ["--only"]],
    ["check --only web --onl", ["--only"]],
    ["status --env staging --en", []],
    ["check --config ", [":files"]],
    ["check --project ", [":directories"]],
    ["nothing ", []],
    ["plan ", []],
  ])("%s", async (line, values) => {
    expect(await offered(line)).toEqual(values);
  });

  it("has findings with what they are of", async () => {
    const { stdout } = await typed(project, ["complete", "--", "waive", ""]);
    expect(stdout).toMatch(/^[0-9a-f]{12}\tapp\/http\.health \/health\n$/);
  });

  it("has no checks of what is not declared", async () => {
    expect(await offered("check --only ")).not.toContain("stripe.");
    expect(await offered("check --only ")).toEqual(expect.arrayContaining(["app", "db", "postgres."]));
  });

  it("is found in the project that is named, and leaves nothing behind in it", async () => {
    const before = readdirSync(path.join(project.directory, ".gonogo"));
    const line = ["complete", "--", "logs", "-C", project.directory, "--release", ""];
    expect((await typed(empty, line)).stdout).toMatch(/^r3\tfailed, aaaaaaa\n/);
    expect(readdirSync(path.join(project.directory, ".gonogo"))).toEqual(before);
  });
});

it("is nothing where there is no project, or its declaration is broken", async () => {
  for (const config of [undefined, "export default 1 +", "export default {};", "while (true) {}"]) {
    if (config !== undefined) writeFileSync(path.join(empty.directory, "gonogo.config.ts"), config);
    expect(await offered("check --env ", empty)).toEqual([]);
    expect(await offered("rollback --to ", empty)).toEqual([]);
    expect(await offered("store ", empty)).toEqual(["show", "move"]);
  }
  expect(readdirSync(empty.directory)).toEqual(["gonogo.config.ts"]);
});

it("offers the releases of a store on a server as they were last seen here, and connects to nothing", async () => {
  const text = (store: string) => `import { defineLaunch, local, web } from "gonogo";
    export default defineLaunch({
      name: "shared",
      components: { app: web({ start: "node server.ts" }) },
      ${store}environments: { staging: { target: local() } },
    });`;
  const config = path.join(empty.directory, "gonogo.config.ts");
  writeFileSync(config, text('store: { postgres: "STORE_URL" },\n'));
  expect(await offered("rollback --to ", empty)).toEqual([]);
  const state = path.join(empty.directory, ".gonogo");
  mkdirSync(state);
  const row = (number: number, given: object) => ({
    number,
    commit_id: "a".repeat(40),
    backup: null,
    ...given,
  });
  const releases = [
    row(12, { state: "live" }),
    row(11, { state: "replaced", backup: "b20261121T073000Z-4f2a" }),
    row(10, { state: "failed" }),
  ];
  writeFileSync(path.join(state, "staging.known.json"), JSON.stringify({ releases, deploys: [] }));
  expect(await offered("rollback --to ", empty)).toEqual(["r11"]);
  expect(await offered("logs --release ", empty)).toEqual(["r12", "r11", "r10"]);
  writeFileSync(config, text(""));
  expect(await offered("rollback --to r --store STORE_URL", empty)).toEqual([]);
  expect(await offered("rollback --store STORE_URL --to ", empty)).toEqual(["r11"]);
  writeFileSync(path.join(state, "staging.known.json"), "{");
  expect(await offered("rollback --store STORE_URL --to ", empty)).toEqual([]);
  rmSync(state, { recursive: true });
});

it("offers nothing that a shell would run", async () => {
  writeFileSync(
    path.join(empty.directory, "gonogo.config.ts"),
    `import { defineLaunch, directory, local, web } from "gonogo";
    export default defineLaunch({
      name: "odd",
      components: { app: web({ start: "node server.ts" }) },
      backups: { files: ["$(touch owned)", "up loads", "uploads"], destinations: { here: directory() } },
      environments: { staging: { target: local() } },
    });`,
  );
  expect(await offered("restore --component ", empty)).toEqual(["uploads", "gonogo"]);
});

/** Real bash, asked as its readline does. */
function inBash(words: readonly string[]): string[] {
  const command = path.join(import.meta.dirname, "../../../bin/gonogo.mjs");
  const script = `
    gonogo() { "${process.execPath}" "${command}" "$@"; }
    ${SCRIPTS.bash}
    COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); _gonogo gonogo "\${!#}"
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync("bash", ["-c", script, "bash", "gonogo", ...words], {
    cwd: project.directory,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((line) => line !== "");
}

it.each([
  [["check", "--env", "sta"], ["staging"]],
  [["check", "--env", "=", "prod"], ["production"]],
  [
    ["check", "--env", "="],
    ["staging", "production"],
  ],
  [["rollback", "--to", ""], ["r1"]],
  [["check", "--config", "gonogo.conf"], ["gonogo.config.ts"]],
])("bash replies to %j", (words, replies) => {
  expect(inBash(words)).toEqual(replies);
});
