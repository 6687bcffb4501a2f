import type { z } from "zod";
import { type FactContext, NotObserved } from "../model/fact.ts";
import { revealedValues } from "../model/variable.ts";

const LIMIT_MS = 20_000;

/**
 * The last line that a command of the project's own prints, run with the environment's variables. Nothing of it is
 * ever told: such commands print tokens. NotObserved when it fails, prints nothing or takes longer than 20 s.
 */
export async function lastPrinted(
  { subject, doors, signal }: FactContext<unknown>,
  { line, env = {} }: { readonly line: string; readonly env?: Readonly<Record<string, string>> },
): Promise<string> {
  const { code, stdout, timedOut } = await doors.shell.run({
    line,
    cwd: subject.directory,
    env: { ...revealedValues(subject.variables), ...env },
    timeoutMs: LIMIT_MS,
    signal,
  });
  if (timedOut) throw new NotObserved(`\`${line}\` took longer than ${LIMIT_MS / 1_000} s`);
  if (code !== 0) throw new NotObserved(`\`${line}\` ended with ${code ?? "a signal"}`);
  const last = stdout.trim().split("\n").at(-1)?.trim() ?? "";
  if (last === "") throw new NotObserved(`\`${line}\` printed nothing`);
  return last;
}

/** As `lastPrinted`, for JSON of this shape; `looksLike` is how a user would write it. */
export async function printedAnswer<Shape extends z.ZodType>(
  context: FactContext<unknown>,
  { line, shape, looksLike }: { readonly line: string; readonly shape: Shape; readonly looksLike: string },
): Promise<z.output<Shape>> {
  const last = await lastPrinted(context, { line });
  let value: unknown;
  try {
    value = JSON.parse(last);
  } catch {
    throw new NotObserved(`\`${line}\` printed no JSON on its last line; expected ${looksLike}`);
  }
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map(({ path }) => path.join(".") || "its top").join(", ");
  throw new NotObserved(`\`${line}\` printed another shape than ${looksLike} at ${where}`);
}
