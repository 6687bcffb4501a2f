import type { z } from "zod";
import { defineFact, type FactContext, NotObserved, Undeclared } from "../../model/fact.ts";
import { jsonIn } from "../../model/json.ts";
import { createMask } from "../../model/masking.ts";
import type { Access } from "../../model/subject.ts";
import { revealedValues } from "../../model/variable.ts";
import type { WorkerOptions } from "./options.ts";

/** What a line of the project said on its last line, or that it ended badly. */
export type Said<Answer> =
  | { readonly how: "answered"; readonly line: string; readonly answer: Answer }
  | {
      readonly how: "failed";
      readonly line: string;
      readonly why: string;
      /** The end of what it wrote to stderr, values of variables masked. */
      readonly lastLine: string;
    };

const LONGEST_MS = 120_000;
const CANNOT_RUN = new Set([126, 127]);

/** A fact that a line of the project's own tells, run with the environment's variables. */
export function declaredLine<Schema extends z.ZodType>(definition: {
  readonly id: string;
  readonly access: Access;
  readonly option: keyof WorkerOptions;
  readonly lineOf: (options: WorkerOptions) => { run: string; timeoutMs: number } | undefined;
  readonly answer: Schema;
  /** For the user: what the line has to print. */
  readonly prints: string;
  readonly sends?: string;
}) {
  const { id, access, option, lineOf, answer, prints, sends } = definition;
  return defineFact<Said<z.output<Schema>>, WorkerOptions>({
    id,
    access,
    reach: "application",
    timeoutMs: LONGEST_MS + 5_000,
    ...(sends !== undefined && { sends }),
    isAsked: (options) => lineOf(options) !== undefined,
    async collect({ subject, doors, signal }: FactContext<WorkerOptions>) {
      const line = lineOf(subject.options);
      if (!line) throw new Undeclared(`nothing is declared to ask; worker({ ${option}: ... })`);
      if (!subject.runtime) throw new NotObserved(`nothing is deployed in ${subject.environment.name} yet`);
      const env = revealedValues(subject.variables);
      const masked = createMask(env);
      const result = await doors.shell.run({
        line: line.run,
        cwd: subject.directory,
        env,
        timeoutMs: Math.min(line.timeoutMs, LONGEST_MS),
        signal,
      });
      const shown = masked(line.run);
      const lastLine = lastOf(masked(result.stderr));
      if (result.code !== null && CANNOT_RUN.has(result.code)) {
        throw new NotObserved(`\`${shown}\` cannot be run here: ${lastLine}`);
      }
      if (result.timedOut) return { how: "failed", line: shown, why: "was not done in time", lastLine };
      if (result.code !== 0) {
        const why = result.code === null ? `was ended by ${result.signal}` : `ended with ${result.code}`;
        return { how: "failed", line: shown, why, lastLine };
      }
      const said = answer.safeParse(jsonIn(lastOf(result.stdout)));
      if (!said.success) throw new NotObserved(`\`${shown}\` did not print ${prints} on its last line`);
      return { how: "answered", line: shown, answer: said.data };
    },
  });
}

function lastOf(text: string): string {
  return text.trim().split("\n").at(-1)?.trim().slice(0, 300) ?? "";
}
