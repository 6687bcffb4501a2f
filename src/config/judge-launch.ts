import type { z } from "zod";
import type { Channel } from "../model/alert-policy.ts";
import type { Destination } from "../model/backup-policy.ts";
import type { AnyChannelKind } from "../model/channel.ts";
import type { AnyComponentKind } from "../model/component.ts";
import type { AnyDestinationKind } from "../model/destination.ts";
import type { Component, TargetDeclaration } from "../model/launch.ts";
import type { AnyTargetKind } from "../model/target.ts";
import type { Variable } from "../model/variable.ts";
import { findAlertMistakes, findPaceMistakes, findTriggerMistakes } from "./alert-rules.ts";
import { findLogsForNobody } from "./backup-rules.ts";
import { findContradictions, findRouteCollisions, joinVariables } from "./launch-rules.ts";
import { type JudgedLaunch, launchSchema } from "./launch-schema.ts";
import { nearest, type UnplacedMistake } from "./mistakes.ts";
import { judgeBySchema } from "./schema-findings.ts";
import { isSecretName, shown } from "./showing.ts";

export interface Registry {
  readonly kinds: ReadonlyMap<string, AnyComponentKind>;
  readonly targets: ReadonlyMap<string, AnyTargetKind>;
  readonly channels: ReadonlyMap<string, AnyChannelKind>;
  readonly destinations?: ReadonlyMap<string, AnyDestinationKind>;
}

/** A declaration whose every part was judged. */
export interface Sound {
  readonly launch: JudgedLaunch;
  readonly components: readonly Component[];
  readonly variables: readonly Variable[];
  readonly targets: ReadonlyMap<string, TargetDeclaration>;
  readonly channels: readonly Channel[];
  readonly destinations: readonly Destination[];
}

/** Judges a declaration as data. Pure; goes on after the first mistake, part by part. */
export function judgeLaunch(
  data: unknown,
  registry: Registry,
): { readonly findings: readonly UnplacedMistake[]; readonly sound: Sound | undefined } {
  const whole = judgeBySchema(launchSchema, data, []);
  const parts = partsOf(data);
  const components = judgeEach(declaredIn(data, "components"), registry.kinds, "component");
  const targets = judgeEach(declaredIn(data, "environments", "target"), registry.targets, "target");
  const channels = judgeEach(
    declaredIn(parentOf(data, "alerts"), "channels", undefined, ["alerts"]),
    registry.channels,
    "channel",
  );
  const places = judgeEach(
    declaredIn(parentOf(data, "backups"), "destinations", undefined, ["backups"]),
    registry.destinations ?? new Map(),
    "destination",
  );
  const destinations = [...places.sound].map(([name, { kind, options }]) => ({ name, kind, options }));
  const told = [...channels.sound].map(([name, { kind, options }]) => ({ name, kind, options }));
  const sound = [...components.sound].map(([name, { kind, options }]) => ({ name, kind, options }));
  const joined = joinVariables([
    ...launchVariables(parts.variables ?? {}),
    ...sound.flatMap(componentVariables),
    ...told.flatMap(channelVariables),
    ...destinations.flatMap(destinationVariables),
    ...telemetryVariables(parts.watch),
    ...(parts.backups ? [identityVariable(parts.backups.identity)] : []),
  ]);
  const findings = [
    ...(whole.ok ? [] : whole.findings),
    ...components.findings,
    ...targets.findings,
    ...channels.findings,
    ...places.findings,
    ...joined.findings,
    ...findRouteCollisions(sound),
    ...findLogsForNobody(sound, parentOf(data, "backups") !== undefined),
    ...findContradictions(parts),
    ...findAlertMistakes(
      parts.alerts,
      sound.map(({ name }) => name),
    ),
    ...findTriggerMistakes(parts.deploy?.rollbackOn ?? [], sound),
    ...findPaceMistakes(parts.watch?.every ?? {}, sound),
    ...findEmpty(data, "components", "web({ ... })"),
    ...findEmpty(data, "environments", "staging: { target: local() }"),
  ];
  if (!whole.ok || findings.length > 0) return { findings, sound: undefined };
  return {
    findings,
    sound: {
      launch: whole.output,
      components: sound,
      variables: joined.variables,
      targets: mapOf(targets.sound, ({ kind, options }) => ({ kind: kind.kind, options })),
      channels: told,
      destinations,
    },
  };
}

/** Every part that is sound by itself, so that rules across parts are asked although another part is not. */
function partsOf(data: unknown): Partial<JudgedLaunch> {
  const given = isObject(data) ? data : {};
  const parts = Object.entries(launchSchema.shape).map(([key, schema]) => {
    const judged = (schema as z.ZodType).safeParse(given[key]);
    return [key, judged.success ? judged.data : undefined];
  });
  return Object.fromEntries(parts) as Partial<JudgedLaunch>;
}

interface Given {
  readonly name: string;
  readonly path: readonly string[];
  readonly kind: string;
  readonly options: unknown;
}

