import { describe, expect, it } from "vitest";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { ask } from "../../assess/ask.ts";
import { createObserver } from "../../facts/observer.ts";
import type { AnyCheck } from "../../model/check.ts";
import type { Doors } from "../../model/doors.ts";
import type { Outcome } from "../../model/outcome.ts";
import type { Runtime, ScheduleStatus } from "../../model/runtime.ts";
import type { Subject } from "../../model/subject.ts";
import { openDoors } from "../../system/doors.ts";
import { caughtBy, clockChanges } from "./clock-change.ts";
import { cronDst } from "./clock-change-checks.ts";
import { scheduleOptions } from "./options.ts";
import { cronOverlap, cronRan, cronRegistered } from "./run-checks.ts";
import { schedule } from "./schedule.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A Wednesday. */
const NOON = Date.UTC(2026, 10, 18, 12, 0, 0);

function status(change: Partial<ScheduleStatus> = {}): ScheduleStatus {
  return {
    process: "tick",
    everyMs: MINUTE,
    cron: undefined,
    lastStartedAt: NOON - 30_000,
    lastFinishedAt: NOON - 28_000,
    lastExitCode: 0,
    lastTookMs: 2_000,
    nextAt: NOON + 30_000,
    failures: 0,
    ...change,
  };
}

const EVERY_MINUTE = { run: "node tick.js", every: "60s" };
const NIGHTLY = { run: "node night.js", cron: "30 2 * * *" };

async function answer(
  check: AnyCheck,
  options: object,
  given: { runtime?: Runtime | undefined; now?: number; releasedAt?: number } = {},
): Promise<Outcome> {
  await using doors = openDoors();
  const at: Doors = { ...doors, clock: { ...doors.clock, now: () => given.now ?? NOON } };
  const subject = subjectFor({
    component: "tick",
    options: scheduleOptions.parse(options),
    runtime: "runtime" in given ? given.runtime : running(status()),
    release: {
      id: "r2",
      commit: "c0ffee",
      createdAt: given.releasedAt ?? NOON - HOUR,
      configuration: "c",
    },
  });
  return (await ask(createObserver(at), subject as Subject, check)).outcome;
}

function running(...schedules: ScheduleStatus[]): Runtime {
  return { instances: [], schedules, live: "r2" };
}

describe("cron.registered", () => {
  it("passes when the target has the same interval or the same line", async () => {
    expect((await answer(cronRegistered, EVERY_MINUTE)).status).toBe("pass");
    const nightly = running(status({ everyMs: undefined, cron: "30 2 * * *" }));
    expect((await answer(cronRegistered, NIGHTLY, { runtime: nightly })).status).toBe("pass");
  });

  it.each([
    ["no schedule", EVERY_MINUTE, running(status({ process: "other" })), "no such schedule"],
    ["another interval", EVERY_MINUTE, running(status({ everyMs: 5 * MINUTE })), "every 5 min"],
    ["another line", NIGHTLY, running(status({ everyMs: undefined, cron: "30 3 * * *" })), "30 3 * * *"],
    [
      "another zone",
      { ...NIGHTLY, timeZone: "Europe/Berlin" },
      running(status({ everyMs: undefined, cron: "30 2 * * *", timeZone: "UTC" })),
      "30 2 * * * (UTC)",
    ],
  ])("finds %s", async (_what, options, runtime, found) => {
    expect(await answer(cronRegistered, options, { runtime })).toMatchObject({ status: "fail", found });
  });

  it("does not apply to a release that is only staged; cannot tell before a deploy", async () => {
    const staged = { ...running(status()), live: "r1" };
    expect((await answer(cronRegistered, EVERY_MINUTE, { runtime: staged })).status).toBe("not applicable");
    const untold: Runtime = { instances: [], schedules: [] };
    expect((await answer(cronRegistered, EVERY_MINUTE, { runtime: untold })).status).toBe("not applicable");
    expect((await answer(cronRegistered, EVERY_MINUTE, { runtime: undefined })).status).toBe("unknown");
  });
});

