import { defineFact, Undeclared } from "../../../model/fact.ts";
import { type CommandRun, coverageRun, testRun } from "../command/facts.ts";
import type { RepositoryOptions } from "../options.ts";

/** The run that writes the report: the tests' own, or that of the line declared for it. */
export const coverageReport = defineFact<CommandRun, RepositoryOptions>({
  id: "repository.coverage-report",
  access: "read",
  reach: "source",
  async collect({ subject, get }) {
    const { coverage, test } = subject.options;
    if (coverage === undefined) {
      throw new Undeclared("no coverage is declared; add repository({ coverage: { lines: 80 } })");
    }
    if (coverage.run === undefined && test === undefined) {
      throw new Undeclared('nothing that writes a report is declared; add repository({ test: "npm test" })');
    }
    return get(coverage.run === undefined ? testRun : coverageRun);
  },
});
