import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type TestPostgres } from "../../../../test/fixtures/postgres.ts";
import { subjectFor } from "../../../../test/fixtures/subject.ts";
import { ask } from "../../../assess/ask.ts";
import { createObserver } from "../../../facts/observer.ts";
import type { BackupProof, BackupsSeen, SeenBackup, SeenPlace } from "../../../model/backup.ts";
import type { Fail, Outcome } from "../../../model/outcome.ts";
import type { Stage } from "../../../model/phase.ts";
import { openDoors } from "../../../system/doors.ts";
import { postgresOptions } from "../options.ts";
import { backupRecent, backupRestored } from "./checks.ts";
import { backupElsewhere } from "./elsewhere-check.ts";

const doors = openDoors();
let server: TestPostgres;
let next = "";
beforeAll(async () => {
  server = await startPostgres();
  const [row] = await server.run("select txid_snapshot_xmax(txid_current_snapshot())::text as next");
  next = String(row?.next);
});
afterAll(async () => {
  await server.stop();
  await doors[Symbol.asyncDispose]();
});

const HOUR_MS = 3_600_000;
const now = Date.now();
const proof: BackupProof = {
  version: 1,
  backup: "b1",
  manifest: "x",
  provenAt: now - 120_000,
  verdict: "proven",
  problems: [],
  restoreMs: 2_900,
  compareMs: 200,
  tables: 9,
  rows: 100,
  sampledRows: 100,
  files: 0,
  keys: 0,
  evidenceRows: 0,
  serverVersion: "15.18",
};
const backup = (change: Partial<SeenBackup> = {}, age = HOUR_MS, transaction = "1"): SeenBackup => ({
  id: "b20261121T073000Z-4f2a",
  startedAt: now - age,
  parts: [{ component: "db", takenAt: now - age, nextTransaction: transaction }],
  storedBytes: 1_000,
  damage: [],
  proof,
  ...change,
});
const place = (backups: readonly SeenBackup[], change: Partial<SeenPlace> = {}): SeenPlace => ({
  name: "offsite",
  label: "s3://bucket/app/staging",
  isElsewhere: true,
  unreachable: undefined,
  backups,
  ...change,
});
const seen = (places: readonly SeenPlace[], isKeyHere = false): BackupsSeen => ({
  policy: {
    everyMs: 24 * HOUR_MS,
    loseAtMostMs: 30 * HOUR_MS,
    restoreWithinMs: 900_000,
    keep: { last: 3, hourly: 0, daily: 7, weekly: 4, monthly: 12, yearly: 0 },
    destinations: [],
    recipients: isKeyHere ? [] : ["age1example"],
    identity: "BACKUP_IDENTITY",
    files: [],
    jobs: 2,
    exceptInvariants: [],
  },
  places,
  isKeyHere,
});

async function answers(
  backups: BackupsSeen | undefined,
  stage: Stage = "production",
  database: Pick<Parameters<typeof subjectFor>[0], "variables" | "toBeSupplied"> = {
    variables: { DATABASE_URL: server.url.reveal() },
  },
): Promise<Outcome[]> {
  const subject = subjectFor({
    component: "db",
    options: postgresOptions.parse({}),
    environment: { name: stage, stage, allows: ["read"] },
    ...database,
    backups: async () => backups,
  });
  const observer = createObserver(doors, { signal: new AbortController().signal });
  const asked = [backupRecent, backupRestored, backupElsewhere].map((check) => ask(observer, subject, check));
  return (await Promise.all(asked)).map(({ outcome }) => outcome);
}
const statuses = async (backups: BackupsSeen | undefined, stage?: Stage): Promise<string[]> =>
  (await answers(backups, stage)).map(({ status }) => status);

