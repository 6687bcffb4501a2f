import { type AnyCheck, accessOf, type Needs } from "../model/check.ts";
import type { Environment, Launch } from "../model/launch.ts";
import type { Process } from "../model/process.ts";
import type { RehearsalBudget } from "../model/rehearsal.ts";
import type { Release } from "../model/release.ts";
import type { Access } from "../model/subject.ts";
import { commandsOf, processesOf, smokePaths } from "./commands.ts";
import type { Migrations } from "./migrations.ts";
import type { CodeSource } from "./source.ts";

/** What a deploy would do, as data: nothing of it has happened. */
export interface DeployPlan {
  readonly environment: string;
  readonly from: Pick<Release, "id" | "commit"> | undefined;
  readonly source: Pick<CodeSource, "commit" | "dirty" | "subject">;
  /** Names only. */
  readonly variables: {
    readonly added: readonly string[];
    readonly removed: readonly string[];
    readonly changed: readonly string[];
  };
  readonly migrations: Migrations;
  readonly processes: readonly Pick<Process, "name" | "kind" | "instances">[];
  readonly rehearsal: PlannedRehearsal;
  readonly downtime: DowntimeForecast;
  readonly probes: readonly PlannedProbe[];
}

/** Whether the migrations run on a copy of the data first, what they may take there, and who is asked about it. */
export interface PlannedRehearsal {
  readonly will: boolean;
  readonly why: string;
  readonly budget: RehearsalBudget | undefined;
  /** The live release, started on the copy, and the paths it is asked. */
  readonly previous: string | undefined;
  readonly asks: readonly string[];
}

export interface DowntimeForecast {
  readonly downtime: "none" | "possible";
  readonly reasons: readonly string[];
}

/** A check that does more than read. */
export interface PlannedProbe {
  readonly component: string;
  readonly check: string;
  readonly access: Access;
  readonly sends: readonly string[];
}

export function planDeploy(known: {
  launch: Launch;
  environment: Environment;
  source: CodeSource;
  live: Release | undefined;
  fingerprints: Readonly<Record<string, string>>;
  migrations: Migrations;
}): DeployPlan {
  const { launch, environment, source, live, fingerprints, migrations } = known;
  const processes = processesOf(launch);
  return {
    environment: environment.name,
    from: live && { id: live.id, commit: live.commit },
    source: { commit: source.commit, dirty: source.dirty, subject: source.subject },
    variables: differences(live?.variables ?? {}, fingerprints),
    migrations,
    processes: processes.map(({ name, kind, instances }) => ({ name, kind, instances })),
    rehearsal: planRehearsal({ launch, live, migrations }),
    downtime: forecast({ live, migrations }),
    probes: probesOf(launch, environment),
  };
}

/** Pure: names whose values came, went or changed, by salted fingerprint. */
export function differences(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): DeployPlan["variables"] {
  return {
    added: Object.keys(after).filter((name) => !(name in before)),
    removed: Object.keys(before).filter((name) => !(name in after)),
    changed: Object.keys(after).filter((name) => name in before && before[name] !== after[name]),
  };
}

/** Pure: what `rehearse` is going to do. */
function planRehearsal(known: {
  launch: Launch;
  live: Pick<Release, "id"> | undefined;
  migrations: Migrations;
}): PlannedRehearsal {
  const { launch, live, migrations } = known;
  const not = (why: string) => ({ will: false, why, budget: undefined, previous: undefined, asks: [] });
  if (migrations.pending.length === 0 && migrations.unknown === undefined) {
    return not("nothing is to be migrated");
  }
  if (live === undefined && migrations.applied.length === 0) return not("nothing is live yet");
  const { rehearsal } = commandsOf(launch).find(({ migrate }) => migrate?.rehearsal)?.migrate ?? {};
  if (!rehearsal) return not("no component that migrates can be rehearsed");
  const why = "a fresh backup is restored into a scratch server, and migrated there first";
  return { will: true, why, budget: rehearsal.budget, previous: live?.id, asks: smokePaths(launch) };
}

/** Pure: whether users will notice the switch, and why. */
export function forecast(known: { live: unknown; migrations: Migrations }): DowntimeForecast {
  const { pending, unknown } = known.migrations;
  if (known.live === undefined)
    return { downtime: "none", reasons: ["nothing is live yet, so nobody waits"] };
  if (unknown !== undefined) {
    return { downtime: "possible", reasons: [`pending migrations cannot be told: ${unknown}`] };
  }
  if (pending.length === 0) {
    return { downtime: "none", reasons: ["both releases run side by side; open requests are drained"] };
  }
  const what = pending.length === 1 ? "1 pending migration runs" : `${pending.length} pending migrations run`;
  const reason = `${what} while the old release serves; one that locks a busy table makes its requests wait`;
  return { downtime: "possible", reasons: [reason] };
}

function probesOf(launch: Launch, environment: Environment): PlannedProbe[] {
  return launch.components.flatMap(({ name, kind, options }) =>
    kind.checks
      .filter((check) => accessOf(check) !== "read" && environment.allows.includes(accessOf(check)))
      .filter((check) => Object.values(check.needs as Needs).every((fact) => fact.isAsked?.(options) ?? true))
      .map((check) => ({ component: name, check: check.id, access: accessOf(check), sends: sendsOf(check) })),
  );
}

function sendsOf(check: AnyCheck): string[] {
  return Object.values(check.needs as Needs).flatMap((fact) => fact.sends ?? []);
}
