import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import pg from "pg";
import { expect, test } from "vitest";
import { until } from "../../../test/fixtures/local-environment.ts";
import { startPostgres } from "../../../test/fixtures/postgres.ts";
import {
  identify,
  isRunning,
  membersOfGroup,
  residentBytes,
  sessionLeadersMarked,
  treeOf,
} from "./process-table.ts";

test("a process is known by its number and its start", async () => {
  const me = identify(process.pid);
  expect(me && isRunning(me)).toBe(true);
  expect(isRunning({ pid: process.pid, startedTicks: "another boot:1" })).toBe(false);
  const child = spawn("sleep", ["100"]);
  const identity = identify(child.pid ?? 0);
  expect(identity && isRunning(identity)).toBe(true);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(identity && isRunning(identity)).toBe(false);
});

test("a zombie does not run", async () => {
  // The shell never waits for its child, so the child stays a zombie until the shell ends.
  const shell = spawn("sh", ["-c", "sh -c 'exit 0' & echo $!; exec sleep 100"]);
  const [line] = (await once(shell.stdout, "data")) as [Buffer];
  await until(
    () => identify(Number(line.toString())),
    (identity) => identity === undefined,
  );
  shell.kill("SIGKILL");
  await once(shell, "exit");
});

test("a tree, a group and a marked session are found by what belongs to them", async () => {
  const marker = `GONOGO_TEST=${process.pid} (a name) with ) blanks`;
  const child = spawn("sh", ["-c", "sleep 100 & setsid sleep 101 & wait"], {
    detached: true,
    env: { PATH: process.env.PATH, GONOGO_TEST: marker.slice("GONOGO_TEST=".length) },
  });
  const pid = child.pid ?? 0;
  await until(
    () => treeOf(pid),
    (tree) => tree.length === 3,
  );
  await until(
    () => membersOfGroup(pid),
    (members) => members.length === 2,
  );
  await until(
    () => sessionLeadersMarked(marker),
    (found) => found.length === 2,
  );
  expect(sessionLeadersMarked(marker).map(({ identity }) => identity.pid)).toContain(pid);
  expect(residentBytes(treeOf(pid))).toBeGreaterThan(residentBytes([pid]));
  for (const each of treeOf(pid)) process.kill(each, "SIGKILL");
  await once(child, "exit");
  await until(
    () => membersOfGroup(pid),
    (members) => members.length === 0,
  );
  expect(treeOf(pid)).toEqual([pid]);
});

/** A backend whose client has gone ends while it is looked at. */
function said(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

test("memory that processes share is counted once", async () => {
  await using postgres = await startPostgres({ settings: { shared_buffers: "64MB" } });
  await postgres.run("create table pages as select n, repeat('x', 900) from generate_series(1, 14000) as n");
  const readers = await Promise.all(
    [1, 2, 3, 4, 5].map(async () => {
      const client = new pg.Client({ connectionString: postgres.url.reveal() });
      await client.connect();
      await client.query("select count(*) from pages");
      return client;
    }),
  );
  await using _ = {
    [Symbol.asyncDispose]: async () => void (await Promise.all(readers.map((each) => each.end()))),
  };
  const [started] = await postgres.admin("select pg_read_file('postmaster.pid') as text");
  const server = treeOf(Number.parseInt(String(started?.text), 10));
  const each = (file: string, line: RegExp): number[] =>
    server.map((pid) => Number(line.exec(said(pid, file))?.[1] ?? 0));
  const kilobytes = (file: string, line: RegExp): number => each(file, line).reduce((sum, one) => sum + one);
  const counted = residentBytes(server) / 1_024;
  // The kernel's own sharing out, which costs it a look at every page. Other servers' share in the program's files is not theirs here.
  const shares =
    kilobytes("smaps_rollup", /^Pss_Anon:\s+(\d+)/m) +
    kilobytes("smaps_rollup", /^Pss_Shmem:\s+(\d+)/m) +
    Math.max(...each("status", /^RssFile:\s+(\d+)/m));
  expect(kilobytes("status", /^VmRSS:\s+(\d+)/m)).toBeGreaterThan(counted + 40_000);
  expect(counted / shares).toBeGreaterThan(0.75);
  expect(counted / shares).toBeLessThan(1.5);
});
