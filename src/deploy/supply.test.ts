import { expect, it } from "vitest";
import { postgresOptions } from "../components/postgres/options.ts";
import { postgres } from "../components/postgres/postgres.ts";
import type { AnyComponentKind } from "../model/component.ts";
import type { Launch } from "../model/launch.ts";
import { Secret } from "../model/secret.ts";
import { toBeSupplied, withSupplied } from "./supply.ts";

const db = {
  name: "db",
  kind: postgres.definition as unknown as AnyComponentKind,
  options: postgresOptions.parse({}),
};

it("foretells what the first deploy supplies, until somebody names a server of their own", () => {
  const without = { declared: [], values: new Map() };
  const named = { value: new Secret("postgres://elsewhere/shop"), source: ".env.staging:1" };
  const launch = { components: [db] } as unknown as Launch;
  expect([...toBeSupplied(launch, without)]).toEqual(["DATABASE_URL", "MIGRATION_DATABASE_URL"]);
  expect([...toBeSupplied(launch, { declared: [], values: new Map([["DATABASE_URL", named]]) })]).toEqual([]);
  const blank = { ...named, value: new Secret(" ") };
  const copied = withSupplied(launch, { declared: [], values: new Map([["DATABASE_URL", blank]]) });
  expect(copied.values.size).toBe(0);
  expect([...(copied.toBeSupplied ?? [])]).toEqual(["DATABASE_URL", "MIGRATION_DATABASE_URL"]);
});
