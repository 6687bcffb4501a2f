import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { evidenceRow } from "../../test/fixtures/evidence-row.ts";
import { startPostgres, type TestPostgres } from "../../test/fixtures/postgres.ts";
import { openRealStore, storeFile } from "../../test/fixtures/store-file.ts";
import { UserError } from "../model/errors.ts";
import { Secret } from "../model/secret.ts";
import { openClock } from "../system/clock.ts";
import { openRandom } from "../system/random.ts";
import { openServerStore } from "./open-server-store.ts";
import type { Store } from "./store.ts";
import type { WatchLease, WatchLock } from "./watch-lease.ts";

const VARIABLE = "GONOGO_STORE";
let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

function open(launch: string, address = server.url): Promise<Store> {
  return openServerStore({ address, variable: VARIABLE, launch, clock: openClock(), random: openRandom() });
}

describe("a store on a server", () => {
  it("opened at the same time from many sides has one schema, one salt and one chain", async () => {
    const stores = await Promise.all(Array.from({ length: 5 }, () => open("many")));
    expect(new Set(stores.map((each) => each.salt)).size).toBe(1);
    await Promise.all(stores.flatMap((each) => [1, 2, 3].map(() => each.evidence.append([evidenceRow()]))));
    expect(await stores[0]?.evidence.verify()).toEqual({ rows: 15, brokenAt: undefined });
    for (const each of stores) await each[Symbol.asyncDispose]();
  });

  it("keeps launches of one database apart", async () => {
    await using shop = await open("web-shop");
    await using other = await open("other");
    await shop.evidence.append([evidenceRow()]);
    expect(await other.evidence.verify()).toEqual({ rows: 0, brokenAt: undefined });
    expect(await server.run("select count(*)::int as rows from gonogo_web_shop.evidence")).toEqual([
      { rows: 1 },
    ]);
  });

  it("is copied into a file that opens as a store, row for row, while others write", async () => {
    using place = storeFile();
    await using store = await open("copied");
    await store.evidence.append(Array.from({ length: 1_100 }, () => evidenceRow()));
    await store.people.sign({
      environment: "staging",
      item: "trained",
      by: "Ada",
      at: 2,
      until: 9,
      evidence: "",
    });
    await store.heartbeats.keep("staging", [
      { name: "a", since: 1, startedAt: 2, endedAt: 3, endedWell: true, exitCode: 0, log: "fine" },
    ]);
    const [{ evidenceRows }] = await Promise.all([
      store.copyTo(place.file),
      store.evidence.append([evidenceRow()]),
    ]);
    await using copy = await openRealStore(place.file);
    expect(await copy.evidence.verify()).toEqual({ rows: evidenceRows, brokenAt: undefined });
    expect(copy.salt).toBe(store.salt);
    expect(await copy.people.audit()).toEqual(await store.people.audit());
    expect(await copy.heartbeats.list("staging")).toEqual(await store.heartbeats.list("staging"));
    expect(await copy.evidence.history({ environment: "staging", limit: 1 })).toMatchObject([
      { seq: evidenceRows },
    ]);
  });

  it("takes over all of a store in a file, chains unbroken, and only while it is new", async () => {
    using place = storeFile();
    await using old = await openRealStore(place.file);
    await old.evidence.append(Array.from({ length: 700 }, () => evidenceRow({ release: "r1" })));
    await old.people.sign({
      environment: "staging",
      item: "trained",
      by: "Ada",
      at: 2,
      until: 9,
      evidence: "",
    });
    const begun = {
      environment: "staging",
      kind: "deploy",
      release: "r1",
      from: undefined,
      by: "Ada",
    } as const;
    await old.deploys.begin(begun);
    {
      await using store = await open("moved");
      await store.server?.fillFrom(place.file);
      await expect(store.server?.fillFrom(place.file)).rejects.toThrow(/a store of this launch already/);
    }
    await using store = await open("moved");
    expect(store.salt).toBe(old.salt);
    expect(await store.evidence.audit()).toEqual(await old.evidence.audit());
    expect(await store.people.audit()).toEqual(await old.people.audit());
    expect(await store.evidence.latest("staging", "r1")).toEqual(await old.evidence.latest("staging", "r1"));
    expect((await store.deploys.begin(begun)).id).toBe("d2");
    await store.evidence.append([evidenceRow()]);
    expect(await store.evidence.verify()).toEqual({ rows: 701, brokenAt: undefined });
  });

  it("says what is wrong and what mends it, and never the password", async () => {
    const canary = "canary-Pa55word";
    const at = (host: string, user = "app", database = "app") =>
      new Secret(`postgres://${user}:${canary}@${host}/${database}`);
    const local = `127.0.0.1:${server.port}`;
    const reader = await server.database("reader");
    await server.admin("create role locked login password 'locked'");
    const cases: readonly (readonly [Secret, RegExp, RegExp])[] = [
      [at(local), /does not accept this user and password/, /GONOGO_STORE/],
      [at("127.0.0.1:1"), /does not answer/, /GONOGO_STORE/],
      [at("nowhere.invalid"), /does not resolve/, /host in GONOGO_STORE/],
      [
        new Secret(reader.url.reveal().replace(/\/reader$/, "/gone")),
        /does not exist/,
        /create database "gone"/,
      ],
      [new Secret(`postgres://locked:locked@${local}/app`), /may not do/, /create schema gonogo_refused/],
      [new Secret(`mysql://x:${canary}@h/d`), /no address of a Postgres/, /postgres:\/\/user:password@host/],
    ];
    for (const [address, message, fix] of cases) {
      const thrown = await open("refused", address).catch((reason: unknown) => reason);
      expect(thrown).toBeInstanceOf(UserError);
      expect(thrown).toMatchObject({
        message: expect.stringMatching(message),
        fix: expect.stringMatching(fix),
      });
      expect(JSON.stringify([thrown, (thrown as Error).stack, String(thrown)])).not.toContain(canary);
    }
  });
});

