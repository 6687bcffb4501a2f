import { defineCheck } from "../../../model/check.ts";
import { fail, pass } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { ways } from "../../../model/ways.ts";
import { codeBlockers } from "./facts.ts";

export const todoBlockers = defineCheck({
  id: "repo.code.todo-blockers",
  title: "Nothing in the code waits to be removed before the launch",
  consequence: "One forgotten .only leaves every other test unrun; a debugger statement stops the process.",
  severity: "warning",
  phase: "build",
  freshFor: "30d",
  asks: ways(`
    no debugger statements | no binding.pry left
    TODO blocks launch | FIXME that blocks the launch | no binding.pry or byebug left | no breakpoints left
    no breakpoints left in code | pry and byebug removed | debugger breakpoints removed
    no FIXME that must go before launch
  `),
  needs: { blockers: codeBlockers },
  run({ blockers: { files, found } }) {
    if (found.length === 0) return pass(`${quantity(files, "file holds", "files hold")} none`, { files });
    return fail(`${found.length === 1 ? "1 line waits" : `${found.length} lines wait`} to be removed`, {
      expected: "no .only, no debugger statement, no FIXME(launch)",
      found: found
        .slice(0, 20)
        .map(({ file, line, what }) => `${file}:${line} ${what}`)
        .join("; "),
      fix: `mend ${found
        .slice(0, 20)
        .map(({ file, line }) => `${file}:${line}`)
        .join(", ")}`,
      findings: [...new Set(found.map(({ file, what }) => `${file}: ${what}`))],
      measured: { files, lines: found.length },
    });
  },
});
