import type { Provisioned } from "../model/component.ts";
import type { Doors } from "../model/doors.ts";
import type { Component, Environment, Launch } from "../model/launch.ts";
import { revealed, Secret } from "../model/secret.ts";
import type { Target } from "../model/target.ts";
import type { Variables } from "../model/variable.ts";
import { outsideDirectories } from "../system/service-account.ts";

export interface Supplied {
  readonly variables: ReadonlyMap<string, Secret>;
  /** One sentence a component: what was found or started. */
  readonly told: readonly string[];
}

/**
 * Supplies what the launch relies on and no source names (a local Postgres when DATABASE_URL is unset), keeps it
 * running, and remembers the variables in a 0600 file so that later commands reach it too.
 */
export async function supply(options: {
  launch: Launch;
  environment: Environment;
  variables: Variables;
  directory: string;
  target: Target;
  doors: Doors;
  signal: AbortSignal;
}): Promise<Supplied> {
  const { launch, environment, variables, directory, target, doors, signal } = options;
  const wanted = target.suppliesNothing
    ? []
    : launch.components.filter((component) => isUnsupplied(component, variables));
  const supplied = await Promise.all(
    wanted.map(async ({ name, kind, options: declared }) => {
      const own = `${directory}/${name}`;
      await doors.files.makeDirectory(own, { mode: 0o700 });
      const provisioned = await kind.provision?.({
        name,
        options: declared,
        launch: launch.name,
        project: launch.directory,
        stage: environment.stage,
        directory: own,
        doors,
        port: (label: string) => target.port(`${name}.${label}`, signal),
        signal,
      });
      if (provisioned) await settle(provisioned, target, signal);
      return provisioned;
    }),
  );
  const found = supplied.filter((each): each is Provisioned => each !== undefined);
  const values = new Map(found.flatMap((each) => Object.entries(each.variables)));
  if (found.length > 0) await remember(directory, values, doors);
  return { variables: values, told: found.map((each) => each.told) };
}

async function settle(provisioned: Provisioned, target: Target, signal: AbortSignal): Promise<void> {
  await target.supply(provisioned.service, signal);
  await provisioned.settle?.(signal);
}

/** Names of variables that have no value yet, and get one from the first deploy. */
export function toBeSupplied({ components }: Launch, variables: Variables): ReadonlySet<string> {
  const supplied = components.filter((each) => each.kind.isSupplied && isUnsupplied(each, variables));
  const names = supplied.flatMap(({ kind, options, name }) => kind.variables(options, name));
  return new Set(names.map(({ name }) => name).filter((name) => !isNamed(variables, name)));
}

/** What is foretold has no value yet: a blank one would be taken for the address of a server. */
export function withSupplied(launch: Launch, variables: Variables): Variables {
  const foretold = toBeSupplied(launch, variables);
  const values = new Map([...variables.values].filter(([name]) => !foretold.has(name)));
  return { ...variables, values, toBeSupplied: foretold };
}

/** A component that can be supplied, and whose required variables come from nowhere else. */
function isUnsupplied({ name, kind, options }: Component, variables: Variables): boolean {
  if (!kind.provision) return false;
  const required = kind.variables(options, name).filter((variable) => variable.required);
  return !required.every((variable) => {
    const value = variables.values.get(variable.name);
    return isNamed(variables, variable.name) && !value?.source.startsWith("provisioned");
  });
}

/** `DATABASE_URL=`, as it stands in a file copied from .env.example, names no server. */
function isNamed({ values }: Variables, name: string): boolean {
  return (values.get(name)?.value.reveal().trim() ?? "") !== "";
}

const FILE = "provisioned.json";

async function remember(directory: string, values: ReadonlyMap<string, Secret>, doors: Doors): Promise<void> {
  await doors.files.write(`${directory}/${FILE}`, JSON.stringify(revealed(values)), { mode: 0o600 });
}

/** Variables supplied by an earlier deploy of this environment. */
export async function readProvisioned(directory: string, doors: Doors): Promise<ReadonlyMap<string, Secret>> {
  const text = await doors.files.read(`${directory}/${FILE}`);
  if (text === undefined) return new Map();
  const plain = JSON.parse(text) as Record<string, string>;
  return new Map(Object.entries(plain).map(([name, value]) => [name, new Secret(value)]));
}

/** Directories of supplied services that lie outside the environment's own: gone with the environment, or left behind. */
export async function directoriesOutside(launch: Launch, directory: string, doors: Doors): Promise<string[]> {
  const found = await Promise.all(
    launch.components.map(({ name }) => outsideDirectories(doors, `${directory}/${name}`)),
  );
  return found.flat();
}
