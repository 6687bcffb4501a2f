import { expect, it } from "vitest";
import { leftLive } from "./lost-release.ts";

it("tells the release that was live from one that was stopped", () => {
  const done = { state: "done", release: "r2", from: "r1", finishedAt: 10 } as const;
  const failed = { state: "failed", release: "r3", from: "r2", finishedAt: 20 } as const;
  expect(leftLive([failed, done], 0)).toBe("r2");
  expect(leftLive([failed, done], 5)).toBe("r2");
  expect(leftLive([failed, done], 15)).toBeUndefined();
  expect(leftLive([{ ...done, state: "rolled back" }], 0)).toBe("r1");
  expect(leftLive([failed], 0)).toBeUndefined();
});
