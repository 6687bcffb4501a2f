import { expect, it } from "vitest";
import { answerOf } from "../../../test/fixtures/component-answer.ts";
import { SWITCHED } from "../../../test/fixtures/switched.ts";
import type { Subject } from "../../model/subject.ts";
import { openDoors } from "../../system/doors.ts";
import { web } from "./web.ts";

async function judged(switched: Subject["switched"], { isDeployed = true } = {}) {
  await using doors = openDoors();
  return await answerOf(web.definition, "deploy.switch.no-failed-request", {
    doors,
    options: { start: "node ." },
    subject: {
      runtime: isDeployed ? { live: "r2", instances: [], schedules: [] } : undefined,
      ...(switched && { switched }),
    },
  });
}

it("deploy.switch.no-failed-request passes where users saw nothing of it, and says how often that was asked", async () => {
  expect(await judged(async () => SWITCHED)).toMatchObject({
    status: "pass",
    summary: "d2: r2 took over from r1, none of 106 requests failed, worst 36 ms",
    measured: { requests: 106, failed: 0, worstMs: 36 },
  });
});

it("fails with what the first of them met", async () => {
  const downtime = { requests: 106, failed: 3, worstMs: 900, firstFailure: "/ answered 502" };
  expect(await judged(async () => ({ ...SWITCHED, downtime }))).toMatchObject({
    status: "fail",
    summary: "3 of 106 requests failed while r2 took over from r1",
    found: "/ answered 502",
    findings: ["r2"],
  });
});

it("does not apply to a first release; cannot tell where nobody asked, or may look", async () => {
  expect(await judged(async () => undefined)).toMatchObject({
    status: "not applicable",
    reason: "no release has taken over from another yet; the next deploy tells",
  });
  const downtime = { requests: 0, failed: 0, worstMs: 0, firstFailure: undefined };
  for (const switched of [
    async () => ({ ...SWITCHED, downtime }),
    async () => ({ ...SWITCHED, downtime: undefined }),
    undefined,
  ])
    expect((await judged(switched)).status).toBe("unknown");
  expect((await judged(async () => SWITCHED, { isDeployed: false })).status).toBe("unknown");
});
