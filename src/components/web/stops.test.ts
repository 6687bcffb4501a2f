import { expect, it } from "vitest";
import { answersOf, checkWithId, webSubject } from "../../../test/fixtures/web-subject.ts";
import type { StopRecord } from "../../model/runtime.ts";
import { openDoors } from "../../system/doors.ts";

const ID = "process.graceful-shutdown";
const LATEST: StopRecord = {
  release: "r2",
  commit: "0123456789abcdef",
  process: "api",
  index: 0,
  code: null,
  signal: "SIGKILL",
  at: 1,
  wasReady: false,
};

async function judged(stops: readonly StopRecord[]) {
  await using doors = openDoors();
  const subject = webSubject({ given: { runtime: { schedules: [], instances: [], stops } } });
  return (await answersOf(doors, subject, [checkWithId(ID)]))[ID];
}

it("holds nothing against the code of a release that was given up before it was ready", async () => {
  expect(await judged([LATEST])).toMatchObject({
    status: "not applicable",
    reason: "no instance that was ready has been stopped yet; a drill or the next deploy tells",
  });
  const before = { ...LATEST, release: "r1", wasReady: true, code: 0, signal: null };
  expect(await judged([before, LATEST])).toMatchObject({ status: "pass", measured: { stops: 1, killed: 0 } });
});

it("names the release whose instance was killed, and says that it was ready", async () => {
  expect(await judged([{ ...LATEST, wasReady: true }])).toMatchObject({
    status: "fail",
    found: "SIGKILL for api.0 of r2, which had been ready",
  });
});