describe("cron.ran", () => {
  it.each<[string, object, Partial<ScheduleStatus>]>([
    ["just now", EVERY_MINUTE, {}],
    [
      "late, within the grace",
      EVERY_MINUTE,
      { lastStartedAt: NOON - 110_000, lastFinishedAt: NOON - 109_000 },
    ],
    ["last night", NIGHTLY, { lastStartedAt: NOON - 9.5 * HOUR, lastFinishedAt: NOON - 9 * HOUR }],
    ["and still does", EVERY_MINUTE, { lastStartedAt: NOON - 5 * MINUTE, lastFinishedAt: NOON - 6 * MINUTE }],
  ])("passes when it ran %s", async (_what, options, change) => {
    expect((await answer(cronRan, options, { runtime: running(status(change)) })).status).toBe("pass");
  });

  it.each<[string, object, Partial<ScheduleStatus>, RegExp]>([
    [
      "a missing run",
      EVERY_MINUTE,
      { lastStartedAt: NOON - 5 * MINUTE, lastFinishedAt: NOON - 5 * MINUTE },
      /a run at 2026-11-18 11:56 UTC, at most 1m late/,
    ],
    [
      "a missing night",
      NIGHTLY,
      { lastStartedAt: NOON - 33.5 * HOUR, lastFinishedAt: NOON - 33 * HOUR },
      /2026-11-18 02:30 UTC/,
    ],
    ["a failed run", EVERY_MINUTE, { lastExitCode: 3, failures: 1 }, /ended with exit code 3/],
    ["failure after failure", EVERY_MINUTE, { lastExitCode: 3, failures: 4 }, /the last 4 runs failed/],
    [
      "a run that was ended",
      EVERY_MINUTE,
      { lastExitCode: undefined, failures: 1 },
      /was ended \(time-out: 10m\)/,
    ],
  ])("finds %s", async (_what, options, change, told) => {
    const outcome = await answer(cronRan, options, { runtime: running(status(change)) });
    expect(outcome.status).toBe("fail");
    expect(JSON.stringify(outcome)).toMatch(told);
  });

  it("waits for the first run until it is overdue", async () => {
    const fresh = running(
      status({ lastStartedAt: undefined, lastFinishedAt: undefined, lastExitCode: undefined }),
    );
    expect(await answer(cronRan, EVERY_MINUTE, { runtime: fresh, releasedAt: NOON - 90_000 })).toMatchObject({
      status: "not applicable",
      reason: "its first run is due at 2026-11-18 11:59 UTC",
    });
    expect(await answer(cronRan, EVERY_MINUTE, { runtime: fresh })).toMatchObject({
      status: "fail",
      summary: "it never ran",
    });
    expect((await answer(cronRan, NIGHTLY, { runtime: fresh })).status).toBe("not applicable");
    expect((await answer(cronRan, EVERY_MINUTE, { runtime: running() })).status).toBe("fail");
    expect((await answer(cronRan, EVERY_MINUTE, { runtime: undefined })).status).toBe("unknown");
  });
});

describe("cron.overlap", () => {
  it.each<[number, string]>([
    [2_000, "pass"],
    [50_000, "warn"],
    [60_000, "fail"],
  ])("a run of %d ms in a minute: %s", async (lastTookMs, expected) => {
    const outcome = await answer(cronOverlap, EVERY_MINUTE, { runtime: running(status({ lastTookMs })) });
    expect(outcome.status).toBe(expected);
  });

  it("counts a run that goes on, and the shortest gap of a cron line", async () => {
    const going = running(status({ lastStartedAt: NOON - 2 * MINUTE, lastFinishedAt: NOON - 3 * MINUTE }));
    expect(await answer(cronOverlap, EVERY_MINUTE, { runtime: going })).toMatchObject({
      status: "fail",
      found: "2 min and still running",
    });
    const uneven = { run: "x", cron: "0,10 * * * *" };
    expect(await answer(cronOverlap, uneven)).toMatchObject({ measured: { intervalMs: 10 * MINUTE } });
  });

  it("does not apply before the first run; cannot tell before a deploy", async () => {
    const fresh = running(status({ lastStartedAt: undefined }));
    expect((await answer(cronOverlap, EVERY_MINUTE, { runtime: fresh })).status).toBe("not applicable");
    expect((await answer(cronOverlap, EVERY_MINUTE, { runtime: undefined })).status).toBe("unknown");
  });
});

