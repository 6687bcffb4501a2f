import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type TestPostgres } from "../../../../test/fixtures/postgres.ts";
import { askOne } from "../../../../test/fixtures/postgres-subject.ts";
import { subjectFor } from "../../../../test/fixtures/subject.ts";
import { Secret } from "../../../model/secret.ts";
import { type PostgresOptions, postgresOptions } from "../options.ts";
import { addressOf } from "./address.ts";
import { authScram, connectionOk, connectionTls } from "./checks.ts";
import type { Reached } from "./facts.ts";
import { libpqEnvironment } from "./libpq-environment.ts";
import { authenticationAsked, startupMessage } from "./startup-message.ts";
import { endOfLife } from "./versions.ts";

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

function changed(change: (url: URL) => void): Secret {
  const url = new URL(server.url.reveal());
  change(url);
  return new Secret(url.toString());
}

describe("postgres.connection.ok", () => {
  it("passes with version and time", async () => {
    const outcome = await askOne({ url: server.url }, connectionOk);
    expect(outcome).toMatchObject({ status: "pass", measured: { connectMs: expect.any(Number) } });
  });

  it.each<[string, (url: URL) => void, RegExp, RegExp]>([
    ["a wrong password", (url) => (url.password = "canary-word"), /28P01/, /Correct the password/],
    ["a database that is not there", (url) => (url.pathname = "/nowhere"), /3D000/, /Create the database/],
    ["a name that does not resolve", (url) => (url.hostname = "db.invalid"), /resolve/, /host name/],
    [
      "another protocol",
      (url) => (url.href = "mysql://app:canary-word@127.0.0.1/app"),
      /not an address/,
      /DATABASE_URL/,
    ],
  ])("fails with the reason for %s", async (_, change, found, fix) => {
    const outcome = await askOne({ url: changed(change) }, connectionOk);
    expect(outcome).toMatchObject({
      status: "fail",
      found: expect.stringMatching(found),
      fix: expect.stringMatching(fix),
    });
    expect(JSON.stringify(outcome)).not.toContain("canary-word");
  });

  it("fails when the variable is not set, and when only the owner's address is wrong", async () => {
    expect(await askOne({ url: undefined }, connectionOk)).toMatchObject({
      status: "fail",
      summary: "DATABASE_URL is not set",
    });
    const ownerUrl = changed((url) => (url.pathname = "/nowhere"));
    expect(await askOne({ url: server.url, ownerUrl }, connectionOk)).toMatchObject({
      status: "fail",
      expected: expect.stringContaining("MIGRATION_DATABASE_URL"),
    });
  });

  it("says that an address left out is supplied, where the target does that", () => {
    const app = {
      reached: false,
      variable: "DATABASE_URL",
      isSet: true,
      reason: "refused the connection",
    } as const;
    const subject = subjectFor<PostgresOptions>({
      options: postgresOptions.parse({}),
      variables: { DATABASE_URL: "x" },
    });
    const fixOn = (toBeSupplied: ReadonlySet<string> | undefined): string => {
      const { declared, values } = subject.variables;
      const variables = { declared, values, ...(toBeSupplied && { toBeSupplied }) };
      const outcome = connectionOk.run({ app, owner: app }, { ...subject, variables });
      return outcome.status === "fail" ? outcome.fix : outcome.status;
    };
    expect(fixOn(new Set())).toMatch(
      /^Start PostgreSQL, .*; or leave DATABASE_URL out: the next deploy then supplies a PostgreSQL$/,
    );
    expect(fixOn(undefined)).not.toContain("leave");
  });

  it("fails on another version than declared", async () => {
    const outcome = await askOne({ url: server.url, options: { version: 99 } }, connectionOk);
    expect(outcome).toMatchObject({ status: "fail", expected: "PostgreSQL 99" });
  });

  it("knows when a version's maintenance has ended", () => {
    const day = Date.parse("2026-06-01");
    expect([9, 13, 15, 40].map((major) => endOfLife(major, day))).toEqual([
      "2023-11-09",
      "2025-11-13",
      undefined,
      undefined,
    ]);
  });
});

