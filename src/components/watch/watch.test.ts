import { describe, expect, it } from "vitest";
import { answerOf } from "../../../test/fixtures/component-answer.ts";
import type { Reading } from "../../model/monitor.ts";
import type { Outcome } from "../../model/outcome.ts";
import type { WatchSeen } from "../../model/watch-seen.ts";
import { openDoors } from "../../system/doors.ts";
import { watch } from "./watch.ts";

const NOW = Date.UTC(2026, 10, 21, 12);
const RUNS = { instances: [], schedules: [] };
const SIBLINGS = [
  { name: "shop", kind: "web", options: {} },
  { name: "db", kind: "postgres", options: {} },
];

const reading = (monitor: string, state: Reading["state"] = "up", agoMs = 5_000): Reading => ({
  monitor,
  at: NOW - agoMs,
  state,
  tookMs: 1,
  release: "r1",
  detail: state === "down" ? "the budget goes 20 times too fast" : "0 of 4320 bad in 1 d",
  value: state === "down" ? 20 : 0,
});

const PROMISED = ["availability", "errors", "latency.p95"];
const HEALTHY: WatchSeen = {
  at: NOW,
  watcher: { who: "ada@laptop", since: NOW - 3_600_000 },
  latest: [
    reading("shop/up"),
    ...PROMISED.flatMap((name) => [reading(`promise/${name}.fast`), reading(`promise/${name}.slow`)]),
  ],
  promises: { availability: 0.999, latency: { p95Ms: 500 }, errors: 0.01, rollbackMs: undefined },
  toldOf: { P0: ["pager"], P1: ["team"] },
};

async function answer(
  id: string,
  seen: WatchSeen | undefined,
  { live }: { live: string | undefined } = { live: "r1" },
): Promise<Outcome> {
  await using doors = openDoors();
  const subject = {
    runtime: { ...RUNS, live },
    siblings: SIBLINGS,
    ...(seen && { watch: async () => seen }),
  };
  return await answerOf(watch.definition, id, { doors, options: {}, subject });
}

// Whether the status page answers is asked of a real one, beside it.
const ids = watch.definition.checks.map(({ id }) => id).filter((id) => id !== "status.page.answers");

describe.each(ids)("%s", (id) => {
  it("passes when everything is watched, told and kept", async () => {
    expect(await answer(id, HEALTHY)).toMatchObject({ status: "pass" });
  });

  it("does not keep the first release from going live", async () => {
    const unwatched = { ...HEALTHY, watcher: undefined, latest: [] };
    expect(await answer(id, unwatched, { live: undefined })).toMatchObject({ status: "not applicable" });
  });

  it("is unknown when nobody looked", async () => {
    expect(await answer(id, undefined)).toMatchObject({ status: "unknown", cause: "watch.seen" });
  });
});

describe.each([
  ["slo.availability.met", "availability"],
  ["slo.errors.met", "errors"],
  ["slo.latency.met", "latency.p95"],
])("%s", (id, promise) => {
  const latest = (state: Reading["state"], agoMs?: number) => [
    reading(`promise/${promise}.slow`, state, agoMs),
  ];

  it("fails while the budget is spent too fast, and names the promise", async () => {
    expect(await answer(id, { ...HEALTHY, latest: latest("down") })).toMatchObject({
      status: "fail",
      findings: [`promise/${promise}.slow`],
      found: expect.stringContaining("20 times too fast"),
    });
  });

  it("does not take an old answer for one, nor none", async () => {
    expect(await answer(id, { ...HEALTHY, latest: latest("up", 3_600_000) })).toMatchObject({
      status: "unknown",
    });
    expect(await answer(id, { ...HEALTHY, latest: latest("unknown") })).toMatchObject({ status: "unknown" });
  });

  it("does not apply where nothing is promised of it", async () => {
    const promises = { availability: undefined, latency: {}, errors: undefined, rollbackMs: 1 };
    expect(await answer(id, { ...HEALTHY, promises })).toMatchObject({ status: "not applicable" });
  });
});

it("uptime.monitor.exists fails when nobody watches, and when a component is left out", async () => {
  expect(await answer("uptime.monitor.exists", { ...HEALTHY, watcher: undefined })).toMatchObject({
    status: "fail",
    summary: "nobody watches",
  });
  expect(await answer("uptime.monitor.exists", { ...HEALTHY, latest: [reading("db/up")] })).toMatchObject({
    status: "fail",
    findings: ["shop"],
  });
});

it("alert.route.severity fails when an outage would be told to nobody", async () => {
  expect(
    await answer("alert.route.severity", { ...HEALTHY, toldOf: { P0: ["pager"], P1: [] } }),
  ).toMatchObject({
    status: "fail",
    findings: ["P1"],
  });
});
