import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "vitest";
import { workerResult } from "../../src/cli/output/contracts/serve.ts";
import { builtCommand } from "../fixtures/built-command.ts";
import { startPostgres, type TestPostgres } from "../fixtures/postgres.ts";
import { createProject, ownPorts, type Project } from "../fixtures/project.ts";

/* What a program reads of two `gonogo worker --format json` on one Postgres. */

const CONFIG = `
import { defineLaunch, local, web } from "gonogo";
export default defineLaunch({
  name: "tiny",
  components: { api: web({ start: "node server.mjs", instances: 1 }) },
  store: { postgres: "TEAM_STORE" },
  watch: { probes: { front: { type: "http", at: "/", every: "1s" } } },
  deploy: { bake: "500ms" },
  environments: { staging: { target: local(), variables: ".env.staging" } },
});
`;

let postgres: TestPostgres;
let project: Project;
const children: ChildProcess[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
  // For every command that this test types, that which ends the project among them.
  process.env.TEAM_STORE = postgres.url.reveal();
  project = createProject();
  project.write("gonogo.config.ts", CONFIG);
  await ownPorts(project);
}, 120_000);

afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await project[Symbol.asyncDispose]();
  delete process.env.TEAM_STORE;
  await postgres[Symbol.asyncDispose]();
});

function startWorker() {
  const args = [builtCommand(), "worker", "--format", "json", "--project", project.directory];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  let noted = "";
  child.stderr.on("data", (text) => (noted += text));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async next() {
      const { value, done } = await lines.next();
      if (done) throw new Error(`the worker ended: ${noted}`);
      return workerResult.parse(JSON.parse(value));
    },
    async ended() {
      child.kill("SIGTERM");
      const [code] = await once(child, "exit");
      const rest: string[] = [];
      for (let line = await lines.next(); !line.done; line = await lines.next()) rest.push(line.value);
      return { code, rest, noted };
    },
  };
}

test("each line is a record: as it begins, and whenever its share changes", {
  timeout: 120_000,
}, async () => {
  const alone = startWorker();
  expect(await alone.next()).toMatchObject({ kind: "worker", environment: "staging", share: null });
  const all = (await alone.next()).share;
  expect(all).toMatchObject({ workers: 1, tasks: all?.of });
  const other = startWorker();
  expect((await other.next()).share).toBeNull();
  const shared = (await alone.next()).share;
  expect(shared).toMatchObject({ workers: 2, of: all?.of });
  const second = await other.ended();
  expect(second).toMatchObject({ code: 0 });
  const first = await alone.ended();
  expect(first).toMatchObject({ code: 0 });
  for (const { rest, noted } of [first, second]) {
    for (const line of rest) workerResult.parse(JSON.parse(line));
    expect(noted + rest.join("")).not.toContain(new URL(postgres.url.reveal()).password);
  }
});
