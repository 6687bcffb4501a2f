import { expect, test } from "vitest";
import { isStopped, STOP_SIGNALS, stoppedBy, stopSignalOf } from "./stop-signal.ts";

test.each(STOP_SIGNALS)("a step that %s ended was ended by a person", (signal) => {
  expect(isStopped(`bake: ${stoppedBy(signal).message}`)).toBe(true);
  expect(isStopped(stoppedBy(signal).message)).toBe(true);
});

test.each([undefined, "bake: 5.2 % of its requests failed", "bake: stopped by SIGKILL"])(
  "%j was not",
  (reason) => {
    expect(isStopped(reason)).toBe(false);
  },
);

test.each(STOP_SIGNALS)("%s is found under what was made of it", (signal) => {
  const stopped = stoppedBy(signal);
  const other = new Error("closing");
  const caused = new Error("aborted", { cause: new Error("aborted", { cause: stopped }) });
  const suppressed = new SuppressedError(other, stopped);
  for (const thrown of [stopped, caused, suppressed, new AggregateError([other, suppressed])])
    expect(stopSignalOf(thrown)).toBe(signal);
});

test.each([
  new Error("stopped by SIGINT"),
  new Error("broken", { cause: "stopped by SIGINT" }),
  undefined,
  "SIGINT",
])("%j is no person's doing", (thrown) => {
  expect(stopSignalOf(thrown)).toBeUndefined();
});

test("what failed first counts, not a stop while it was ended", () => {
  expect(stopSignalOf(new SuppressedError(stoppedBy("SIGINT"), new Error("broken")))).toBeUndefined();
});
