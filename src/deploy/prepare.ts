import type { PendingMigrations } from "../model/component.ts";
import { UserError } from "../model/errors.ts";
import { isStopped } from "../model/stop-signal.ts";
import type { Uploaded } from "../model/target.ts";
import { buildLinesOf, commandsOf, processesOf, runLine } from "./commands.ts";
import { backUpDeclared } from "./declared-backup.ts";
import { keepDependencies } from "./dependencies.ts";
import { evaluate, expectGo } from "./evaluate.ts";
import { fingerprintsOf, forCommands } from "./handed-values.ts";
import type { Journal } from "./journal.ts";
import { type Migrations, readMigrations } from "./migrations.ts";
import type { MadeBackup } from "./rehearsal/backup.ts";
import { AUTOMATIC } from "./rollback-incident.ts";
import type { DeployRun, Ready } from "./run.ts";
import { type CodeSource, exportSource, readSource } from "./source.ts";
import { supply } from "./supply.ts";

/** Everything that can be asked before anything is built: the source, the variables, what the app relies on. */
export async function gate(run: DeployRun, signal: AbortSignal): Promise<Ready> {
  const { launch, environment, store, doors, directory, target, found } = run;
  const source = await readSource(launch.directory, doors);
  await refuseAfterRollback(run, source);
  const named = await run.readVariables(new Map());
  const supplied = await supply({ launch, environment, variables: named, directory, target, doors, signal });
  found.told.push(...supplied.told);
  const variables = await run.readVariables(supplied.variables);
  const values = forCommands(variables);
  const release = await store.releases.add({
    environment: environment.name,
    commit: source.commit,
    createdAt: doors.clock.now(),
    createdBy: run.by,
    variables: fingerprintsOf(values, store.salt),
    configuration: launch.configuration,
    migrations: [],
    backup: undefined,
    state: "staged",
  });
  found.release = release;
  await store.deploys.setRelease(environment.name, run.deployId, {
    release: release.id,
    from: run.before?.id,
  });
  found.evaluation = await evaluate(run, {
    variables,
    release,
    address: undefined,
    reach: ["source", "environment"],
    signal,
  });
  expectGo(found.evaluation, "the gate");
  return {
    release,
    source,
    variables,
    values,
    directory: `${directory}/releases/${release.id}/code`,
    detail: { release: release.id, commit: source.commit, checks: found.evaluation.answers.length },
  };
}

/** After an automatic rollback the same commit goes out again only with a reason. */
async function refuseAfterRollback(
  { store, environment, reason }: DeployRun,
  source: CodeSource,
): Promise<void> {
  if (reason !== undefined) return;
  const releases = await store.releases.list(environment.name, 50);
  const deploys = await store.deploys.list(environment.name, 50);
  const last = deploys.find(
    ({ kind, release }) =>
      kind === "deploy" && releases.some(({ id, commit }) => id === release && commit === source.commit),
  );
  const guarded = deploys.find(
    ({ kind, by, from }) => kind === "rollback" && by === AUTOMATIC && from === last?.release,
  );
  // Ended by whoever began it: no word against the release.
  const back = last?.state === "rolled back" && !isStopped(last.reason) ? last : guarded;
  if (!last || !back) return;
  throw new UserError(`this commit was rolled back as ${last.release}: ${back.reason ?? "no reason kept"}`, {
    where: source.commit,
    fix: 'change the code, or deploy it again with --reason "what is different now"',
  });
}

export async function build(
  { launch, doors, target }: DeployRun,
  ready: Ready,
  signal: AbortSignal,
): Promise<void> {
  await exportSource(ready.source, { into: ready.directory, doors });
  // What is sent to another machine is installed for it by its build line.
  if (!target.upload) {
    const served = processesOf(launch).flatMap(({ site }) => (site ? [site.directory] : []));
    await keepDependencies({ from: launch.directory, into: ready.directory, served, doors, signal });
  }
  for (const line of buildLinesOf(launch)) {
    await runLine({
      line,
      directory: ready.directory,
      variables: ready.values,
      timeoutMs: launch.deploy.buildTimeoutMs,
      doors,
      signal,
    });
  }
}

/** What was built here, to where it runs. */
export async function upload(
  { target: { upload: send }, lease, launch }: DeployRun,
  { release, directory }: Ready,
  journal: Journal,
): Promise<void> {
  if (!send) return;
  await lease.step("upload");
  await journal.step(
    "upload",
    { timeoutMs: launch.deploy.buildTimeoutMs, detail: (sent: Uploaded) => ({ ...sent }) },
    (limit) => send(lease, { id: release.id, directory }, limit),
  );
}

/** Before the first release there may be years of data: of an application that was deployed otherwise until now. */
async function whyNothingIsLost(
  { before, launch }: DeployRun,
  request: Parameters<PendingMigrations>[0],
): Promise<string | undefined> {
  if (before !== undefined) return undefined;
  const empty = commandsOf(launch).flatMap(({ migrate }) => migrate?.isEmpty?.(request) ?? []);
  return (await Promise.all(empty)).every((each) => each)
    ? "nothing is live yet, and no database holds a table"
    : undefined;
}

/** A backup before any migration; nothing to migrate, nothing to back up. */
export async function backUp(
  run: DeployRun,
  ready: Ready,
  journal: Journal,
  signal: AbortSignal,
): Promise<{ migrations: Migrations; backups: readonly MadeBackup[] }> {
  const { launch, doors, store, environment, directory } = run;
  const request = { directory: ready.directory, variables: ready.values, doors, signal };
  const migrations = await readMigrations({ launch, ...request });
  const backups = commandsOf(launch).flatMap(({ component, backup }) =>
    backup ? [{ component, backup }] : [],
  );
  if (migrations.pending.length === 0 && migrations.unknown === undefined) {
    // Where backups are declared, a later step of this name says what became of them.
    if (!launch.backups) await journal.skip("backup", "nothing is to be migrated");
    return { migrations, backups: [] };
  }
  const skipped =
    backups.length === 0 ? "no component can be backed up" : await whyNothingIsLost(run, request);
  if (skipped !== undefined) {
    await journal.skip("backup", skipped);
    return { migrations, backups: [] };
  }
  await run.lease.step("backup");
  const made = await journal.step(
    "backup",
    {
      timeoutMs: launch.deploy.migrateTimeoutMs,
      about: "before the migration",
      detail: (backups: readonly MadeBackup[]) => ({ backups }),
    },
    async (limit) => {
      const declared = await backUpDeclared(run, ready, { reason: "before a migration", signal: limit });
      if (declared !== undefined) {
        await store.releases.update(environment.name, ready.release.id, { backup: declared });
        return backups.map(({ component }): MadeBackup => ({ component, declared }));
      }
      const files: { component: string; file: string; sizeBytes: number }[] = [];
      for (const { component, backup } of backups) {
        const into = `${directory}/backups/${ready.release.id}-${component}`;
        await doors.files.makeDirectory(into, { mode: 0o700 });
        files.push({ component, ...(await backup({ ...request, directory: into, signal: limit })) });
      }
      const id = files.map((each) => each.file).join(", ");
      await store.releases.update(environment.name, ready.release.id, { backup: id });
      return files;
    },
  );
  return { migrations, backups: made };
}
