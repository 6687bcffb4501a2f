import { describe, expect, it } from "vitest";
import { Secret } from "../../model/secret.ts";
import { expectUntouched } from "./rehearse.ts";
import { redirected } from "./variables.ts";
import { overBudget, verdictOf } from "./verdict.ts";
import { createLockBook } from "./watch.ts";

describe("variables of a rehearsal", () => {
  const live = new Secret("postgres://app:word@localhost:5432/shop");
  const addressFor = (role: string) => new Secret(`postgres://${role}:copy@127.0.0.1:7000/shop`);
  const moved = (value: string, name = "OTHER") =>
    redirected(new Map([[name, new Secret(value)]]), { names: ["DATABASE_URL"], live: [live], addressFor })
      .get(name)
      ?.reveal();

  it.each([
    [
      "the same database under another name",
      "postgres://app:word@127.0.0.1/shop",
      "postgres://app:copy@127.0.0.1:7000/shop",
    ],
    [
      "another role of it",
      "postgresql://own%20er@localhost:5432/shop",
      "postgresql://own%20er:copy@127.0.0.1:7000/shop",
    ],
    [
      "its parameters, without those of the way there",
      "postgres://app:word@localhost:5432/shop?sslmode=require&application_name=x",
      "postgres://app:copy@127.0.0.1:7000/shop?application_name=x",
    ],
  ])("lead to the copy: %s", (_, value, expected) => {
    expect(moved(value)).toBe(expected);
  });

  it("lead to the copy by name, though a pooler stands between", () => {
    expect(moved("postgres://app:word@pool:6432/shop", "DATABASE_URL")).toContain(":7000/");
  });

  it.each([
    "postgres://app:word@localhost:5432/other",
    "postgres://app:word@elsewhere:5432/shop",
    "redis://localhost:6379/0",
    "localhost:5432/shop",
    "",
  ])("stay as they are: %s", (value) => {
    expect(moved(value)).toBe(value);
  });
});

describe("the verdict of a rehearsal", () => {
  const well = new Map([
    ["/a", undefined],
    ["/b", undefined],
  ]);
  const broken = new Map([
    ["/a", undefined],
    ["/b", "answered 500"],
  ]);

  it.each([
    ["everything answers as before", well, well, "code only"],
    ["a path breaks", well, broken, "restore needed"],
    ["a path was broken before", broken, broken, "code only"],
    ["nothing is asked", new Map(), new Map(), "not shown"],
    ["it could not be started", "no such file", "no such file", "not shown"],
  ] as const)("when %s", (_, before, after, verdict) => {
    expect(verdictOf("r1", { before, after }, ["/a"]).verdict).toBe(verdict);
  });

  it("is not shown by a health that answers", () => {
    expect(verdictOf("r1", { before: well, after: well }, ["/c"])).toEqual({
      verdict: "not shown",
      reasons: [expect.stringContaining("of r1 only /a, /b could be asked")],
    });
  });

  it("names what went past the budget, and by how much", () => {
    const waited = (worstMs: number) => ({ worstMs, table: "wallet", tries: 3 });
    const figures = { tookMs: 700_000, reader: waited(2_000), writer: waited(2_001) };
    expect(overBudget(figures, { durationMs: 600_000, blockedMs: 2_000 })).toEqual([
      "it took 12 min, and may take 10 min",
      "a write of wallet waited 2.0 s, and may wait 2.0 s",
    ]);
    expect(overBudget(figures, { durationMs: 700_000, blockedMs: 2_001 })).toEqual([]);
  });
});

describe("the live database after a rehearsal", () => {
  it("is told to have been reached by a command that finds it on its own", () => {
    const before = { applied: ["1"], pending: ["2", "3"] };
    expect(() => expectUntouched(before, before)).not.toThrow();
    expect(() => expectUntouched(before, { applied: ["1", "2"], pending: ["3"] })).toThrow(
      /it applied 2 there/,
    );
  });
});

describe("the book of locks", () => {
  const relation = (oid: string, table: string, kind = "r") => ({
    oid,
    table,
    kind,
    schema: "public",
    file: oid,
    rows: 1,
    bytes: 1,
  });

  it("adds up how long each was seen and keeps the strongest of a table", () => {
    const book = createLockBook([relation("1", "wallet"), relation("2", "person"), relation("3", "x", "i")]);
    book.see(
      [
        { oid: "1", mode: "ShareLock" },
        { oid: "9", mode: "ShareLock" },
        { oid: "3", mode: "ShareLock" },
      ],
      0,
    );
    book.see(
      [
        { oid: "1", mode: "AccessExclusiveLock" },
        { oid: "2", mode: "ShareLock" },
      ],
      10,
    );
    book.see(
      [
        { oid: "1", mode: "AccessExclusiveLock" },
        { oid: "2", mode: "ShareLock" },
      ],
      30,
    );
    book.see([{ oid: "2", mode: "ShareLock" }], 35);
    expect(book.seen()).toEqual([
      { table: "person", mode: "ShareLock", heldMs: 25 },
      { table: "wallet", mode: "AccessExclusiveLock", heldMs: 20 },
    ]);
  });
});
