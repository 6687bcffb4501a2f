import { expect, test } from "vitest";
import { isStopped, STOP_SIGNALS, stoppedBy } from "./stop-signal.ts";

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
