import { expect, test } from "vitest";
import { openClock } from "./clock.ts";

const clock = openClock();

test("a delay ends by itself and not before its time", async () => {
  const started = clock.monotonicMs();
  await clock.delay(20);
  expect(clock.monotonicMs() - started).toBeGreaterThanOrEqual(19);
});

test("an aborted delay rejects with the reason, before and during", async () => {
  await expect(clock.delay(60_000, AbortSignal.abort(new Error("not now")))).rejects.toThrow("not now");
  const controller = new AbortController();
  const waiting = clock.delay(60_000, controller.signal);
  controller.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
});
