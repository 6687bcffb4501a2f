import { scryptSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stateOfLine } from "../../../../test/fixtures/held-line.ts";
import { startPostgres, type TestPostgres } from "../../../../test/fixtures/postgres.ts";
import { askOne } from "../../../../test/fixtures/postgres-subject.ts";
import { Secret } from "../../../model/secret.ts";
import { passwordHash } from "./checks.ts";

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
  await server.run('create table account (id int generated always as identity, "passWord" text)');
});
afterAll(() => server.stop());

const scrypt = scryptSync("canary", "salt", 64).toString("hex");
const pbkdf2 = (rounds: number) => `pbkdf2_sha256$${rounds}$salt$a2V5a2V5a2V5`;
const BCRYPT = "vI8aWBnW3fID.ZQ4/zo1G.q1lRps.9cGLcZEiGDMVr5yUP1KUOYTa";

const passwords = ["account.passWord"];

async function judge(values: readonly string[], options: object = { passwords }) {
  await server.run("truncate account");
  for (const value of values) await server.run(`insert into account ("passWord") values ('${value}')`);
  const outcome = await askOne(
    { url: server.url, options: options as Record<string, unknown> },
    passwordHash,
  );
  for (const value of [...values, "canary"]) expect(JSON.stringify(outcome)).not.toContain(value);
  return outcome;
}

describe("auth.password.hash", () => {
  it("passes by slow hashes in the forms that libraries write", async () => {
    expect(
      await judge([
        "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$aGFzaA",
        "argon2$argon2id$v=19$m=102400,t=2,p=8$c29tZXNhbHQ$aGFzaA",
        `$2b$12$${BCRYPT}`,
        `bcrypt_sha256$$2b$12$${BCRYPT}`,
        `${"0a".repeat(16)}:${scrypt}`,
        "$scrypt$ln=17,r=8,p=1$c2FsdA$aGFzaA",
        pbkdf2(600_000),
        "pbkdf2:sha256:600000$salt$abcdef",
      ]),
    ).toMatchObject({
      status: "pass",
      summary: "8 values: argon2id, bcrypt, scrypt, pbkdf2",
      measured: { judged: 8, weak: 0, weakest: "pbkdf2", bcryptCost: 12 },
    });
  });

  it("is held to the algorithm and the cost that a line names", async () => {
    const bcrypt = await judge([
      `$2b$12$${BCRYPT}`,
      `bcrypt_sha256$$2b$11$${BCRYPT}`,
      "$scrypt$ln=17,r=8,p=1$c2FsdA$aGFzaA",
    ]);
    expect(bcrypt).toMatchObject({ measured: { weakest: "bcrypt", bcryptCost: 11 } });
    const state = (line: string) => stateOfLine(line, passwordHash, bcrypt);
    expect(state("Passwords hashed with bcrypt, cost 11")).toBe("go");
    expect(state("Passwords hashed with bcrypt, cost 12")).toBe("failing");
    expect(state("Passwords hashed with Argon2id")).toBe("failing");
    expect(state("Passwords hashed with bcrypt or Argon2id")).toBe("go");
    expect(state("Passwords hashed <!-- gonogo: auth.password.hash (hash=scrypt) -->")).toBe("failing");
    const argon = await judge(["$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$aGFzaA"]);
    expect(argon).toMatchObject({ measured: { weakest: "argon2id" } });
    expect(stateOfLine("Passwords hashed with bcrypt, cost 12", passwordHash, argon)).toBe("go");
  });

  it.each([
    ["what it was typed as", "correct horse battery", "no hash"],
    ["something that only begins like a hash", "$2b$12$short", "no hash"],
    ["MD5", "5f4dcc3b5aa765d61d8327deb882cf99", "fast hash"],
    ["SHA-256", "ab".repeat(32), "fast hash"],
    ["SHA-512 crypt", "$6$salt$hash", "fast hash"],
    ["bcrypt at cost 8", `$2a$08$${BCRYPT}`, "weak bcrypt"],
    ["PBKDF2 with few rounds", pbkdf2(20_000), "weak pbkdf2"],
    ["argon2i", "$argon2i$v=19$m=4096,t=3,p=1$c2FsdA$aGFzaA", "weak argon2"],
  ])("fails by %s, and tells how many without showing one", async (_, value, kind) => {
    expect(await judge([`$2b$10$${BCRYPT}`, value])).toMatchObject({
      status: "fail",
      findings: [`account.passWord: ${kind}`],
      measured: { judged: 2, weak: 1 },
    });
  });

  it("does not apply where no column is declared, or nobody has a password yet", async () => {
    expect((await judge([], {})).status).toBe("not applicable");
    expect(await judge([])).toMatchObject({ reason: "account.passWord holds no password yet" });
  });

  it("cannot tell of a column that is not there, or a server that does not answer", async () => {
    expect(await judge([], { passwords: ["account.secret"] })).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("account.secret could not be asked"),
    });
    const away = { url: new Secret("postgres://app:canary@127.0.0.1:9/app"), options: { passwords } };
    expect((await askOne(away, passwordHash)).status).toBe("unknown");
  });

  it("never shows the value that the server stumbled over", async () => {
    await server.run(`create view typed as select "passWord"::int::text as secret from account`);
    expect(await judge(["hunter-2"], { passwords: ["typed.secret"] })).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("SQLSTATE 22P02"),
    });
    await server.run("drop view typed");
  });

  it("never takes rows hidden by row level security for passwords that are well kept", async () => {
    await server.run(
      "alter table account enable row level security; alter table account force row level security",
    );
    expect((await judge([])).status).toBe("unknown");
    await server.run("alter table account disable row level security");
  });
});
