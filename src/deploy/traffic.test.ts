import { expect, it } from "vitest";
import { Secret } from "../model/secret.ts";
import type { Variable } from "../model/variable.ts";
import { forProcesses } from "./traffic.ts";

it("keeps an owner's credential from the application's processes", () => {
  const variable = (name: string, readBy?: "commands"): Variable => ({
    name,
    declaredBy: "db (postgres)",
    is: { type: "url" },
    required: true,
    secret: true,
    description: "",
    ...(readBy && { readBy }),
  });
  const value = { value: new Secret("postgres://owner@localhost/app"), source: "test" };
  const given = forProcesses({
    declared: [variable("DATABASE_URL"), variable("MIGRATION_DATABASE_URL", "commands")],
    values: new Map([
      ["DATABASE_URL", value],
      ["MIGRATION_DATABASE_URL", value],
      ["UNDECLARED", value],
    ]),
  });
  expect([...given.keys()]).toEqual(["DATABASE_URL", "UNDECLARED"]);
});
