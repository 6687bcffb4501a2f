import { expect, test } from "vitest";
import { openClock } from "../../system/clock.ts";
import { firstDelay, phaseOf } from "./phase.ts";
import { startScheduler } from "./scheduler.ts";
import { createTimingWheel } from "./timing-wheel.ts";

test("a wheel gives each thing once it is due and not before, far beyond one turn, and after a long stop", () => {
  const wheel = createTimingWheel<string>({ startMs: 5, tickMs: 20, turnMs: 1_000 });
  wheel.add("soon", 50);
  wheel.add("two turns away", 2_050);
  wheel.add("late already", 0);
  const taken: string[] = [];
  for (let now = 10; now <= 3_000; now += 10) {
    for (const { item, dueMs } of wheel.take(now)) {
      expect(now).toBeGreaterThanOrEqual(dueMs);
      if (dueMs > 5) expect(now - dueMs).toBeLessThan(40);
      taken.push(item);
    }
  }
  expect(taken).toEqual(["late already", "soon", "two turns away"]);
  wheel.add("slept through", 3_500);
  wheel.add("much later", 60_000_000);
  expect(wheel.take(50_000_000).map(({ item }) => item)).toEqual(["slept through"]);
  expect(wheel.size).toBe(1);
});

test("phases of 20,000 monitors are spread evenly, and each is asked within one interval of a restart", () => {
  const everyMs = 20_000;
  const perSecond = new Array<number>(20).fill(0);
  const now = 1_795_000_000_123;
  for (let index = 0; index < 20_000; index++) {
    const id = `site-${index}/up`;
    const delay = firstDelay({ id, everyMs, lastAt: now - 12_345, now, soonMs: 30_000 });
    expect(delay).toBeGreaterThanOrEqual(0);
    expect(delay).toBeLessThan(everyMs);
    const second = Math.floor(delay / 1_000);
    perSecond[second] = (perSecond[second] ?? 0) + 1;
  }
  expect(Math.min(...perSecond)).toBeGreaterThan(850);
  expect(Math.max(...perSecond)).toBeLessThan(1_150);
});

test("what was never asked, or not for longer than its interval, is asked soon; else at its own time of day", () => {
  const day = 86_400_000;
  const now = 1_795_000_000_000;
  const asked = { id: "web/tls.expiry", everyMs: day, now, soonMs: 30_000 };
  expect(firstDelay({ ...asked, lastAt: undefined })).toBeLessThan(30_000);
  expect(firstDelay({ ...asked, lastAt: now - 2 * day })).toBeLessThan(30_000);
  const untilPhase = (phaseOf(asked.id, day) - (now % day) + day) % day;
  const regular = firstDelay({ ...asked, lastAt: now + untilPhase - day + 1_000 });
  expect((now + regular) % day).toBe(phaseOf(asked.id, day));
});

test("a task that still runs is not begun again, no more than allowed run, and stopping waits for them", async () => {
  const clock = openClock();
  const scheduler = startScheduler({ clock, parallel: 2 });
  const gates = new Map<string, () => void>();
  let begun = 0;
  const twoBegun = Promise.withResolvers<void>();
  for (const id of ["a", "b", "c"]) {
    scheduler.add({
      id,
      everyMs: 40,
      run: () => {
        begun += 1;
        if (begun === 2) twoBegun.resolve();
        return new Promise((resolve) => gates.set(id, resolve));
      },
    });
  }
  await twoBegun.promise;
  while (scheduler.figures().skipped < 3) await clock.delay(5);
  expect(begun).toBe(2);
  expect(scheduler.figures()).toMatchObject({ tasks: 3, running: 2, waiting: 1 });
  let isStopped = false;
  const stopping = scheduler.stop().then(() => (isStopped = true));
  await clock.delay(1);
  expect(isStopped).toBe(false);
  for (const open of gates.values()) open();
  await stopping;
  expect(begun).toBe(2);
});
