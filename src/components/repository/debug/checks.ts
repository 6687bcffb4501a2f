import { defineCheck } from "../../../model/check.ts";
import { fail, pass, unknown } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { ways } from "../../../model/ways.ts";
import { debugOutput } from "./facts.ts";

const SHOWN = 20;

export const debugOutputAbsent = defineCheck({
  id: "repo.code.debug-output",
  title: "No debugging output (console.log, print, var_dump, ...) is left in the code that is deployed",
  consequence: "Users' data ends up in browser consoles and unstructured logs, or on the page itself.",
  severity: "warning",
  phase: "build",
  freshFor: "30d",
  asks: ways(`
    no leftover console.log | no console.log in production code | console.log statements removed
    remove all console.logs | no console.log statements | remove console.log | debug statements removed
    no debug output left | debug print statements removed | no print statements in the code | debug prints removed
    remove var_dump and dd | no dd() or dump() left | no var_dump left | no fmt.Println debugging left
    no System.out.println | no binding.pry or puts left | remove debugging code | no debug code in production
    Debug-Ausgaben entfernt | keine console.log im Code | aucun console.log restant | sin console.log en producción
    sem console.log no código | nessun console.log | console.log temizlendi
    no debug console.log | no console.log for debugging | console debugging removed
    breakpoints and console.log removed
    no print debugging | no console debugging | no leftover print calls
  `),
  source: "https://eslint.org/docs/latest/rules/no-console",
  needs: { seen: debugOutput },
  run({ seen: { found, files, languages, leftOut, unread } }) {
    const measured = { files, languages: languages.join(", "), leftOut, lines: found.length };
    if (found.length === 0) {
      if (unread.length > 0) return unknown(`${unread.slice(0, 5).join(", ")} cannot be read`);
      const others = leftOut > 0 ? `; ${leftOut} of tests, scripts and tools set aside` : "";
      const looked = quantity(files, "deployed file", "deployed files");
      return pass(`${looked} (${languages.join(", ")}) print nothing by hand${others}`, measured);
    }
    const places = found.map(({ file, line, what }) => `${file}:${line} ${what}`);
    const left = places.length > SHOWN ? `; and ${places.length - SHOWN} more` : "";
    const first = found[0]?.file ?? "";
    return fail(`${quantity(found.length, "line prints", "lines print")} what only its author wants to see`, {
      expected: "deployed code that writes through its logger, or not at all",
      found: `${places.slice(0, SHOWN).join("; ")}${left}`,
      fix: `take the lines out or give them to your logger; where printing is a file's purpose, say so: repository({ debugOutput: { ignore: ["${first}"] } })`,
      findings: [...new Set(found.map(({ file, what }) => `${file}: ${what}`))],
      measured,
    });
  },
});
