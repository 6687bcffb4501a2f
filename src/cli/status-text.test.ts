import { expect, it } from "vitest";
import type { StatusRecord } from "./records.ts";
import { isPaging, statusText } from "./status-text.ts";

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

const GO = {
  ...{ kind: "check", environment: "production", release: "r2", go: true, goWithoutWaivers: true },
  ...{ answers: [], items: [], tookMs: 0 },
} as unknown as NonNullable<StatusRecord["check"]>;

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

const incident = (
  id: string,
  severity: "P0" | "P1" | "P2",
  more: Partial<StatusRecord["incidents"][number]> = {},
): StatusRecord["incidents"][number] => ({
  ...{ id, severity, state: "open", title: "api: up fails", openedAt: NOW - 60_000, acknowledgedBy: null },
  ...more,
});
const textOf = (incidents: StatusRecord["incidents"]): string[] =>
  statusText({ ...record, check: GO, incidents }, NOW)
    .trimEnd()
    .split("\n");

it("never begins or ends as if all was well while an incident is open", () => {
  const lines = textOf([incident("i3", "P0", { acknowledgedBy: "ada" })]);
  expect(lines[0]).toBe("shop · production · i3 (P0) is open · release r2 at https://shop.example");
  expect(lines.at(-2)).toBe("i3 (P0) is open · checklist GO · 0 checks");
  expect(lines.at(-1)).toBe("Next: gonogo incidents show i3 --env production");
});

it("does so while users are well again no more", () => {
  const lines = textOf([incident("i3", "P0", { state: "mitigated" })]);
  expect(lines[0]).toBe("shop · production · release r2 at https://shop.example");
  expect(lines[1]).toContain("! i3 P0 api: up fails: mitigated");
  expect(lines.at(-2)).toBe("GO · 0 checks");
});

it("names three of many incidents, and says how many more there are", () => {
  const lines = textOf(Array.from({ length: 25 }, (_, index) => incident(`i${index}`, "P1")));
  expect(lines[0]).toContain("· i0 (P1), i1 (P1), i2 (P1) and 22 more are open ·");
  expect(lines[21]).toBe("  ... and 5 more: gonogo incidents --env production");
});

it("is paging while a P0 or P1 is open", () => {
  expect(isPaging({ incidents: [incident("i1", "P2"), incident("i2", "P1")] })).toBe(true);
  expect(isPaging({ incidents: [incident("i1", "P2"), incident("i2", "P1", { state: "mitigated" })] })).toBe(
    false,
  );
});