describe("postgres.backup.recent, postgres.backup.restore-drill, postgres.backup.offsite-encrypted", () => {
  it("pass on a recent backup that was proven and lies elsewhere, and tell how long ago, RTO and RPO", async () => {
    const [recent, restored, elsewhere] = await answers(seen([place([backup()])]));
    expect(recent).toMatchObject({ status: "pass", measured: { storedBytes: 1_000 } });
    expect(restored).toMatchObject({
      status: "pass",
      summary: "restored and compared 2 min ago, RTO 3.1 s, RPO 1 h",
      measured: { rtoMs: 3_100, rows: 100 },
    });
    expect(elsewhere).toMatchObject({ status: "pass" });
  });

  it("know that nothing is lost of a database nobody wrote to since", async () => {
    const [, restored] = await answers(seen([place([backup({}, HOUR_MS, next)])]));
    expect(restored).toMatchObject({ summary: expect.stringMatching(/RPO 0 s$/), measured: { rpoMs: 0 } });
  });

  it("fail without a declaration in production, and do not apply before", async () => {
    expect(await statuses(undefined)).toEqual(["fail", "fail", "fail"]);
    const all = ["not applicable", "not applicable", "not applicable"];
    expect(await statuses(undefined, "staging")).toEqual(all);
    expect(await statuses(seen([place([backup()])]), "staging")).toEqual(["pass", "pass", "not applicable"]);
  });

  it("fail on a database that was never backed up, or whose backup is of others", async () => {
    const other = backup({ parts: [{ component: "cache", takenAt: now, nextTransaction: undefined }] });
    for (const backups of [[], [other]])
      expect(await statuses(seen([place(backups)]))).toEqual(["fail", "fail", "fail"]);
  });

  it("are unknown before the first deploy has supplied a database to back up", async () => {
    const found = await answers(seen([place([])]), "staging", { toBeSupplied: ["DATABASE_URL"] });
    expect(found[0]).toMatchObject({ status: "unknown", reason: expect.stringMatching(/first deploy/) });
  });

  it("are unknown where no destination answers, and fail only off-site where one does", async () => {
    const away = { unreachable: "refused the connection" };
    expect(await statuses(seen([place([], away)]))).toEqual(["unknown", "unknown", "unknown"]);
    const here = place([backup()], { name: "here", isElsewhere: false });
    const found = await answers(seen([here, place([], away)]));
    expect(found.map(({ status }) => status)).toEqual(["pass", "pass", "fail"]);
    expect((found[2] as Fail).summary).toBe("offsite cannot be reached: refused the connection");
  });

  it.each<[string, SeenBackup, string[], RegExp]>([
    ["too old", backup({}, 31 * HOUR_MS), ["fail", "fail", "pass"], /1\.?\d* ?d|31 h/],
    ["never restored", backup({ proof: undefined }), ["pass", "fail", "pass"], /was never restored/],
    [
      "restored and bad",
      backup({
        proof: {
          ...proof,
          verdict: "failed",
          problems: [{ kind: "rows differ", what: "wallet had 9 rows, and the copy has 0" }],
        },
      }),
      ["pass", "fail", "pass"],
      /rows differ: wallet had 9 rows/,
    ],
    [
      "not provable here",
      backup({
        proof: { ...proof, verdict: "unproven", problems: [{ kind: "missing extension", what: "postgis" }] },
      }),
      ["pass", "fail", "pass"],
      /could not be restored here: missing extension/,
    ],
    [
      "damaged since",
      backup({ damage: [{ kind: "corrupt", what: "db.data is not what was written" }] }),
      ["fail", "fail", "fail"],
      /corrupt: db\.data/,
    ],
    [
      "too slow to restore",
      backup({ proof: { ...proof, restoreMs: 1_000_000 } }),
      ["pass", "fail", "pass"],
      /RTO 17 min/,
    ],
  ])("fail on a backup that is %s", async (_, made, expected, words) => {
    const found = await answers(seen([place([made])]));
    expect(found.map(({ status }) => status)).toEqual(expected);
    expect((found[1] as Fail).summary).toMatch(words);
    expect((found[1] as Fail).fix).toMatch(/gonogo backup|loseAtMost|restoreWithin|back up/);
  });

  it("fail where everything lies on this machine, and warn where the key does", async () => {
    const here = place([backup()], { name: "here", isElsewhere: false });
    expect((await answers(seen([here])))[2]).toMatchObject({
      status: "fail",
      fix: expect.stringContaining("s3("),
    });
    expect((await answers(seen([place([backup()])], true)))[2]).toMatchObject({ status: "warn" });
    const broken = place([backup({ damage: [{ kind: "truncated", what: "db.data ends early" }] })]);
    expect((await answers(seen([here, broken])))[2]).toMatchObject({
      status: "fail",
      found: "offsite: truncated: db.data ends early",
    });
    const stale = [here, place([backup({ id: "b20261120T073000Z-0000" }, 25 * HOUR_MS)])];
    expect((await answers(seen(stale)))[2]).toMatchObject({ status: "fail", found: "only in here" });
  });
});
