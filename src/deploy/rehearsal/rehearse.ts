import { OutsideError, UserError } from "../../model/errors.ts";
import type { Rehearsal, RehearsalBudget } from "../../model/rehearsal.ts";
import type { Release } from "../../model/release.ts";
import { commandsOf, telltalePaths } from "../commands.ts";
import { forProcesses } from "../handed-values.ts";
import type { Journal } from "../journal.ts";
import { type Migrations, readMigrations } from "../migrations.ts";
import type { DeployRun, Ready } from "../run.ts";
import { type MadeBackup, restorable } from "./backup.ts";
import { CannotCopy, openCopy } from "./copy.ts";
import { measure } from "./measure.ts";
import { startPrevious } from "./previous.ts";
import { redirected } from "./variables.ts";
import { overBudget, rehearsalSentence, verdictOf } from "./verdict.ts";

/** Restoring takes longer than the migration itself may. */
const RESTORE_LIMIT_MS = 3_600_000;

/**
 * Runs the pending migrations on a copy of the data before they touch the data: with the release's own command and
 * variables, under the eyes of a reader and a writer, while the release that is live answers on the same copy.
 * Refuses what takes longer or blocks longer than declared, and what the live release cannot run on.
 */
export async function rehearse(
  run: DeployRun,
  options: { ready: Ready; pending: Migrations; backups: readonly MadeBackup[]; journal: Journal },
): Promise<void> {
  const { launch, before, store, environment, found } = run;
  const { ready, pending, backups, journal } = options;
  const subject = rehearsable(run, backups);
  if (pending.pending.length === 0 && pending.unknown === undefined) {
    return await journal.skip("rehearse", "nothing is to be migrated");
  }
  if (subject === undefined) {
    const why = before
      ? "there is no backup to rehearse on"
      : "nothing is live yet, and nothing was backed up";
    return await journal.skip("rehearse", why);
  }
  await run.lease.step("rehearse");
  const timeoutMs = RESTORE_LIMIT_MS + 2 * launch.deploy.migrateTimeoutMs;
  await journal.step(
    "rehearse",
    { timeoutMs, detail: (each: Rehearsal | undefined) => ({ ...each }) },
    async (signal) => {
      const rehearsal = await onCopy(run, { ...subject, ready, previous: before, pending, signal }).catch(
        (thrown: unknown) => unlessOptional(run, subject.rehearsal, thrown),
      );
      if (rehearsal === undefined) return undefined;
      await store.releases.update(environment.name, ready.release.id, { rehearsal });
      found.release = { ...ready.release, rehearsal };
      found.told.push(rehearsalSentence(rehearsal));
      refuse(run, rehearsal, subject.rehearsal.budget);
      return rehearsal;
    },
  );
}

/** The first component that migrates, can be rehearsed and was backed up. */
function rehearsable({ launch }: DeployRun, backups: readonly MadeBackup[]) {
  for (const { component, migrate } of commandsOf(launch)) {
    const backup = backups.find((each) => each.component === component);
    if (migrate?.rehearsal && backup) {
      return { line: migrate.line, says: migrate.says, rehearsal: migrate.rehearsal, made: backup };
    }
  }
  return undefined;
}

type Subject = NonNullable<ReturnType<typeof rehearsable>>;

async function onCopy(
  run: DeployRun,
  options: Subject & {
    ready: Ready;
    previous: Release | undefined;
    pending: Migrations;
    signal: AbortSignal;
  },
): Promise<Rehearsal> {
  const { doors, launch } = run;
  const { ready, previous, pending, made, line, says, rehearsal, signal } = options;
  const names = [rehearsal.owner, rehearsal.application];
  const live = names.flatMap((name) => ready.values.get(name) ?? []);
  const [owner] = live;
  if (!owner) throw new UserError(`${rehearsal.application} is not set, so there is nothing to rehearse on`);
  const backup = restorable(run, ready, made);
  await using copy = await openCopy({ backup, live: owner, from: [launch.directory], doors, signal });
  const toCopy = { names, live, addressFor: copy.addressFor };
  const variables = redirected(ready.values, toCopy);
  const request = { launch, directory: ready.directory, variables, doors, signal };
  const forPrevious = redirected(forProcesses(ready.variables), toCopy);
  await using old = previous && (await startPrevious(run, { previous, variables: forPrevious, signal }));
  const before = await old?.smoke();
  const { migrateTimeoutMs: timeoutMs } = launch.deploy;
  const figures = await measure(copy, { ...request, line, says, timeoutMs });
  const left = await readMigrations(request);
  if (left.pending.length > 0) {
    throw new OutsideError(`on the copy these are still pending afterwards: ${left.pending.join(", ")}`);
  }
  await expectUntouched(pending, await readMigrations({ ...request, variables: ready.values }));
  const shown = verdictOf(previous?.id, { before, after: await old?.smoke() }, telltalePaths(launch));
  const at = doors.clock.now();
  const { proof } = copy;
  const { id } = backup;
  return {
    at,
    migrations: pending.pending,
    backup: id,
    proof,
    figures,
    previous: previous?.id,
    ...shown,
  };
}

/** A machine without a server to copy to goes on without a rehearsal, and says so, unless one is required. */
function unlessOptional(
  { found }: DeployRun,
  { isRequired }: Subject["rehearsal"],
  thrown: unknown,
): undefined {
  if (!(thrown instanceof CannotCopy) || isRequired) throw thrown;
  found.told.push(
    `the migration was not rehearsed: ${thrown.message}${thrown.fix ? ` (${thrown.fix})` : ""}`,
  );
  return undefined;
}

/** A command that finds the database on its own, in a file of its own, would have migrated the data itself. */
export function expectUntouched(before: Migrations, now: Migrations): void {
  const ran = before.pending.filter((name) => now.applied.includes(name));
  if (ran.length === 0) return;
  throw new UserError(`the rehearsal reached the live database: it applied ${ran.join(", ")} there`, {
    fix: "let the migrate command take the database's address from its variables only",
  });
}

function refuse(run: DeployRun, rehearsal: Rehearsal, budget: RehearsalBudget): void {
  if (run.reason !== undefined) return;
  const over = overBudget(rehearsal.figures, budget);
  if (over.length > 0) {
    throw new UserError(`on a copy of the data the migration went past its budget: ${over.join("; ")}`, {
      fix: 'split it up, or raise migration.budget; to go ahead as it is: --reason "why now"',
    });
  }
  if (rehearsal.verdict !== "restore needed") return;
  throw new UserError(
    `${rehearsal.previous} is live and does not run on the migrated schema: ${rehearsal.reasons.join("; ")}`,
    {
      fix: 'first deploy code that does without what the migration takes away; to go ahead as it is: --reason "why now"',
    },
  );
}
