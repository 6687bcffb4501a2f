import { expect, it } from "vitest";
import { mayBeLeft } from "./guard.ts";

it("leaves a release that was deployed by itself, never one that was gone back to", () => {
  const done = { kind: "deploy", state: "done", from: "r1" } as const;
  expect(mayBeLeft(done)).toBe(true);
  expect(mayBeLeft({ ...done, kind: "rollback" })).toBe(false);
  expect(mayBeLeft({ ...done, state: "failed" })).toBe(false);
  expect(mayBeLeft({ ...done, from: undefined })).toBe(false);
});
