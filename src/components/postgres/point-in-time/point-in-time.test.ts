import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type TestPostgres } from "../../../../test/fixtures/postgres.ts";
import { subjectFor } from "../../../../test/fixtures/subject.ts";
import { ask } from "../../../assess/ask.ts";
import { createObserver } from "../../../facts/observer.ts";
import type { BackupsSeen, PointInTimeSeen } from "../../../model/backup.ts";
import type { Doors } from "../../../model/doors.ts";
import type { Outcome } from "../../../model/outcome.ts";
import type { Stage } from "../../../model/phase.ts";
import { openDoors } from "../../../system/doors.ts";
import { postgresOptions } from "../options.ts";
import { backupPointInTime } from "./checks.ts";
import type { Archiver, Recovery } from "./facts.ts";
import { providerOf } from "./provider.ts";
import { archiveCommand } from "./spool.ts";

const doors = openDoors();
let server: TestPostgres;
let api: Server;
let port = 0;
let directory = "";
/** What the stand-in of both providers answers, and what it was asked. */
const stand: { status: number; body: unknown; seen: string[] } = { status: 200, body: {}, seen: [] };
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "gonogo-test-archiver-"));
  chmodSync(directory, 0o755);
  server = await startPostgres();
  api = createServer((request, response) => {
    stand.seen.push(`${request.url} ${request.headers.authorization}`);
    response.writeHead(stand.status, { "content-type": "application/json" }).end(JSON.stringify(stand.body));
  });
  await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
  const address = api.address();
  port = typeof address === "object" && address ? address.port : 0;
});
afterAll(async () => {
  api.close();
  rmSync(directory, { recursive: true });
  await server.stop();
  await doors[Symbol.asyncDispose]();
});

/** Requests to a provider arrive at the stand-in. */
const through: Doors = {
  ...doors,
  http: {
    send: (request) =>
      doors.http.send({
        ...request,
        url: request.url.replace(/^https:\/\/[^/]+/, `http://127.0.0.1:${port}`),
      }),
  },
};

async function answer(given: {
  readonly url?: string;
  readonly pointInTime?: unknown;
  readonly backups?: BackupsSeen;
  readonly stage?: Stage;
}): Promise<Outcome> {
  const { url = server.url.reveal(), pointInTime = true, backups, stage = "staging" } = given;
  const subject = subjectFor({
    component: "db",
    options: postgresOptions.parse(pointInTime === "none" ? {} : { backup: { pointInTime } }),
    environment: { name: stage, stage, allows: ["read"] },
    variables: { DATABASE_URL: url, TOKEN: "canary-token" },
    backups: async () => backups,
  });
  const observer = createObserver(through, { signal: new AbortController().signal });
  const { outcome } = await ask(observer, subject, backupPointInTime);
  expect(JSON.stringify(outcome)).not.toContain("canary-token");
  return outcome;
}

