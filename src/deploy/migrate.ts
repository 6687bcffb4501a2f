import { messageOf, UserError } from "../model/errors.ts";
import { commandsOf, runLine } from "./commands.ts";
import type { Journal } from "./journal.ts";
import { type Migrations, readMigrations } from "./migrations.ts";
import type { DeployRun, Ready } from "./run.ts";
import { howFar, withWhatWentThrough } from "./went-through.ts";

/** Once per deploy, with the new release's code and variables; a failure leaves the old release serving. */
export async function migrate(
  run: DeployRun,
  options: { ready: Ready; pending: Migrations; journal: Journal; timeoutMs: number },
): Promise<void> {
  const { ready, pending, journal, timeoutMs } = options;
  const lines = commandsOf(run.launch).flatMap((each) => each.migrate ?? []);
  if (lines.length === 0 || (pending.unknown === undefined && pending.pending.length === 0)) {
    await journal.skip("migrate", lines.length === 0 ? "no component migrates" : "nothing is to be migrated");
    await keepMigrations(run, ready, pending.applied);
    return;
  }
  await run.lease.step("migrate");
  let work: Promise<void> = Promise.resolve();
  try {
    await journal.step("migrate", { timeoutMs, detail: () => ({ pending: pending.pending }) }, (signal) => {
      work = applyMigrations(run, { ready, pending, timeoutMs, signal });
      return work;
    });
  } catch (thrown) {
    // Who stops it is answered at once; how far it came is known when the command has ended.
    const told = await howFar(work);
    if (told !== undefined && !messageOf(thrown).includes(told))
      run.found.told.push(`of the migrations ${told}`);
    throw thrown;
  }
}

async function applyMigrations(
  run: DeployRun,
  options: { ready: Ready; pending: Migrations; timeoutMs: number; signal: AbortSignal },
): Promise<void> {
  const { ready, pending, timeoutMs, signal } = options;
  const { values: variables, directory } = ready;
  const { launch, doors } = run;
  try {
    for (const { line, says } of commandsOf(launch).flatMap((each) => each.migrate ?? [])) {
      await runLine({ line, says, directory, variables, timeoutMs, doors, signal });
    }
  } catch (thrown) {
    throw await withWhatWentThrough(thrown, { run, ready, pending });
  }
  const after = await readMigrations({ launch, directory, variables, doors, signal });
  if (after.pending.length > 0) {
    throw new UserError(
      `the command ended well but these are still pending: ${after.pending.join(", ")}`,
      after.applied.length > 0
        ? {}
        : {
            fix: "where it keeps a record of its own, let that be a table schema_migrations or migrations with the file's name in a column name",
          },
    );
  }
  await keepMigrations(run, ready, after.applied);
}

async function keepMigrations(
  run: DeployRun,
  { release }: Ready,
  migrations: readonly string[],
): Promise<void> {
  await run.store.releases.update(run.environment.name, release.id, { migrations });
}
