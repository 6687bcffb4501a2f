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
    remove debug code | no console.log or debugger statements left | no TODO or FIXME blockers
    debug statements removed | no console.log in production code | no debug code | TODOs resolved
    debug logging removed | no TODO or FIXME in critical paths | no FIXME left | no console.log statements
    console.log removed | remove console logs | debug code removed | no debugger statements
    commented out code removed | no TODO comments in critical code | no leftover debug code
    frontend debug logs removed | console.log / debugger removed | no leftover console.log
    no debug statements | debug output removed | test code removed | dd() and var_dump removed
    print statements removed | no binding.pry left | no TODOs or FIXMEs | TODOs removed
    no leftover TODO comments | debug prints removed | console statements removed from the build
    test code and mock data removed | mock data removed | unused code removed | No commented-out code
    no TODO or FIXME left | grep FIXME | leftover placeholder code removed | TODO blocks launch
    grep TODO returns nothing | no TODO in the code | leftover test code | FIXME that blocks the launch
    test data and debug code removed | console logs stripped from the production build
    no mock data in production code | no mock data in production | no console logs in production code
    all TODOs addressed | no console logs left | no binding.pry or byebug left | no breakpoints left
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
