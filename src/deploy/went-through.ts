import { messageOf, OutsideError } from "../model/errors.ts";
import { type Migrations, readMigrations } from "./migrations.ts";
import type { DeployRun, Ready } from "./run.ts";

const LIMIT_MS = 15_000;

/** Why a migration failed, and how far it came: what stands in the database now is what the next deploy begins from. */
export async function withWhatWentThrough(
  thrown: unknown,
  { run, ready, pending }: { run: DeployRun; ready: Ready; pending: Migrations },
): Promise<OutsideError> {
  const { launch, doors } = run;
  const { directory, values: variables } = ready;
  const request = { launch, directory, variables, doors, signal: AbortSignal.timeout(LIMIT_MS) };
  const left = await readMigrations(request).then(
    (after) => after.pending,
    () => undefined,
  );
  if (left === undefined || pending.pending.length === 0) return new OutsideError(messageOf(thrown));
  const through = pending.pending.filter((each) => !left.includes(each));
  const told = `went through: ${through.join(", ") || "none"}; did not: ${left.join(", ") || "none"}`;
  return new OutsideError(`${messageOf(thrown)}\n${told}`, { cause: thrown });
}

/** What a migration that failed, or was stopped, says of how far it came, once it has ended. */
export async function howFar(work: Promise<void>): Promise<string | undefined> {
  const end = await work.then(() => "", messageOf);
  return /^went through: .*$/m.exec(end)?.[0];
}
