import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { serve } from "../../../test/fixtures/http-servers.ts";
import { answersOf, checkWithId, webSubject } from "../../../test/fixtures/web-subject.ts";
import { openDoors } from "../../system/doors.ts";
import { SLOW_MS } from "./health.ts";

it("asks nothing of an app with one path and no dependency, and says what a line about readiness lacks", async () => {
  await using doors = openDoors();
  await using server = await serve(({ url }, response) => {
    response.writeHead(url === "/health" ? 200 : 404).end("ok");
  });
  const subject = webSubject({ given: { address: { url: server.url }, siblings: [] } });
  const checks = ["process.health.ready", "process.health.honest"].map((id) => checkWithId(id));
  expect(await answersOf(doors, subject, checks)).toEqual({
    "process.health.ready": {
      status: "not applicable",
      undeclared: true,
      reason:
        "no readiness path is declared, and /health is asked in its place: components.api.ready names one",
    },
    "process.health.honest": {
      status: "not applicable",
      undeclared: true,
      reason: "no dependency of api is declared that being ready could wait for",
    },
  });
});

it("holds one slow answer for the machine's doing, and three for the application's", async () => {
  await using doors = openDoors();
  const asked = new Map<string, number>();
  await using server = await serve(async ({ url = "" }, response) => {
    const times = (asked.get(url) ?? 0) + 1;
    asked.set(url, times);
    if (url === "/health" || times === 1) await delay(SLOW_MS + 100);
    response.writeHead(200, { "content-type": "application/json" }).end('{"db":"ok","cache":"ok"}');
  });
  const subject = webSubject({ given: { address: { url: server.url } } });
  const checks = ["process.health.alive", "process.health.ready"].map((id) => checkWithId(id));
  const outcomes = await answersOf(doors, subject, checks);
  expect(outcomes).toMatchObject({
    "process.health.alive": { status: "warn", summary: "/health is slow" },
    "process.health.ready": { status: "pass" },
  });
  expect(Object.fromEntries(asked)).toMatchObject({ "/health": 3, "/ready": 2 });
});
