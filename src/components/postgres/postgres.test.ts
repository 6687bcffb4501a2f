import { describe, expect, it } from "vitest";
import { freePort } from "../../../test/fixtures/leash.ts";
import { askDatabase } from "../../../test/fixtures/postgres-subject.ts";
import { parseDuration } from "../../model/duration.ts";
import { Secret } from "../../model/secret.ts";
import { migrateLine } from "./migration/pending.ts";
import { postgresOptions } from "./options.ts";
import { postgres } from "./postgres.ts";

const { checks, commands, options, variables } = postgres.definition;

describe("the declaration", () => {
  it("needs no options and fills in every default", () => {
    const filled = postgresOptions.parse({});
    expect(filled).toMatchObject({
      variable: "DATABASE_URL",
      schemas: ["public"],
      pool: { maxPerInstance: 10 },
    });
    expect(parseDuration(filled.migration.timeout)).toBe(600_000);
  });

  it.each([
    [{ pool: { maxPerInstances: 5 } }, "pool"],
    [{ slowAfter: "-1s" }, "slowAfter"],
    [{ slowAfter: "soon" }, "slowAfter"],
    [{ schemas: [] }, "schemas"],
    [{ migrate: "" }, "migrate"],
    [{ variable: "MY URL" }, "variable"],
    [{ rls: { tables: [] } }, "rls"],
    [{ rls: { tables: "all", auditor: {} } }, "rls"],
    [{ invariants: { "": "select 1" } }, "invariants"],
  ])("refuses %j at %s", (given, path) => {
    const { error } = options.safeParse(given);
    expect(error?.issues[0]?.path[0] ?? error?.issues[0]?.message).toBe(path);
  });

  it("describes every option", () => {
    const undescribed = Object.entries(postgresOptions.shape).filter(
      ([name, schema]) => !schema.description && !["migration", "pool", "timeouts"].includes(name),
    );
    expect(undescribed.map(([name]) => name)).toEqual([]);
  });

  it("brings the application's address and, optional, the owner's", () => {
    const brought = variables(options.parse({ migrationVariable: "OWNER_URL" }), "db");
    expect(brought.map(({ name, required, secret }) => [name, required, secret])).toEqual([
      ["DATABASE_URL", true, true],
      ["OWNER_URL", false, true],
    ]);
  });
});

describe("the migrate line", () => {
  it("finds the owner's address in the application's variable, and has time-outs", () => {
    const line = migrateLine("npm run migrate", postgresOptions.parse({ migration: { lockTimeout: "2s" } }));
    expect(line).toBe(
      `export PGOPTIONS="\${PGOPTIONS:--c lock_timeout=2000 -c statement_timeout=600000}" DATABASE_URL="\${MIGRATION_DATABASE_URL:-$DATABASE_URL}"; npm run migrate`,
    );
  });

  it("leaves the addresses alone when the line knows the owner's variable", () => {
    const line = migrateLine("npm run migrate", postgresOptions.parse({ migrationVariable: "OWNER_URL" }));
    expect(line).not.toContain("DATABASE_URL");
  });

  it("is no command where no migrations are declared", () => {
    expect(commands?.(options.parse({}), "db")).not.toHaveProperty("migrate");
  });
});

describe("a database that does not answer", () => {
  it("fails one check, and every other that applies is unknown for that one cause", async () => {
    const url = new Secret(`postgres://app:canary@127.0.0.1:${await freePort()}/app`);
    const declared = {
      migrate: "true",
      migrations: "examples/soulseer/migrations",
      invariants: { none: "select 1" },
      hotQueries: { one: "select 1" },
      passwords: ["account.password"],
      extensions: ["vector"],
      maxSize: "1GB",
      timeZone: "UTC",
      rls: {
        tables: "all",
        proof: [
          {
            table: "a",
            owner: "b",
            users: [
              { value: "1", settings: { "app.user_id": "1" } },
              { value: "2", settings: { "app.user_id": "2" } },
            ],
          },
        ],
      },
    };
    const outcomes = await askDatabase({ url, options: declared }, checks);
    expect(outcomes.get("postgres.connection.ok")).toMatchObject({
      status: "fail",
      found: expect.stringContaining("refused the connection"),
      fix: expect.stringContaining("DATABASE_URL"),
    });
    const others = [...outcomes].filter(([id]) => id !== "postgres.connection.ok");
    expect(others).toHaveLength(checks.length - 1);
    for (const [id, outcome] of others) {
      // Backups lie elsewhere, and test accounts are looked for in production: both are known without the database.
      if (/^postgres\.backup\.|^auth\.test-accounts\./.test(id))
        expect(outcome, id).toMatchObject({ status: "not applicable" });
      else expect(outcome, id).toMatchObject({ status: "unknown", cause: "postgres.connection" });
    }
    expect(JSON.stringify([...outcomes])).not.toContain("canary");
  });
});