/** What was declared by calls, however wrong the rest around it is. */
function declaredIn(data: unknown, section: string, below?: string, above: readonly string[] = []): Given[] {
  const entries = isObject(data) && isObject(data[section]) ? Object.entries(data[section]) : [];
  return entries.flatMap(([name, each]) => {
    const declared = below !== undefined && isObject(each) ? each[below] : each;
    const isDeclared = isObject(declared) && typeof declared.kind === "string";
    const path = [...above, section, name, ...(below === undefined ? [] : [below])];
    return isDeclared ? [{ name, path, kind: String(declared.kind), options: declared.options ?? {} }] : [];
  });
}

function findEmpty(data: unknown, section: string, example: string): UnplacedMistake[] {
  const given = isObject(data) ? data[section] : undefined;
  if (!isObject(given) || Object.keys(given).length > 0) return [];
  return [{ path: [section], expected: "at least one", found: "none", fix: `add one such as ${example}` }];
}

interface Kind {
  readonly kind: string;
  readonly options: z.ZodType;
}

function judgeEach<K extends Kind>(
  given: readonly Given[],
  known: ReadonlyMap<string, K>,
  word: string,
): { sound: Map<string, { kind: K; options: unknown }>; findings: UnplacedMistake[] } {
  const sound = new Map<string, { kind: K; options: unknown }>();
  const findings: UnplacedMistake[] = [];
  for (const { name, path, kind: wanted, options } of given) {
    const kind = known.get(wanted);
    if (!kind) {
      findings.push(unknownKind(wanted, path, [...known.keys()], word));
      continue;
    }
    if (!isObject(options)) {
      const found = shown(options, path);
      findings.push({
        path,
        expected: "options in braces",
        found,
        fix: "write { ... } with the name of the option it is",
      });
      continue;
    }
    const judged = judgeBySchema(kind.options, options, path);
    if (judged.ok) sound.set(name, { kind, options: judged.output });
    else findings.push(...judged.findings);
  }
  return { sound, findings };
}

function unknownKind(
  kind: string,
  path: readonly string[],
  known: readonly string[],
  word: string,
): UnplacedMistake {
  const near = nearest(kind, known);
  return {
    path,
    expected: `a ${word} of one of the kinds ${known.join(", ")}`,
    found: `the unknown kind ${shown(kind, [])}`,
    didYouMean: near,
    fix:
      near === undefined
        ? `declare it with one of the ${word}s that gonogo exports`
        : `write ${near}({ ... })`,
  };
}

type Placed = Variable & { readonly path: readonly string[] };

function launchVariables(variables: JudgedLaunch["variables"]): Placed[] {
  return Object.entries(variables).map(([name, declared]) => {
    const { required, secret, description, testPrefixes, livePrefixes, default: otherwise, ...is } = declared;
    return {
      name,
      path: ["variables", name],
      declaredBy: "launch",
      is,
      required,
      secret: secret ?? isSecretName(name),
      description,
      ...(testPrefixes && { testPrefixes }),
      ...(livePrefixes && { livePrefixes }),
      ...(otherwise !== undefined && { default: otherwise }),
    } as Placed;
  });
}

function componentVariables({ name, kind, options }: Component): Placed[] {
  const brought = kind.variables(options, name) as readonly Omit<Variable, "declaredBy">[];
  return brought.map((each) => ({
    ...each,
    path: ["components", name],
    declaredBy: `${name} (${kind.kind})`,
  }));
}

/** Gonogo's own credentials: the application is not to have them. */
function channelVariables({ name, kind, options }: Channel): Placed[] {
  return kind.variables(options).map((each) => ({
    ...each,
    path: ["alerts", "channels", name],
    declaredBy: `${name} (${kind.kind})`,
    readBy: "nobody",
  }));
}

function telemetryVariables(
  watch: { telemetry?: { headers?: string | undefined } | undefined } | undefined,
): Placed[] {
  const name = watch?.telemetry?.headers;
  if (name === undefined) return [];
  const description = "Headers of the collector of OpenTelemetry: name=value,name=value";
  const path = ["watch", "telemetry", "headers"];
  const is = { type: "string" as const };
  return [
    { name, is, required: true, secret: true, description, path, declaredBy: "watch", readBy: "nobody" },
  ];
}

function destinationVariables({ name, kind, options }: Destination): Placed[] {
  return kind.variables(options).map((each) => ({
    ...each,
    path: ["backups", "destinations", name],
    declaredBy: `${name} (${kind.kind})`,
    readBy: "nobody",
  }));
}

function identityVariable(name: string): Placed {
  return {
    name,
    path: ["backups", "identity"],
    declaredBy: "backups",
    is: { type: "string" },
    required: false,
    secret: true,
    description: "The age private key that opens the backups, or the path of a file with it.",
    readBy: "nobody",
  };
}

function parentOf(data: unknown, section: string): unknown {
  return isObject(data) ? data[section] : undefined;
}

function mapOf<V, R>(map: ReadonlyMap<string, V>, change: (value: V) => R): Map<string, R> {
  return new Map([...map].map(([name, value]) => [name, change(value)]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
