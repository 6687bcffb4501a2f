import { describe, expect, it } from "vitest";
import { createGitFolder } from "../../../../test/fixtures/git-folder.ts";
import { answerAbout } from "../repository.fixture.ts";
import { testCoverage } from "./checks.ts";
import { readCoverage } from "./report.ts";

const summary = (covered: number) => {
  const count = { total: 200, covered, skipped: 0, pct: covered / 2 };
  const total = { lines: count, statements: count, functions: count, branches: { ...count, covered: 20 } };
  return JSON.stringify({ total: { ...total, branchesTrue: count }, "/src/a.ts": total, "/src/b.ts": total });
};

describe("a report of coverage", () => {
  it.each([
    ["istanbul", summary(170), 2, { lines: { covered: 170, total: 200 } }],
    [
      "lcov",
      "TN:\nSF:a.ts\nFNF:2\nFNH:1\nLF:10\nLH:8\nBRF:4\nBRH:1\nend_of_record\nSF:b.ts\nLF:10\nLH:10\nend_of_record\n",
      2,
      {
        lines: { covered: 18, total: 20 },
        branches: { covered: 1, total: 4 },
        functions: { covered: 1, total: 2 },
      },
    ],
    [
      "cobertura",
      '<?xml version="1.0"?><coverage line-rate="0.9" lines-covered="9" lines-valid="10" branches-covered="1" branches-valid="2"><class filename="a.py"/></coverage>',
      1,
      { lines: { covered: 9, total: 10 }, branches: { covered: 1, total: 2 } },
    ],
    [
      "cobertura without counts",
      '<coverage line-rate="0.5"><class filename="a"><methods><line number="1" hits="1"/></methods><lines><line number="1" hits="1"/><line number="2" hits="0"/></lines></class></coverage>',
      1,
      { lines: { covered: 1, total: 2 } },
    ],
    [
      "go",
      "mode: set\na.go:1.1,2.2 3 1\na.go:3.1,4.2 1 0\na.go:3.1,4.2 1 0\n",
      1,
      { statements: { covered: 3, total: 4 } },
    ],
    [
      "jacoco",
      '<report name="x"><package><sourcefile/><counter type="LINE" missed="9" covered="9"/></package><counter type="LINE" missed="1" covered="3"/></report>',
      1,
      { lines: { covered: 3, total: 4 } },
    ],
  ])("of %s is read", (_what, text, files, counts) => {
    expect(readCoverage("report", text)).toMatchObject({ files, counts });
  });

  it.each(["", "{}", "<html></html>", "lines: 80"])("is not %j", (text) => {
    expect(readCoverage("report", text)).toBeUndefined();
  });
});

describe("repo.test.coverage", () => {
  const WRITES = "mkdir -p coverage && cp summary.json coverage/coverage-summary.json";

  it("holds what the tests' own report says against what is declared, once on a tree", async () => {
    using project = createGitFolder({ "summary.json": summary(170), ".gitignore": ".gonogo\ncoverage\n" });
    const answer = (coverage: object, test = WRITES) =>
      answerAbout(testCoverage, project.directory, { options: { test, coverage } });
    expect(await answer({ lines: 85 })).toMatchObject({
      status: "pass",
      summary: "85 % of the lines in 2 files (coverage/coverage-summary.json)",
      measured: { linesPercent: 85, remembered: false },
    });
    expect(await answer({ lines: 86, branches: 50 })).toMatchObject({
      status: "fail",
      found: "85 % of the lines: 170 of 200, 10 % of the branches: 20 of 200",
      measured: { leastPercent: 10, remembered: true },
    });
    project.write({ "summary.json": summary(159) });
    expect(await answer({ lines: 80 })).toMatchObject({ status: "fail", measured: { linesPercent: 79.5 } });
    expect(await answer({ lines: 1, run: `${WRITES}; exit 1` })).toMatchObject({
      summary: expect.stringContaining("ended with 1"),
    });
  });

  it("reads what a real runner of tests writes", async () => {
    using project = createGitFolder({
      "a.mjs": "export const a = () => 1;\n\nexport function b() {\n  return 2;\n}\n",
      "a.test.mjs": 'import test from "node:test";\nimport { a } from "./a.mjs";\ntest("a", () => a());\n',
    });
    const test =
      "node --test --experimental-test-coverage --test-coverage-exclude=a.test.mjs --test-reporter=lcov --test-reporter-destination=lcov.info";
    const options = { test, coverage: { lines: 90, functions: 50 } };
    expect(await answerAbout(testCoverage, project.directory, { options })).toMatchObject({
      status: "fail",
      found: "60 % of the lines: 3 of 5",
      findings: ["lines"],
      measured: { files: 1, functionsPercent: 50 },
    });
  });

  it("cannot tell from a report that the run did not write, or that does not count it", async () => {
    using project = createGitFolder({
      "summary.json": summary(170),
      ".gitignore": ".gonogo\ncoverage\nold\n",
    });
    const answer = (coverage: object, test = "true") =>
      answerAbout(testCoverage, project.directory, { options: { test, coverage } });
    expect(await answer({ lines: 1 })).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("wrote none"),
    });
    const old = "touch -d '1 hour ago' old";
    expect(await answer({ lines: 1, report: "old" }, old)).toMatchObject({
      reason: expect.stringContaining("older than the run"),
    });
    expect(await answer({ lines: 1, report: "a.info" }, "echo x > a.info")).toMatchObject({
      status: "unknown",
    });
    const go = "printf 'mode: set\\na.go:1.1,2.2 3 1\\n' > coverage.out";
    expect(await answer({ branches: 1 }, go)).toMatchObject({ reason: "coverage.out counts no branches" });
  });

  it("does not apply where none is declared", async () => {
    using project = createGitFolder({ "a.ts": "" });
    const answer = (options: object) => answerAbout(testCoverage, project.directory, { options });
    expect((await answer({ test: "true" })).status).toBe("not applicable");
    expect((await answer({ coverage: { lines: 80 } })).status).toBe("not applicable");
  });
});
