import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import type { Doors } from "../model/doors.ts";
import type { Environment, Launch, TargetDeclaration } from "../model/launch.ts";
import { buildBackups } from "./backups-schema.ts";
import { buildAlerts, buildTrigger } from "./build-alerts.ts";
import { buildShares, buildWatch } from "./build-watch.ts";
import { findConfigFile } from "./config-file.ts";
import { findDoubleKeys } from "./double-keys.ts";
import { exportedNames } from "./exported-names.ts";
import { judgeLaunch, type Registry, type Sound } from "./judge-launch.ts";
import type { JudgedEnvironment } from "./launch-schema.ts";
import { createLocator, type Locator } from "./locate.ts";
import { missingImport } from "./missing-import.ts";
import { byPlace, type Mistake, nearest, type UnplacedMistake } from "./mistakes.ts";
import type { NotPlain } from "./plain-data.ts";
import type { DeclarationRunner, Run } from "./run-declaration.ts";
import { runFailure } from "./run-failure.ts";
import { NOTHING, pathText } from "./showing.ts";
import { accessOf, stageOf } from "./stage.ts";
import { isStandIn, withStandIns } from "./stand-ins.ts";
import { findUnknownNames, type UnknownName } from "./unknown-names.ts";

const DEFAULT_TIMEOUT_MS = 5_000;

export interface LoadRequest extends Registry {
  readonly directory: string;
  /** Another file than the one found by its name; relative to the directory. */
  readonly file?: string | undefined;
  readonly doors: Pick<Doors, "files">;
  readonly declarations: DeclarationRunner;
  readonly signal: AbortSignal;
  /** Default 5,000. */
  readonly timeoutMs?: number;
}

export type LoadResult =
  | { readonly ok: true; readonly launch: Launch }
  | { readonly ok: false; readonly file: string; readonly mistakes: readonly Mistake[] };

/**
 * Loads the declaration of a project. All its mistakes come back together, in the order of the file. Throws
 * UserError when there is no declaration to judge: no file, not valid, hanging, throwing, exporting something else.
 */
export async function loadLaunch(request: LoadRequest): Promise<LoadResult> {
  const { doors, timeoutMs = DEFAULT_TIMEOUT_MS } = request;
  const file = await findConfigFile(request, doors);
  const { run, registry, unknown } = await runWithStandIns(request, file, timeoutMs);
  const names = unknown.map(({ mistake }) => mistake);
  if (run.type !== "launch") {
    if (names.length > 0) return { ok: false, file, mistakes: names };
    const missing = run.type === "thrown" ? await missingImport(run, file, doors) : undefined;
    throw missing ?? runFailure(run, file, timeoutMs);
  }
  const { mistakes, sound } = await judge(run, { file, registry, doors });
  const all = [...names, ...mistakes].sort(byPlace);
  if (all.length > 0 || !sound) return { ok: false, file, mistakes: all };
  const configuration = createHash("sha256")
    .update(canonical(withoutTime(run.data)))
    .digest("hex");
  return {
    ok: true,
    launch: buildLaunch(sound, { file, configuration, locator: createLocator(run.source) }),
  };
}

const MAX_UNKNOWN = 20;

/** Runs it; again with each unknown name standing for something, so that none hides what else there is to mend. */
async function runWithStandIns(
  request: LoadRequest,
  file: string,
  timeoutMs: number,
): Promise<{ run: Run; registry: Registry; unknown: readonly UnknownName[] }> {
  const { declarations, signal } = request;
  const exported = exportedNames(request);
  const unknown: UnknownName[] = [];
  for (;;) {
    const stoodIn = withStandIns(request, exported, unknown);
    const { globals } = stoodIn;
    const run = await declarations.run({ file, exported: stoodIn.exported, globals, timeoutMs, signal });
    const found =
      run.type === "thrown" ? findUnknownNames(run, { file, exported: [...exported.keys()] }) : [];
    const more = found.filter(({ name }) => !unknown.some((each) => each.name === name));
    if (more.length === 0 || unknown.length >= MAX_UNKNOWN) {
      return { run, registry: unknown.length === 0 ? request : stoodIn.registry, unknown };
    }
    unknown.push(...more);
  }
}

async function judge(
  run: Extract<Run, { type: "launch" }>,
  given: { readonly file: string; readonly registry: Registry; readonly doors: Pick<Doors, "files"> },
): Promise<{ readonly mistakes: readonly Mistake[]; readonly sound: Sound | undefined }> {
  const { file, registry, doors } = given;
  const { findings, sound } = judgeLaunch(run.data, registry);
  const all = [
    ...withoutEchoes(findings, run.problems),
    ...run.problems.filter(({ kind }) => !isStandIn(kind)).map((each) => ({ ...each, expected: "data" })),
    ...(sound ? await findMissingChecklist(sound, dirname(file), doors) : []),
  ];
  const mistakes = [
    ...placed(all, run.source, basename(file)),
    ...findDoubleKeys(run.source, basename(file)),
  ];
  return { mistakes: mistakes.sort(byPlace), sound };
}

/** What is no data was left out, so a schema misses it, or finds its parent empty: that is one mistake, not two. */
function withoutEchoes(
  findings: readonly UnplacedMistake[],
  problems: readonly NotPlain[],
): UnplacedMistake[] {
  const told = problems.map(({ path }) => withoutOptions(path));
  const isEcho = ({ path }: UnplacedMistake): boolean =>
    path.length > 0 && told.some((each) => path.every((key, index) => each[index] === key));
  return findings.filter((each) => !isEcho(each));
}

const OPTIONS_AT: readonly { readonly above: readonly (string | undefined)[] }[] = [
  { above: ["components", undefined] },
  { above: ["environments", undefined, "target"] },
  { above: ["alerts", "channels", undefined] },
  { above: ["backups", "destinations", undefined] },
];