describe("postgres.backup.point-in-time", () => {
  it("does not apply where it is not declared, and is said in production", async () => {
    expect(await answer({ pointInTime: "none" })).toMatchObject({ status: "not applicable" });
    expect(await answer({ pointInTime: "none", stage: "production" })).toMatchObject({
      status: "warn",
      fix: "postgres({ backup: { pointInTime: true } })",
    });
  });

  it("fails on a server that hands nothing over, warns of one that is somebody else's, is unknown of one that is away", async () => {
    expect(await answer({})).toMatchObject({ status: "fail", found: "archive_mode off" });
    const full = join(directory, "full");
    await using other = await startPostgres({
      settings: { archive_mode: "on", wal_level: "replica", archive_command: `test ! -e ${full}` },
    });
    const url = other.url.reveal();
    await other.admin("create table mine (id int); select pg_switch_wal()");
    const handedOver = () => answer({ url });
    await expect.poll(handedOver, { timeout: 20_000 }).toMatchObject({
      status: "warn",
      findings: ["not seen: 127.0.0.1"],
    });
    writeFileSync(full, "");
    await other.admin("create table more (id int); select pg_switch_wal()");
    await expect.poll(handedOver, { timeout: 20_000 }).toMatchObject({
      status: "fail",
      fix: expect.stringContaining("archive_command"),
    });
    await other.stop();
    expect(await answer({ url })).toMatchObject({ status: "unknown" });
  });

  const supabase =
    "postgres://postgres.abcdefghijklmnopqrst:canary@aws-0-eu-central-1.pooler.supabase.com:6543/postgres";
  const neon = "postgres://owner:canary@ep-cool-darkness-123456.eu-central-1.aws.neon.tech/neondb";
  const asked = { provider: { token: "TOKEN", project: "late-frost-1" } };
  const now = Math.floor(Date.now() / 1_000);

  it.each<[string, string, number, unknown, Partial<Outcome>]>([
    [
      "Supabase, on",
      supabase,
      200,
      { pitr_enabled: true, physical_backup_data: { earliest_physical_backup_date_unix: now - 604_800 } },
      { status: "pass", summary: "Supabase says that recovery to a time is on, 7 d back" },
    ],
    ["Supabase, off", supabase, 200, { pitr_enabled: false }, { status: "fail" }],
    ["Supabase, wrong token", supabase, 401, { message: "Unauthorized" }, { status: "unknown" }],
    ["Supabase, something else", supabase, 200, { hello: 1 }, { status: "unknown" }],
    ["Neon, far enough", neon, 200, { project: { history_retention_seconds: 604_800 } }, { status: "pass" }],
    ["Neon, not far", neon, 200, { project: { history_retention_seconds: 21_600 } }, { status: "fail" }],
    ["Neon, off", neon, 200, { project: { history_retention_seconds: 0 } }, { status: "fail" }],
    ["Neon, no such project", neon, 404, {}, { status: "unknown" }],
  ])("asks %s", async (_, url, status, body, expected) => {
    Object.assign(stand, { status, body, seen: [] });
    expect(await answer({ url, pointInTime: asked })).toMatchObject(expected);
    const path =
      url === neon ? "/api/v2/projects/late-frost-1" : "/v1/projects/abcdefghijklmnopqrst/database/backups";
    expect(stand.seen).toEqual([`${path} Bearer canary-token`]);
  });

  it.each([
    ["Supabase", supabase, /SUPABASE_ACCESS_TOKEN.*gonogo waive/],
    ["Amazon RDS", "postgres://a:b@db.c0ffee.eu-central-1.rds.amazonaws.com/a", /^look there \(Maintenance/],
    ["Heroku", "postgres://a:b@ec2-52-1-2-3.compute-1.amazonaws.com/a", /Continuous Protection/],
  ])("leaves %s to a person where nobody may ask it", async (name, url, fix) => {
    expect(await answer({ url })).toMatchObject({
      status: "fail",
      fix: expect.stringMatching(fix),
      findings: [`not seen: ${name}`],
    });
  });

  it("knows providers by their hosts, and takes no other host for one", () => {
    for (const host of ["db.example.com", "supabase.co.example.com", "127.0.0.1", "myneon.tech.org"])
      expect(providerOf(host), host).toBeUndefined();
    expect(providerOf("DB.abcdefghijklmnopqrst.Supabase.co")?.name).toBe("Supabase");
  });
});

const MINUTE_MS = 60_000;
const NOON = Date.UTC(2026, 10, 21, 12);
const place = (
  change: Partial<PointInTimeSeen["places"][number]> = {},
): PointInTimeSeen["places"][number] => ({
  name: "offsite",
  isElsewhere: true,
  unreachable: undefined,
  stretches: [{ from: NOON - 7_200_000, until: NOON - 30_000 }],
  copies: 2,
  lastSegment: "000000010000000000000009",
  ...change,
});
const archiver: Archiver = {
  mode: "on",
  transactions: "9:9:",
  lastSegment: "x",
  lastAgoMs: 1,
  failing: null,
  failures: 0,
};
const own = (seen: Partial<PointInTimeSeen> = {}, told: Partial<Archiver> | null = {}): Recovery => ({
  by: "gonogo",
  now: NOON,
  seen: {
    component: "db",
    everyMs: MINUTE_MS,
    windowMs: 604_800_000,
    places: [place()],
    waiting: { segments: 0, bytes: 0 },
    transactions: "8:8:",
    ...seen,
  },
  archiver: told === null ? undefined : { ...archiver, ...told },
});

describe("of a server", () => {
  const stale = place({ name: "here", stretches: [{ from: NOON - 7_200_000, until: NOON - 3_600_000 }] });
  const gap = place({ stretches: [{ from: 0, until: NOON - 9_000_000 }, ...place().stretches] });
  it.each<[string, Recovery, Outcome["status"], RegExp]>([
    [
      "kept up to half a minute ago",
      own(),
      "pass",
      /any second of the last 2 h, the last 30 s still to come; 2 copies/,
    ],
    [
      "to which nothing was written",
      own({ places: [stale], transactions: "9:9:" }),
      "pass",
      /nothing was written since/,
    ],
    ["that is gone, with its archive", own({}, null), "pass", /any second/],
    [
      "that was written to for an hour",
      own({ places: [place(), stale] }),
      "fail",
      /last 1 h is on this machine only|60 min/,
    ],
    ["started without it", own({}, { mode: "off" }), "fail", /started before this was declared/],
    ["that fails", own({}, { failing: "00A", failures: 3 }), "fail", /cannot hand over 00A/],
    [
      "that was never copied",
      own({ places: [place({ stretches: [] })] }),
      "fail",
      /no copy of the server of db in offsite/,
    ],
    ["with a gap", own({ places: [gap] }), "warn", /can be had: what was written then is not in offsite/],
    [
      "with a place away",
      own({ places: [place(), place({ name: "s3", unreachable: "403" })] }),
      "warn",
      /s3 cannot be reached: 403/,
    ],
    [
      "with every place away",
      own({ places: [place({ unreachable: "403" })] }),
      "unknown",
      /cannot be reached: 403/,
    ],
    [
      "of others that never handed over",
      { by: "others", host: "db.example.com", isHere: false, archiver: { ...archiver, lastSegment: null } },
      "warn",
      /and never has/,
    ],
  ])("judges one %s", (_, recovery, status, words) => {
    const subject = subjectFor({ component: "db", options: postgresOptions.parse({}) });
    const outcome = backupPointInTime.run({ recovery }, subject);
    expect(outcome.status).toBe(status);
    expect("summary" in outcome ? outcome.summary : "reason" in outcome ? outcome.reason : "").toMatch(words);
  });

  it("has a shell line that keeps quotes and percent signs of its directory", () => {
    expect(archiveCommand("/srv/it's 5%/wal")).toContain(`test -f '/srv/it'\\''s 5%%/wal'/%f`);
  });
});