describe("postgres.connection.tls", () => {
  const reached = {
    reached: true,
    variable: "DATABASE_URL",
    address: { host: "db.example", port: 5432, isLoopback: false, isSocket: false, sslMode: "verify-full" },
    tls: { version: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384" },
  } as Reached;
  const refused = { kind: "refused", message: "no encryption" } as const;
  const judge = (app: Partial<Reached>, plain: Parameters<typeof connectionTls.run>[0]["plain"]) =>
    connectionTls.run({ app: { ...reached, ...app }, plain }, {} as never);

  it("is not applicable on loopback, as the real server is", async () => {
    expect(await askOne({ url: server.url }, connectionTls)).toMatchObject({ status: "not applicable" });
  });

  it("passes on verified TLS that is the only way in", () => {
    expect(judge({}, refused)).toMatchObject({ status: "pass" });
  });

  it("tells no TLS, TLS that is not required, and TLS that is not verified apart", () => {
    const unverified = { address: { ...reached.address, sslMode: "require" } };
    expect(judge({ tls: undefined }, refused)).toMatchObject({ status: "fail", expected: "TLS" });
    expect(judge({}, { kind: "asks", method: "scram-sha-256" })).toMatchObject({
      status: "fail",
      expected: expect.stringContaining("hostssl"),
    });
    expect(judge(unverified, refused)).toMatchObject({ status: "warn", found: "sslmode=require" });
  });
});

describe("postgres.auth.scram", () => {
  it("passes on the rules as the superuser reads them, and by knocking for a role that may not", async () => {
    expect(await askOne({ url: server.adminUrl }, authScram)).toMatchObject({
      status: "pass",
      summary: expect.stringContaining("pg_hba.conf"),
    });
    expect(await askOne({ url: server.url }, authScram)).toMatchObject({
      status: "pass",
      summary: expect.stringContaining("let in by scram-sha-256"),
    });
  });

  it("fails when new passwords are kept as MD5", async () => {
    await server.admin("alter role app set password_encryption = 'md5'");
    expect(await askOne({ url: server.url }, authScram)).toMatchObject({
      status: "fail",
      found: "password_encryption = md5",
    });
    await server.admin("alter role app reset password_encryption");
  });

  it("judges lines of pg_hba.conf and what a server asks for", () => {
    const judge = (method: string | undefined, ...methods: string[]) =>
      authScram.run(
        {
          authentication: {
            passwordEncryption: "scram-sha-256",
            method,
            rules:
              methods.length === 0
                ? undefined
                : methods.map((each, line) => ({
                    line: line + 1,
                    type: "host",
                    address: "all",
                    method: each,
                  })),
          },
        },
        {} as never,
      );
    expect(judge(undefined, "peer", "trust")).toMatchObject({
      status: "fail",
      findings: ["pg_hba.conf line 2"],
    });
    expect(judge(undefined, "md5")).toMatchObject({ status: "warn" });
    expect(judge("nothing")).toMatchObject({ status: "fail", found: "no password was asked for" });
    expect(judge("md5")).toMatchObject({ status: "warn" });
    expect(judge(undefined)).toMatchObject({ status: "unknown" });
  });
});

describe("an address", () => {
  it.each([
    ["postgres://u:p@localhost/d", { host: "localhost", port: 5432, isLoopback: true }],
    ["postgresql://u:p@[::1]:6000/d", { host: "::1", port: 6000, isLoopback: true }],
    ["postgres://u:p@db.example/d?sslmode=require", { isLoopback: false, sslMode: "require" }],
    ["postgres://u:p@127.8.0.1/d", { isLoopback: true }],
    ["postgres://u:p@%2Frun%2Fpostgresql/d", { isSocket: true }],
    ["postgres://u:p@127.evil.example/d", { isLoopback: false }],
  ])("%s", (text, parts) => {
    expect(addressOf(new Secret(text))).toMatchObject(parts);
  });

  it("becomes variables for PostgreSQL's own programs", () => {
    const url = new Secret(
      "postgres://u%40x:p%2Fw@db.example:6432/my%20db?sslmode=require&options=-c%20a%3Db",
    );
    expect(libpqEnvironment(url)).toEqual({
      PGHOST: "db.example",
      PGPORT: "6432",
      PGUSER: "u@x",
      PGPASSWORD: "p/w",
      PGDATABASE: "my db",
      PGSSLMODE: "require",
    });
  });
});

describe("the start-up message", () => {
  it("is one the protocol describes, names in UTF-8", () => {
    const message = startupMessage({ user: "jürg", database: "d" });
    const length = new DataView(message.buffer).getUint32(0);
    expect(length).toBe(message.length - 5);
    expect(new TextDecoder().decode(message)).toContain("user\0jürg\0database\0d\0");
    expect(() => startupMessage({ user: "a\0b", database: "d" })).toThrow(/zero byte/);
  });

  it.each([
    [[82, 0, 0, 0, 8, 0, 0, 0, 0], { kind: "asks", method: "nothing" }],
    [[82, 0, 0, 0, 12, 0, 0, 0, 5, 1, 2, 3, 4], { kind: "asks", method: "md5" }],
    [[82, 0, 0, 0, 23, 0, 0, 0, 10], { kind: "asks", method: "scram-sha-256" }],
    [[...new TextEncoder().encode("HTTP/1.1 400")], { kind: "unclear" }],
    [[82, 0], { kind: "unclear" }],
    [[], { kind: "unclear" }],
  ])("reads the answer %j", (bytes, answer) => {
    expect(authenticationAsked(new Uint8Array(bytes))).toEqual(answer);
  });
});