describe("cron.dst", () => {
  it("finds a nightly run in the hour that Berlin skips and repeats", async () => {
    const outcome = await answer(cronDst, { ...NIGHTLY, timeZone: "Europe/Berlin" });
    expect(outcome).toMatchObject({
      status: "warn",
      found:
        "30 2 * * * falls into 02:00 to 03:00, skipped on 2027-03-28; 30 2 * * * falls into 02:00 to 03:00, repeated on 2027-10-31",
    });
  });

  it.each([
    ["UTC", NIGHTLY, "pass"],
    ["a zone without changes", { ...NIGHTLY, timeZone: "Asia/Tokyo" }, "pass"],
    ["another hour", { run: "x", cron: "30 4 * * *", timeZone: "Europe/Berlin" }, "pass"],
    ["another weekday", { run: "x", cron: "30 2 * * 3", timeZone: "Europe/Berlin" }, "pass"],
    ["every five minutes", { run: "x", cron: "*/5 * * * *", timeZone: "Europe/Berlin" }, "pass"],
    ["an interval", EVERY_MINUTE, "not applicable"],
  ])("leaves %s alone", async (_what, options, expected) => {
    expect((await answer(cronDst, options)).status).toBe(expected);
  });

  it("knows half-hour changes and those before midnight", () => {
    const howe = clockChanges("Australia/Lord_Howe", NOON);
    expect(howe.map(({ wallFrom, wallTo }) => (wallTo - wallFrom) / MINUTE)).toEqual([30, 30]);
    const beirut = clockChanges("Asia/Beirut", NOON);
    expect(beirut.map(({ kind }) => kind)).toEqual(["skipped", "repeated"]);
    expect(caughtBy("30 0 * * *", beirut).map(({ kind }) => kind)).toEqual(["skipped"]);
    expect(caughtBy("30 23 * * *", beirut).map(({ kind }) => kind)).toEqual(["repeated"]);
  });

  it("needs nothing that is deployed", async () => {
    expect((await answer(cronDst, NIGHTLY, { runtime: undefined })).status).toBe("pass");
  });
});

describe("the declaration", () => {
  it("becomes a process that is read in UTC unless told otherwise", () => {
    const processes = schedule.definition.processes;
    expect(processes?.(scheduleOptions.parse(NIGHTLY), "night")).toMatchObject([
      { kind: "schedule", schedule: { cron: "30 2 * * *", timeZone: "UTC", timeoutMs: 600_000 } },
    ]);
    expect(processes?.(scheduleOptions.parse(EVERY_MINUTE), "tick")?.[0]?.schedule).toEqual({
      everyMs: MINUTE,
      timeoutMs: 600_000,
      graceMs: MINUTE,
    });
  });

  it.each([
    [{ run: "x" }, "either every or cron"],
    [{ run: "x", every: "1m", cron: "* * * * *" }, "either every or cron"],
    [{ run: "x", every: "0s" }, "more than no time"],
    [{ run: "x", every: "1m", timeZone: "UTC" }, "belongs to cron"],
    [{ run: "x", cron: "61 * * * *" }, "five fields"],
    [{ run: "x", cron: "0 0 30 2 *" }, "five fields"],
    [{ run: "x", cron: "0 0 * * *", timeZone: "Mars/Base" }, "time zone"],
  ])("refuses %j", (options, told) => {
    const parsed = scheduleOptions.safeParse(options);
    expect(parsed.error?.issues.map(({ message }) => message).join()).toContain(told);
  });
});
