import { expect, it } from "vitest";
import { OutsideError, UserError } from "../model/errors.ts";
import { nextAttemptAt } from "./attempts.ts";

const HOUR = 3_600_000;
const busy = new OutsideError("503", { retryable: true });
const at = (thrown: unknown, attempts: number, now = 0) =>
  nextAttemptAt(thrown, { attempts, createdAt: 0 }, { now, chance: 0.5 });

it("waits twice as long each time, five minutes at most", () => {
  expect([1, 2, 3, 8, 9, 20].map((attempts) => at(busy, attempts))).toEqual([
    2_000, 4_000, 8_000, 256_000, 300_000, 300_000,
  ]);
});

it("waits as long as the receiver asks, an hour at most", () => {
  const asked = (retryAfterMs: number) => new OutsideError("429", { retryable: true, retryAfterMs });
  expect(at(asked(30_000), 1)).toBe(30_000);
  expect(at(asked(9 * HOUR), 1)).toBe(HOUR);
  expect(at(asked(1), 3)).toBe(8_000);
});

it("gives up what was refused at once, a missing variable after a day, a defect after five tries", () => {
  expect(at(new OutsideError("403"), 1)).toBeUndefined();
  expect(at(new UserError("SLACK_WEBHOOK_URL is not set"), 200, 23 * HOUR)).toBe(23 * HOUR + 300_000);
  expect(at(new UserError("SLACK_WEBHOOK_URL is not set"), 300, 24 * HOUR)).toBeUndefined();
  expect(at(new TypeError("x is not a function"), 4)).toBe(16_000);
  expect(at(new TypeError("x is not a function"), 5)).toBeUndefined();
});

it("spreads what failed together", () => {
  const spread = [0, 1].map((chance) =>
    nextAttemptAt(busy, { attempts: 1, createdAt: 0 }, { now: 0, chance }),
  );
  expect(spread).toEqual([1_600, 2_400]);
});
