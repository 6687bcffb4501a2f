import { expect, it } from "vitest";
import { MINUTE, monitorOf, readingOf, SECOND } from "../../../test/fixtures/watched.ts";
import { defineCheck } from "../../model/check.ts";
import type { Reading } from "../../model/monitor.ts";
import { pass } from "../../model/outcome.ts";
import type { CheckRound } from "../monitors/monitors.ts";
import { createSecondLook } from "./second-look.ts";

const check = defineCheck({
  id: "test.seldom",
  title: "",
  consequence: "",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "10m",
  asks: [],
  needs: {},
  run: () => pass("well"),
});

const round = (component: string, every: "20s" | "10m", dependsOn: readonly string[] = []): CheckRound => ({
  component,
  everyMs: every === "20s" ? 20 * SECOND : 10 * MINUTE,
  checks: [{ monitor: monitorOf(`${component}/${every}`, { component, every, dependsOn }), check }],
});

function started(latest: readonly Reading[] = [], from = 0) {
  const asked: string[] = [];
  let now = from;
  const look = createSecondLook({
    latest,
    rounds: [round("pay", "20s"), round("pay", "10m", ["db"]), round("db", "20s"), round("mail", "10m")],
    clock: { now: () => now, monotonicMs: () => now, delay: () => Promise.resolve() },
    ask: async ({ checks }) =>
      void asked.push(...checks.map(({ monitor }) => `${now / SECOND} s ${monitor.id}`)),
  });
  return {
    asked,
    read: (...states: readonly (readonly [monitor: string, state: "up" | "down" | "unknown"])[]) =>
      look.take(states.map(([monitor, state]) => readingOf(monitor, state, now))),
    async until(seconds: number) {
      for (; now < seconds * SECOND; now += 2 * SECOND) await look.task.run();
    },
  };
}

it("asks what is down and asked seldom again after a minute, then ever more seldom, until it is up", async () => {
  const watch = started();
  watch.read(["mail/10m", "down"], ["pay/20s", "down"]);
  await watch.until(70);
  expect(watch.asked).toEqual(["60 s mail/10m"]);
  watch.read(["mail/10m", "down"]);
  await watch.until(200);
  expect(watch.asked.slice(1)).toEqual(["190 s mail/10m"]);
  watch.read(["mail/10m", "unknown"]);
  watch.read(["mail/10m", "up"]);
  await watch.until(4_000);
  expect(watch.asked).toHaveLength(2);
});

it("asks what an earlier watcher left down, as if it had seen that itself", async () => {
  const left = [readingOf("mail/10m", "down", 0), readingOf("pay/10m", "up", 0)];
  const watch = started(left, 10 * SECOND);
  await watch.until(70);
  expect(watch.asked).toEqual(["60 s mail/10m"]);
});

it("asks what could not be told again, too, and at once when its component is up again", async () => {
  const watch = started();
  watch.read(["pay/10m", "unknown"], ["mail/10m", "unknown"], ["pay/20s", "down"]);
  await watch.until(10);
  watch.read(["pay/20s", "up"]);
  await watch.until(70);
  expect(watch.asked).toEqual(["10 s pay/10m", "60 s mail/10m"]);
});

it("asks ever more seldom, too, what gives no answer any more because it does not apply now", async () => {
  const watch = started();
  watch.read(["mail/10m", "unknown"]);
  await watch.until(1_200);
  expect(watch.asked).toEqual(["60 s mail/10m", "180 s mail/10m", "420 s mail/10m", "900 s mail/10m"]);
});

it("asks it at once when its component, or what that rests on, is up again", async () => {
  for (const recovers of ["pay/20s", "db/20s"]) {
    const watch = started();
    watch.read([recovers, "down"], ["pay/10m", "down"], ["mail/10m", "down"]);
    await watch.until(10);
    watch.read([recovers, "up"], [recovers, "up"]);
    await watch.until(20);
    expect(watch.asked).toEqual(["10 s pay/10m"]);
  }
});
