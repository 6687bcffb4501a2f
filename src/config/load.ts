import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import type { Doors } from "../model/doors.ts";
import type { Environment, Launch } from "../model/launch.ts";
import { buildBackups } from "./backups-schema.ts";
import { buildAlerts, buildTrigger } from "./build-alerts.ts";
import { buildShares, buildWatch } from "./build-watch.ts";
import { findConfigFile } from "./config-file.ts";
import { exportedNames, findUnknownImports } from "./exported-names.ts";
import { judgeLaunch, type Registry, type Sound } from "./judge-launch.ts";
import type { JudgedEnvironment } from "./launch-schema.ts";
import { createLocator, type Locator } from "./locate.ts";
import { type Finding, type Mistake, nearest } from "./mistakes.ts";
import type { NotPlain } from "./plain-data.ts";
import type { DeclarationRunner, Run } from "./run-declaration.ts";
import { runFailure } from "./run-failure.ts";
import { pathText } from "./showing.ts";
import { accessOf, stageOf } from "./stage.ts";
import { withStandIns } from "./stand-ins.ts";

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
  const { doors, declarations, signal, timeoutMs = DEFAULT_TIMEOUT_MS } = request;
  const file = await findConfigFile(request, doors);
  const exported = exportedNames(request);
  const run = await declarations.run({ file, exported, timeoutMs, signal });
  if (run.type !== "launch") {
    const unknown = run.type === "thrown" ? findUnknownImports(run.source, [...exported.keys()]) : [];
    if (unknown.length === 0) throw runFailure(run, file, timeoutMs);
    const imports = unknown.map(({ mistake }) => ({ ...mistake, file: basename(file) }));
    // Once more with those names standing for anything: they are not to hide what else there is to mend.
    const stoodIn = withStandIns(request, exported, unknown);
    const again = await declarations.run({ file, exported: stoodIn.exported, timeoutMs, signal });
    if (again.type !== "launch") return { ok: false, file, mistakes: imports };
    const { mistakes } = await judge(again, { file, registry: stoodIn.registry, doors });
    return { ok: false, file, mistakes: [...imports, ...mistakes] };
  }
  const { mistakes, sound } = await judge(run, { file, registry: request, doors });
  if (mistakes.length > 0 || !sound) return { ok: false, file, mistakes };
  const configuration = createHash("sha256")
    .update(canonical(withoutTime(run.data)))
    .digest("hex");
  return { ok: true, launch: buildLaunch(sound, file, configuration) };
}

async function judge(
  run: Extract<Run, { type: "launch" }>,
  given: { readonly file: string; readonly registry: Registry; readonly doors: Pick<Doors, "files"> },
): Promise<{ readonly mistakes: readonly Mistake[]; readonly sound: Sound | undefined }> {
  const { file, registry, doors } = given;
  const { findings, sound } = judgeLaunch(run.data, registry);
  const all = [
    ...withoutEchoes(findings, run.problems),
    ...run.problems.map((each) => ({ ...each, expected: "data" })),
    ...(sound ? await findMissingChecklist(sound, dirname(file), doors) : []),
  ];
  return { mistakes: placed(all, run.source, basename(file)), sound };
}

/** What is no data was left out, so a schema misses it, or finds its parent empty: that is one mistake, not two. */
function withoutEchoes(findings: readonly Finding[], problems: readonly NotPlain[]): Finding[] {
  const told = problems.map(({ path }) => withoutOptions(path));
  const isEcho = ({ path }: Finding): boolean =>
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
): Promise<Finding[]> {
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

function placed(findings: readonly Finding[], source: string | undefined, file: string): Mistake[] {
  const locator: Locator = createLocator(source);
  const mistakes = findings.map(({ path, expected, found, didYouMean, fix }): Mistake => {
    const inFile = withoutOptions(path);
    const at = locator.locate(inFile);
    return {
      path: pathText(inFile),
      file,
      line: at?.line,
      column: at?.column,
      expected,
      found,
      didYouMean,
      fix,
    };
  });
  return mistakes.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

function buildLaunch(
  { launch, components, variables, targets, channels, destinations }: Sound,
  file: string,
  configuration: string,
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
    environments: Object.entries(launch.environments).map(([name, each]) =>
      buildEnvironment(name, each, targets),
    ),
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

function buildEnvironment(name: string, declared: JudgedEnvironment, targets: Sound["targets"]): Environment {
  const stage = declared.stage ?? stageOf(name);
  const target = targets.get(name);
  if (!stage || !target) throw new Error(`environment ${name} was found sound without a stage or a target`);
  const sources = typeof declared.variables === "string" ? { file: declared.variables } : declared.variables;
  return {
    name,
    stage,
    target,
    variables: { file: sources.file, command: sources.command, process: sources.process ?? false },
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