/** Components are `{ kind, options }` as data; in the file the options stand in the call. */
function withoutOptions(path: readonly PropertyKey[]): readonly PropertyKey[] {
  const at = OPTIONS_AT.find(({ above }) =>
    above.every((key, index) => key === undefined || path[index] === key),
  )?.above.length;
  return at !== undefined && path[at] === "options" ? path.toSpliced(at, 1) : path;
}

async function findMissingChecklist(
  { launch }: Sound,
  directory: string,
  { files }: Pick<Doors, "files">,
): Promise<UnplacedMistake[]> {
  if (launch.checklist === undefined) return [];
  const found = await files.stat(join(directory, launch.checklist));
  if (found && !found.isDirectory) return [];
  const markdown = (await files.list(directory)).filter((name) => /\.md$/i.test(name));
  const near = nearest(launch.checklist, markdown);
  return [
    {
      path: ["checklist"],
      expected: "a Markdown file beside the configuration",
      found: found ? "a directory" : "no such file",
      didYouMean: near,
      fix: near === undefined ? `create ${launch.checklist}, or remove the line` : `write "${near}"`,
    },
  ];
}

function placed(findings: readonly UnplacedMistake[], source: string | undefined, file: string): Mistake[] {
  const locator: Locator = createLocator(source);
  return findings.map((finding): Mistake => {
    const { expected, didYouMean } = finding;
    const inFile = withoutOptions(finding.path);
    const at = locator.locate(inFile);
    const written = finding.found === NOTHING ? locator.textAt(inFile) : undefined;
    const { found, fix } = written === undefined ? finding : givingNothing(written, finding);
    const { line, column } = at ?? {};
    return { path: pathText(inFile), file, line, column, expected, found, didYouMean, fix };
  });
}

/** It stands there, and came to nothing when it was run. */
function givingNothing(written: string, { expected }: UnplacedMistake): Pick<Mistake, "found" | "fix"> {
  if (/\bprocess\.env\b/.test(written))
    return {
      found: "nothing: a declaration sees no variable of the process",
      fix: "write the value itself; what differs from environment to environment belongs into its file of variables",
    };
  return { found: "nothing: what is written there gives undefined", fix: `write ${expected}` };
}

function buildLaunch(
  { launch, components, variables, targets, channels, destinations }: Sound,
  { file, configuration, locator }: { file: string; configuration: string; locator: Locator },
): Launch {
  const { promises, deploy } = launch;
  const { p50, p95, p99 } = promises.latency;
  return {
    name: launch.name,
    directory: dirname(file),
    configFile: file,
    configuration,
    checklist: launch.checklist,
    launchAt: launch.launchAt,
    people: {
      approverDiffers: launch.people.approverDiffers,
      roles: launch.people.roles,
      longestSignOffMs: launch.people.longestSignOff,
      longestWaiverMs: launch.people.longestWaiver,
    },
    components,
    variables,
    promises: {
      ...buildShares(promises.availability, promises.errors),
      latency: {
        ...(p50 !== undefined && { p50Ms: p50 }),
        ...(p95 !== undefined && { p95Ms: p95 }),
        ...(p99 !== undefined && { p99Ms: p99 }),
      },
      rollbackMs: promises.rollback,
    },
    environments: Object.entries(launch.environments).map(([name, each]) => {
      const at = locator.locate(["environments", name, "variables"]);
      const declaredAt = at && `${file}:${at.line}:${at.column}`;
      return buildEnvironment(name, each, { target: targets.get(name), declaredAt });
    }),
    deploy: {
      buildTimeoutMs: deploy.buildTimeout,
      migrateTimeoutMs: deploy.migrateTimeout,
      drainMs: deploy.drain,
      bakeMs: deploy.bake,
      onBadBake: deploy.onBadBake,
      warmMs: deploy.warm,
      keep: deploy.keep,
      smoke: deploy.smoke,
      rollbackOn: deploy.rollbackOn.map(buildTrigger),
      guardMs: deploy.guard,
    },
    alerts: buildAlerts(launch.alerts, channels),
    watch: buildWatch(launch.watch, launch.figures),
    ...(Object.keys(launch.answers).length > 0 && { answers: launch.answers }),
    ...(launch.load && {
      load: {
        users: launch.load.users,
        arrivals: launch.load.arrivals,
        forMs: launch.load.for,
        paths: launch.load.paths,
      },
    }),
    statusPage: launch.statusPage,
    ...(launch.store && { store: launch.store }),
    ...(launch.backups && { backups: buildBackups(launch.backups, destinations) }),
  };
}

function buildEnvironment(
  name: string,
  declared: JudgedEnvironment,
  { target, declaredAt }: { target: TargetDeclaration | undefined; declaredAt: string | undefined },
): Environment {
  const stage = declared.stage ?? stageOf(name);
  if (!stage || !target) throw new Error(`environment ${name} was found sound without a stage or a target`);
  const sources = typeof declared.variables === "string" ? { file: declared.variables } : declared.variables;
  return {
    name,
    stage,
    target,
    variables: {
      file: sources.file,
      command: sources.command,
      process: sources.process ?? false,
      ...(declaredAt !== undefined && { declaredAt }),
    },
    domain: declared.domain,
    ...(declared.watchUrl !== undefined && { watchUrl: declared.watchUrl }),
    allows: accessOf(stage, declared.allows),
  };
}

/** Moving the launch to another day, or what is kept of it to another place, makes no evidence stale. */
function withoutTime(data: unknown): unknown {
  if (typeof data !== "object" || data === null) return data;
  const { launchAt: _, store: __, ...rest } = data as Record<string, unknown>;
  return rest;
}

/** JSON with sorted keys: the same declaration in another order is the same configuration. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
