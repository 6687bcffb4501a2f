import { expect, it } from "vitest";
import { leftLive } from "./left-live.ts";

it("tells the release that was live from one that was stopped", () => {
  const done = { state: "done", release: "r2", from: "r1", finishedAt: 10, reason: undefined } as const;
  const killed = {
    state: "interrupted",
    release: "r3",
    from: "r2",
    finishedAt: 20,
    reason: "its command ended during switch; r3 is live",
  } as const;
  expect(leftLive([killed, done], 0)).toBe("r3");
  expect(leftLive([{ ...killed, reason: "its command ended during gate; r2 is live" }, done], 0)).toBe("r2");
  expect(
    leftLive([{ ...killed, reason: "its command ended during gate; nothing is live" }], 0),
  ).toBeUndefined();
  const failed = { state: "failed", release: "r3", from: "r2", finishedAt: 20, reason: undefined } as const;
  expect(leftLive([failed, done], 0)).toBe("r2");
  expect(leftLive([failed, done], 5)).toBe("r2");
  expect(leftLive([failed, done], 15)).toBeUndefined();
  expect(leftLive([{ ...done, state: "rolled back" }], 0)).toBe("r1");
  expect(leftLive([failed], 0)).toBeUndefined();
});