/** A watcher in a process of its own, which says "told" whenever it may and why it lost its place. */
async function startWatcher(
  launch: string,
  lease?: WatchLease,
): Promise<{ child: ChildProcess; said(): string }> {
  const program = `
    const load = (file) => import(new URL(file, ${JSON.stringify(import.meta.url)}).href);
    const { openServerStore } = await load("./open-server-store.ts");
    const { openClock } = await load("../system/clock.ts");
    const { openRandom } = await load("../system/random.ts");
    const { Secret } = await load("../model/secret.ts");
    const given = { variable: "x", launch: "${launch}", clock: openClock(), random: openRandom() };
    const store = await openServerStore({ address: new Secret(process.env.GONOGO_STORE), ...given });
    const me = { who: "ada@laptop", pid: process.pid };
    const lock = await store.server.lockWatch("production", me, ${JSON.stringify(lease)});
    lock.lost.addEventListener("abort", () => process.stdout.write(lock.lost.reason.message));
    process.stdout.write("held");
    setInterval(async () => { await lock.expectHeld(); process.stdout.write(" told"); }, 10);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, GONOGO_STORE: server.url.reveal() },
  });
  let said = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  await once(child.stdout, "data");
  return { child, said: () => said };
}

describe("the lock of a watch on a server", () => {
  it("is taken over from one that stands still after its lease, which tells nothing when it goes on", async () => {
    await using store = await open("frozen");
    const { server: shared } = store;
    const lease = { leaseMs: 600, beatMs: 100 };
    const { child, said } = await startWatcher("frozen", lease);
    try {
      await expect.poll(said).toContain("told");
      child.kill("SIGSTOP");
      const take = () => shared?.lockWatch("production", { who: "grace@desk", pid: 1 }, lease);
      await expect(take()).rejects.toThrow("watches it already");
      const taken: { mine?: WatchLock | undefined } = {};
      await expect
        .poll(async () => (taken.mine ??= await take()?.catch(() => undefined)), { timeout: 20_000 })
        .toBeDefined();
      await using mine = taken.mine;
      expect(await shared?.currentWatcher("production")).toMatchObject({ since: mine?.since });
      const before = said();
      child.kill("SIGCONT");
      await expect.poll(said).toMatch(/stood still for .*, and grace@desk \(process 1\) watches now/);
      expect(said().slice(before.length)).not.toContain("told");
      expect(mine?.lost.aborted).toBe(false);
    } finally {
      child.kill("SIGKILL");
    }
  });

  it("is held by one, who is named to the second, and let go of when its process is killed", async () => {
    await using store = await open("locked");
    const { server: shared } = store;
    expect(await shared?.currentWatcher("production")).toBeUndefined();
    const { child } = await startWatcher("locked");
    expect(await shared?.currentWatcher("production")).toMatchObject({ who: "ada@laptop", pid: child.pid });
    await expect(shared?.lockWatch("production", { who: "grace@desk", pid: 1 })).rejects.toThrow(
      `ada@laptop watches it already, process ${child.pid}, since `,
    );
    await using staging = await shared?.lockWatch("staging", { who: "grace@desk", pid: 1 });
    expect(staging?.who).toBe("grace@desk");
    child.kill("SIGKILL");
    await once(child, "exit");
    await expect.poll(() => shared?.currentWatcher("production")).toBeUndefined();
    const mine = await shared?.lockWatch("production", { who: "grace@desk", pid: 1 });
    expect(await shared?.currentWatcher("production")).toMatchObject({ who: "grace@desk" });
    // Whoever ends its connection takes the lock from it, and it is told.
    await server.admin(
      "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted and objsubid = 2",
    );
    await expect.poll(() => mine?.lost.aborted).toBe(true);
    await mine?.[Symbol.asyncDispose]();
  });
});
