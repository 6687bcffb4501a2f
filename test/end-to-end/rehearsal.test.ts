import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createDatabaseProject } from "../fixtures/database-project.ts";
import { gonogo, type Project } from "../fixtures/project.ts";

let project: Project;
const run = (...args: string[]) => gonogo(project, args);
const json = (...args: string[]) => JSON.parse(run(...args, "--format", "json").stdout);

beforeAll(async () => {
  project = await createDatabaseProject();
  expect(run("deploy")).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await project[Symbol.asyncDispose]();
});

function deployWith(files: Record<string, string>, ...args: string[]) {
  for (const [file, text] of Object.entries(files)) project.write(file, text);
  project.commit("Another migration");
  return json("deploy", ...args);
}

it("a migration that only adds is rehearsed, and the way back is shown to be code only", () => {
  const plan = () => json("plan").rehearsal;
  expect(plan()).toMatchObject({ will: false, why: "nothing is to be migrated" });
  project.write("migrations/002_note.sql", "alter table reader add column note text;\n");
  expect(plan()).toMatchObject({ will: true, previous: "r1", asks: ["/health", "/ready", "/readers"] });

  const { release, steps } = deployWith({});
  expect(release.rehearsal).toMatchObject({
    migrations: ["002_note.sql"],
    previous: "r1",
    verdict: "code only",
    figures: { rowsChanged: 0 },
  });
  expect(release.rehearsal.backup).toBe(release.backup);
  expect(release.rehearsal.figures.reader.tries).toBeGreaterThan(1);
  const done = steps.filter(({ state }: { state: string }) => state === "done");
  const order = done.map(({ step }: { step: string }) => step);
  expect(order.slice(order.indexOf("backup"))).toEqual(expect.arrayContaining(["rehearse", "migrate"]));
  expect(order.indexOf("rehearse")).toBeGreaterThan(order.indexOf("backup"));
  expect(order.indexOf("migrate")).toBeGreaterThan(order.indexOf("rehearse"));

  const back = json("rollback");
  expect(back).toMatchObject({ deploy: { state: "done" }, release: { id: "r1" }, downtime: { failed: 0 } });
  expect(back.told.join()).toContain(
    "code-only rollback: r1 answered /health, /ready, /readers on the migrated copy",
  );
  expect(json("rollback", "--to", "r2")).toMatchObject({ release: { id: "r2" } });
});

it("a slow one is refused past its budget before the data is touched", () => {
  const slow = "alter table reader add column slow text;\nselect pg_sleep(2.4);\n";
  const { deploy, release } = deployWith({ "migrations/003_next.sql": slow });
  expect(deploy.state).toBe("failed");
  expect(deploy.reason).toMatch(
    /^rehearse: .*budget: a read of reader waited 2\.\d s, and may wait 2\.0 s; a write/,
  );
  const { figures } = release.rehearsal;
  expect(figures.locks[0]).toMatchObject({ table: "reader", mode: "AccessExclusiveLock" });
  expect(figures.locks[0].heldMs).toBeGreaterThan(2_000);
  expect(figures.writer.worstMs).toBeGreaterThan(2_000);
  expect(json("status")).toMatchObject({ live: "r2", staged: null, lease: null });
  expect(json("plan").migrations.pending).toEqual(["003_next.sql"]);
});

it("one that takes away what the live release uses is refused, and goes out only with a reason", () => {
  const server = readFileSync(path.join(project.directory, "server.mjs"), "utf8");
  const contract = {
    "migrations/003_next.sql":
      "alter table reader drop column name;\nalter table reader alter column rate_minor type numeric;\n",
    "server.mjs": server.replace("select name from", "select id from"),
  };
  const refused = deployWith(contract);
  expect(refused.deploy.reason).toMatch(
    /r2 is live and does not run on the migrated schema: r2 \/readers answered 500/,
  );
  expect(refused.release.rehearsal.figures.rewritten.map(({ table }: { table: string }) => table)).toContain(
    "reader",
  );
  expect(json("plan").migrations.pending).toEqual(["003_next.sql"]);

  const forced = json("deploy", "--reason", "nobody reads at night");
  expect(forced).toMatchObject({
    deploy: { state: "done" },
    release: { rehearsal: { verdict: "restore needed" } },
  });
  const before = json("status").live;

  const rollback = run("rollback");
  expect(rollback.code).toBe(2);
  expect(rollback.stderr).toMatch(/r2 was shown not to run on the schema as it is/);
  expect(rollback.stderr).toMatch(/loses what was written in the [\d.]+ /);
  expect(json("status").live).toBe(before);

  const told = json("rollback", "--reason", "better than nothing");
  expect(told).toMatchObject({ deploy: { state: "done" }, release: { id: "r2" } });
  expect(told.told.join()).toContain("onto a schema that r2 does not run on");
});

it("leaves no scratch server and no second copy of the old release behind", () => {
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith("gonogo-scratch-"))).toEqual([]);
  const releases = new Set(json("status").instances.map(({ release }: { release: string }) => release));
  expect([...releases].filter((id) => String(id).includes("rehearsal"))).toEqual([]);
});
