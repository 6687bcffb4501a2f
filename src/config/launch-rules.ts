import { formatDuration, parseDuration } from "../model/duration.ts";
import type { Component } from "../model/launch.ts";
import type { Process } from "../model/process.ts";
import type { Variable } from "../model/variable.ts";
import type { JudgedEnvironment, JudgedLaunch } from "./launch-schema.ts";
import { nearest, type UnplacedMistake } from "./mistakes.ts";
import { stageOf } from "./stage.ts";

/** Variables in order without doubles, and those that are declared twice in different words. */
export function joinVariables(all: readonly (Variable & { readonly path: readonly string[] })[]): {
  variables: Variable[];
  findings: UnplacedMistake[];
} {
  const known = new Map<string, Variable>();
  const findings: UnplacedMistake[] = [];
  for (const { path, ...variable } of all) {
    const first = known.get(variable.name);
    if (!first) known.set(variable.name, variable);
    else if (meaningOf(first) !== meaningOf(variable)) {
      findings.push({
        path,
        expected: `${variable.name} as ${first.declaredBy} declares it: ${spoken(first)}`,
        found: `another declaration by ${variable.declaredBy}: ${spoken(variable)}`,
        fix: `declare ${variable.name} once, or in the same way`,
      });
    }
  }
  return { variables: [...known.values()], findings };
}

function meaningOf({ is, required, secret }: Variable): string {
  return JSON.stringify([Object.entries(is).sort(), required, secret]);
}

function spoken({ is, required, secret }: Variable): string {
  return `${required ? "required" : "optional"}${secret ? " secret" : ""} ${is.type}`;
}

/** Two processes that would answer the same requests. */
export function findRouteCollisions(components: readonly Component[]): UnplacedMistake[] {
  const owners = new Map<string, string>();
  const findings: UnplacedMistake[] = [];
  for (const { name, kind, options } of components) {
    for (const route of (kind.processes?.(options, name) ?? []).flatMap((each) => each.routes)) {
      const key = routeText(route);
      const owner = owners.get(key);
      owners.set(key, owner ?? name);
      if (owner === undefined || owner === name) continue;
      findings.push({
        path: ["components", name],
        expected: "a route that no other component answers",
        found: `${key}, which ${owner} answers already`,
        fix: `give ${name} or ${owner} another path or host name`,
      });
    }
  }
  return findings;
}

function routeText({ prefix, host }: Process["routes"][number]): string {
  const path = prefix.replace(/\/+$/, "");
  return `${host?.toLowerCase() ?? ""}${path === "" ? "/" : path}`;
}

/** What a schema cannot tell: figures and words that contradict each other. */
export function findContradictions(launch: Partial<JudgedLaunch>): UnplacedMistake[] {
  return [
    ...findLatencyOrder(launch.promises?.latency ?? {}),
    ...findSameTimes(launch.promises ?? {}),
    ...findWarmth(launch.deploy),
    ...Object.entries(launch.environments ?? {}).flatMap(([name, each]) => findStage(name, each)),
    ...findBadDefaults(launch.variables ?? {}),
  ];
}

function findLatencyOrder({ p50, p95, p99 }: JudgedLaunch["promises"]["latency"]): UnplacedMistake[] {
  const pairs = [
    ["p50", p50, "p95", p95],
    ["p95", p95, "p99", p99],
    ["p50", p50, "p99", p99],
  ] as const;
  const wrong = pairs.find(([, low, , high]) => low !== undefined && high !== undefined && low > high);
  if (!wrong) return [];
  const [lowName, low = 0, highName, high = 0] = wrong;
  return [
    {
      path: ["promises", "latency", lowName],
      expected: `at most the ${formatDuration(high)} of ${highName}`,
      found: formatDuration(low),
      fix: `a greater share of requests cannot be faster: exchange ${lowName} and ${highName}`,
    },
  ];
}

/** "7d" and "168h": one promise could not be told from the other where it is measured. */
function findSameTimes(promises: Partial<JudgedLaunch["promises"]>): UnplacedMistake[] {
  return (["availability", "errors"] as const).flatMap((of) => {
    const shares = promises[of];
    const times = typeof shares === "object" ? Object.keys(shares) : [];
    return times.flatMap((time, index) => {
      const first = times.find((each) => parseDuration(each) === parseDuration(time));
      if (first === undefined || times.indexOf(first) === index) return [];
      return [
        {
          path: ["promises", of, time],
          expected: "one share for each time",
          found: `a second share for the same time as "${first}"`,
          fix: "keep one of the two: a time is promised once",
        },
      ];
    });
  });
}

function findWarmth(deploy: JudgedLaunch["deploy"] | undefined): UnplacedMistake[] {
  if (!deploy || deploy.warm >= deploy.bake) return [];
  return [
    {
      path: ["deploy", "warm"],
      expected: `at least the ${formatDuration(deploy.bake)} of bake`,
      found: formatDuration(deploy.warm),
      fix: "keep the replaced release up while the new one is watched, or it cannot be gone back to at once",
    },
  ];
}

function findStage(name: string, { stage }: JudgedEnvironment): UnplacedMistake[] {
  if (stage !== undefined || stageOf(name) !== undefined) return [];
  const near = nearest(name, ["preview", "staging", "production"]);
  const add = 'add stage: "preview", "staging" or "production"';
  return [
    {
      path: ["environments", name],
      expected: "a stage: the name does not say how near it is to real users",
      found: "no stage",
      didYouMean: near,
      fix: near === undefined ? add : `rename it to ${near}, or ${add}`,
    },
  ];
}

function findBadDefaults(variables: JudgedLaunch["variables"]): UnplacedMistake[] {
  return Object.entries(variables).flatMap(([name, variable]) =>
    variable.secret === true && variable.default !== undefined
      ? [
          {
            path: ["variables", name, "default"],
            expected: "no default: this file is committed, and the variable is declared secret",
            found: "a default",
            fix: "remove it and set the value in the environment",
          },
        ]
      : [],
  );
}
