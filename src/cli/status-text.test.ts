import { expect, it } from "vitest";
import type { StatusRecord } from "./records.ts";
import { statusText } from "./texts.ts";

const NOW = Date.UTC(2026, 10, 21, 12);

const record = {
  kind: "status",
  launch: "shop",
  environment: "production",
  live: "r2",
  lost: null,
  warm: null,
  lease: null,
  storeAway: null,
  address: "https://shop.example",
  instances: [],
  schedules: [],
  incidents: [],
  questions: [],
  channels: [],
  check: null,
  countdown: null,
} as unknown as StatusRecord;

const lockedAt = (step: string): string => {
  const lease = { owner: "ada@laptop", purpose: "rollback d3", since: NOW - 3_000, step, expiresAt: NOW };
  return statusText({ ...record, lease }, NOW).split("\n")[1] ?? "";
};

it("says who holds the lock, and at which step once there is one", () => {
  expect(lockedAt("switch")).toBe("  locked by ada@laptop: rollback d3, at switch, for 3.0 s");
  expect(lockedAt("")).toBe("  locked by ada@laptop: rollback d3, for 3.0 s");
});

it("says what cannot be known while the store is away, and what works all the same", () => {
  const text = statusText({ ...record, storeAway: "its server does not answer" }, NOW);
  expect(text).toContain("! incidents, questions and the verdict are not known while the store is away");
  expect(text).toContain("Next: gonogo rollback --env production works without the store, too");
});
