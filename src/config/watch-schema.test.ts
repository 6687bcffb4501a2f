import { expect, test } from "vitest";
import { buildShares, buildWatch } from "./build-watch.ts";
import { launchSchema } from "./launch-schema.ts";
import { judgeBySchema } from "./schema-findings.ts";
import { figuresSchema, watchSchema } from "./watch-schema.ts";

test("what launch checklists promise can be declared as it is written there", () => {
  const { promises } = launchSchema.shape;
  const judged = promises.parse({
    availability: { "7d": "99.9%", "30d": "99.95%" },
    errors: { "7d": "1%", "30d": "0.1%" },
    latency: { p95: "500ms" },
    rollback: "15m",
  });
  expect(buildShares(judged.availability, judged.errors)).toEqual({
    availability: 0.9995,
    errors: 0.001,
    over: [
      { of: "availability", share: 0.999, windowMs: 7 * 86_400_000 },
      { of: "availability", share: 0.9995, windowMs: 30 * 86_400_000 },
      { of: "errors", share: 0.01, windowMs: 7 * 86_400_000 },
      { of: "errors", share: 0.001, windowMs: 30 * 86_400_000 },
    ],
  });
  expect(buildShares(0.999, undefined)).toEqual({ availability: 0.999, errors: undefined });
  const wrong = judgeBySchema(promises, { availability: "99,9%" }, ["promises"]);
  expect(wrong.ok ? [] : wrong.findings.map(({ expected }) => expected)).toEqual([
    expect.stringContaining("a percentage"),
  ]);
});

test("probes, figures and heartbeats get their defaults", () => {
  const watch = watchSchema.parse({
    listen: "[::1]:7000",
    references: ["one.example:443"],
    probes: {
      cdn: { type: "http", at: "https://cdn.example/" },
      room: { type: "host", what: "disk", most: 0.9 },
    },
    heartbeats: {
      "nightly-export": { cron: "0 3 * * *", timeZone: "Europe/Berlin", grace: "30m" },
      mirror: { every: "15m" },
    },
  });
  const figures = figuresSchema.parse({
    paid: { sql: "select sum(minor) from payment;", unit: "cents", least: 1 },
  });
  expect(buildWatch(watch, figures)).toEqual({
    listen: { host: "::1", port: 7_000 },
    references: [{ host: "one.example", port: 443 }],
    probes: [
      {
        name: "cdn",
        title: "cdn answers",
        every: "20s",
        severity: "P1",
        probe: { type: "http", at: "https://cdn.example/", accept: "below 400" },
      },
      {
        name: "room",
        title: "room answers",
        every: "1m",
        severity: "P1",
        probe: { type: "host", what: "disk", most: 0.9 },
      },
      {
        name: "paid",
        title: "paid is as expected",
        every: "5m",
        severity: "P2",
        probe: {
          type: "figure",
          sql: "select sum(minor) from payment",
          unit: "cents",
          variable: "DATABASE_URL",
          least: 1,
        },
      },
    ],
    heartbeats: [
      {
        name: "nightly-export",
        timing: { cron: "0 3 * * *", timeZone: "Europe/Berlin" },
        graceMs: 1_800_000,
        severity: "P1",
      },
      { name: "mirror", timing: { everyMs: 900_000 }, graceMs: 300_000, severity: "P1" },
    ],
  });
});

test("what cannot be kept is refused", () => {
  const refused = (watch: object) => watchSchema.safeParse(watch).success === false;
  expect(refused({ listen: "7676" })).toBe(true);
  expect(refused({ listen: "127.0.0.1:70000" })).toBe(true);
  expect(refused({ heartbeats: { x: { cron: "61 * * * *" } } })).toBe(true);
  expect(refused({ heartbeats: { x: { cron: "0 3 30 2 *" } } })).toBe(true);
  expect(refused({ heartbeats: { x: { cron: "0 3 * * *", timeZone: "Mars/Olympus" } } })).toBe(true);
  expect(refused({ heartbeats: { x: { every: "1d", cron: "0 3 * * *" } } })).toBe(true);
  expect(refused({ heartbeats: { x: {} } })).toBe(true);
  expect(refused({ probes: { x: { type: "http", at: "cdn.example" } } })).toBe(true);
  expect(refused({ probes: { x: { type: "http", at: "/", every: "10ms" } } })).toBe(true);
  const hiding = { sql: "select 1; rollback; begin read write; delete from wallet" };
  expect(figuresSchema.safeParse({ paid: hiding }).success).toBe(false);
  expect(figuresSchema.safeParse({ paid: { sql: "select 1", least: 2, most: 1 } }).success).toBe(false);
});
