import type { IncidentSeverity } from "../../model/channel.ts";
import type { AnyCheck, Severity } from "../../model/check.ts";
import { accessOf } from "../../model/check.ts";
import { type Duration, durationMs } from "../../model/duration.ts";
import type { Component, Environment, Launch } from "../../model/launch.ts";
import type { Confirmation, Monitor } from "../../model/monitor.ts";
import { isDue } from "../../model/phase.ts";
import type { Probe } from "../../model/probe.ts";
import type { DeclaredProbe } from "../../model/watch-policy.ts";
import { adviceFor } from "../probes/advice.ts";
import { dependenciesOf } from "./dependencies.ts";

/** A light question of its own. */
export interface ProbeMonitor {
  readonly monitor: Monitor;
  readonly probe: Probe;
}

/** Checks of one component that are asked equally often: together, so that each fact is seen once. */
export interface CheckRound {
  readonly component: string;
  readonly everyMs: number;
  readonly checks: readonly { readonly monitor: Monitor; readonly check: AnyCheck }[];
}

export interface DerivedMonitors {
  readonly probes: readonly ProbeMonitor[];
  readonly rounds: readonly CheckRound[];
}

const SEVERITIES: Readonly<Record<Severity, IncidentSeverity>> = {
  blocker: "P1",
  warning: "P2",
  info: "P3",
};

/** Everything that is asked all the time of one environment, out of the declaration alone. */
export function monitorsOf(launch: Launch, environment: Environment): DerivedMonitors {
  const dependencies = dependenciesOf(launch);
  const probes: ProbeMonitor[] = [];
  const rounds: CheckRound[] = [];
  const { watch } = launch;
  const through = [...new Set([...dependencies].flatMap(([name, dependsOn]) => [...dependsOn, name]))];
  probes.push(
    ...(watch?.probes ?? []).map((declared) =>
      declaredMonitor(declared, { through, environment: environment.name }),
    ),
  );
  for (const component of launch.components) {
    const dependsOn = dependencies.get(component.name) ?? [];
    probes.push(...probesOf(component, { dependsOn, environment: environment.name }));
    rounds.push(...roundsOf(component, { environment, dependsOn, paces: watch?.every }));
  }
  return { probes, rounds };
}

/** Asked of the environment's own address, it is explained by whatever answers there. */
function declaredMonitor(
  declared: DeclaredProbe,
  { through, environment }: { through: readonly string[]; environment: string },
): ProbeMonitor {
  const { name, title, every, severity, probe } = declared;
  const isFigure = probe.type === "figure";
  const isOwn = "at" in probe && probe.at.startsWith("/");
  return {
    monitor: {
      id: `${isFigure ? "figure" : "probe"}/${name}`,
      component: isFigure ? "figure" : "probe",
      check: undefined,
      title,
      consequence: isFigure ? "The business is not where it should be." : "What relies on it fails.",
      fix: adviceFor(probe, { name, component: undefined, environment }),
      severity,
      every,
      dependsOn: isOwn ? through : [],
      confirm: isFigure ? { failures: 1, successes: 1 } : { failures: 2, successes: 2 },
    },
    probe,
  };
}

function probesOf(
  { name, kind, options }: Component,
  { dependsOn, environment }: { dependsOn: readonly string[]; environment: string },
): ProbeMonitor[] {
  return (kind.probes?.(options, name) ?? []).map(({ name: what, probe, ...told }) => ({
    monitor: {
      ...told,
      id: `${name}/${what}`,
      component: name,
      check: undefined,
      fix: adviceFor(probe, { name: what, component: name, environment }),
      dependsOn,
      confirm: { failures: 2, successes: 2 },
    },
    probe,
  }));
}

function roundsOf(
  { name, kind }: Component,
  given: {
    environment: Environment;
    dependsOn: readonly string[];
    paces: ReadonlyMap<string, Duration> | undefined;
  },
): CheckRound[] {
  const { environment, dependsOn, paces } = given;
  const { allows, stage } = environment;
  const rounds = new Map<number, { monitor: Monitor; check: AnyCheck }[]>();
  for (const check of kind.checks) {
    if (check.every === undefined || accessOf(check) === "drill" || !allows.includes(accessOf(check)))
      continue;
    const every = paces?.get(check.id) ?? check.every;
    const everyMs = durationMs(every);
    if (isManner(check, everyMs) && !isDue(check.phase, stage)) continue;
    const monitor: Monitor = {
      id: `${name}/${check.id}`,
      component: name,
      check: check.id,
      title: check.title,
      consequence: check.consequence,
      severity: SEVERITIES[check.severity],
      ...(check.severity === "info" && { shownOnly: true }),
      every,
      dependsOn,
      confirm: confirmationOf(everyMs),
    };
    rounds.set(everyMs, [...(rounds.get(everyMs) ?? []), { monitor, check }]);
  }
  return [...rounds].map(([everyMs, checks]) => ({ component: name, everyMs, checks }));
}

/** Put right by hand some day, such as a missing security.txt: not yet due, it would only hold incidents open. */
function isManner({ severity }: AnyCheck, everyMs: number): boolean {
  return severity !== "blocker" && everyMs >= HOUR_MS;
}

const HOUR_MS = 3_600_000;
const SELDOM_MS = 300_000;

/** A second look is worth waiting for a minute, not for hours. */
function confirmationOf(everyMs: number): Confirmation {
  return everyMs < SELDOM_MS ? { failures: 2, successes: 1 } : { failures: 1, successes: 1 };
}
