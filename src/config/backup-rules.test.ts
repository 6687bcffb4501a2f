import { expect, it } from "vitest";
import { postgresOptions } from "../components/postgres/options.ts";
import { postgres } from "../components/postgres/postgres.ts";
import { findLogsForNobody } from "./backup-rules.ts";

const component = (pointInTime: unknown) => ({
  name: "db",
  kind: postgres.definition,
  options: postgresOptions.parse({ backup: { pointInTime } }),
});

it("finds a database that hands over what it writes to nobody, and no other", () => {
  expect(findLogsForNobody([component(true)], false)).toMatchObject([
    { path: ["components", "db", "backup", "pointInTime"], fix: expect.stringContaining("destinations") },
  ]);
  expect(findLogsForNobody([component(true)], true)).toEqual([]);
  expect(findLogsForNobody([component({ provider: { token: "NEON_API_KEY" } })], false)).toEqual([]);
  expect(findLogsForNobody([component(undefined)], false)).toEqual([]);
});

it("takes no pace at which nothing else could be done", () => {
  for (const given of [{ every: "1s" }, { baseEvery: "5s" }, { window: "long" }])
    expect(() => component(given)).toThrow(/expected (at least|a duration)/);
});
