import { expect, it } from "vitest";
import { Secret } from "../model/secret.ts";
import type { Variable } from "../model/variable.ts";
import { forCommands, forProcesses } from "./handed-values.ts";

function variable(name: string, readBy?: Variable["readBy"]): Variable {
  return {
    name,
    declaredBy: "db (postgres)",
    is: { type: "url" },
    required: true,
    secret: true,
    description: "",
    ...(readBy && { readBy }),
  };
}

it("keeps an owner's credential from the application's processes, and Gonogo's own from its commands, too", () => {
  const value = { value: new Secret("postgres://owner@localhost/app"), source: "test" };
  const variables = {
    declared: [
      variable("DATABASE_URL"),
      variable("MIGRATION_DATABASE_URL", "commands"),
      variable("SLACK_WEBHOOK", "nobody"),
    ],
    values: new Map([
      ["DATABASE_URL", value],
      ["MIGRATION_DATABASE_URL", value],
      ["SLACK_WEBHOOK", value],
      ["UNDECLARED", value],
    ]),
  };
  expect([...forProcesses(variables).keys()]).toEqual(["DATABASE_URL", "UNDECLARED"]);
  expect([...forCommands(variables).keys()]).toEqual([
    "DATABASE_URL",
    "MIGRATION_DATABASE_URL",
    "UNDECLARED",
  ]);
});
