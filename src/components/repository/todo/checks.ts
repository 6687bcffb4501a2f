import { defineCheck } from "../../../model/check.ts";
import { fail, pass, unknown } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { ways } from "../../../model/ways.ts";
import { todos } from "./facts.ts";

const SHOWN = 20;

export const todoAbsent = defineCheck({
  id: "repo.code.todo",
  title: "No TODO or FIXME is left in the code",
  consequence: "What somebody meant to do before the launch is found by the users instead.",
  severity: "warning",
  phase: "build",
  freshFor: "30d",
  asks: ways(`
    no TODO left in the code | no TODO comments | no FIXME left | TODO and FIXME comments resolved | all TODOs resolved
    TODO comments removed | no TODOs in production code | no unresolved TODO or FIXME | TODO/FIXME resolved
    no outstanding TODO items in code | keine TODOs im Code | aucun TODO restant dans le code | no quedan TODO en el código
    sem TODO pendente no código | kodda TODO kalmadı
  `),
  needs: { seen: todos },
  run({ seen: { files, found, unread } }, { options }) {
    const most = options.todo?.most ?? 0;
    const measured = { files, left: found.length };
    if (found.length > most) {
      const places = found
        .slice(0, SHOWN)
        .map(({ file, line, word, said }) => `${file}:${line} ${word} ${said}`.trim());
      const more = found.length > SHOWN ? `; and ${found.length - SHOWN} more` : "";
      return fail(`${quantity(found.length, "TODO or FIXME is", "TODOs and FIXMEs are")} left`, {
        expected: most === 0 ? "none in any comment" : `${most} at most`,
        found: `${places.join("; ")}${more}`,
        fix: `do what they say, give them to your tracker and take them out, or say how many may stay: repository({ todo: { most: ${found.length} } })`,
        findings: [...new Set(found.map(({ file, word }) => `${file}: ${word}`))],
        measured,
      });
    }
    if (unread.length > 0) return unknown(`${unread.slice(0, 5).join(", ")} cannot be read`);
    const left = found.length === 0 ? "none" : `${found.length} of the ${most} that may stay`;
    return pass(`the comments of ${quantity(files, "file")} hold ${left}`, measured);
  },
});
