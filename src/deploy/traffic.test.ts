import { expect, it } from "vitest";
import { Secret } from "../model/secret.ts";
import type { Variable } from "../model/variable.ts";
import { forProcesses } from "./traffic.ts";

it("keeps an owner's credential from the application's processes", () => {
  const variable = (name: string, onlyCommands: boolean): Variable => ({
    name,
    declaredBy: "db (postgres)",
    is: { type: "url" },
    required: true,
    secret: true,
    description: "",
    onlyCommands,
  });
  const value = { value: new Secret("postgres://owner@localhost/app"), source: "test" };
  const given = forProcesses({
    declared: [variable("DATABASE_URL", false), variable("MIGRATION_DATABASE_URL", true)],
    values: new Map([
      ["DATABASE_URL", value],
      ["MIGRATION_DATABASE_URL", value],
      ["UNDECLARED", value],
    ]),
  });
  expect([...given.keys()]).toEqual(["DATABASE_URL", "UNDECLARED"]);
});
