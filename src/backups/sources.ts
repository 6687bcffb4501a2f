import { isAbsolute, join } from "node:path";
import { migrationVariableOf, type PostgresOptions } from "../components/postgres/options.ts";
import type { RedisOptions } from "../components/redis/options.ts";
import { BACKUP_USER } from "../components/redis/provision.ts";
import type { Doors } from "../model/doors.ts";
import { UserError } from "../model/errors.ts";
import type { Component } from "../model/launch.ts";
import type { Secret } from "../model/secret.ts";
import { backUpFiles, filesBytes } from "./files/source.ts";
import { backUpStore } from "./own-store/source.ts";
import { dumpDatabase } from "./postgres/dump.ts";
import { backUpRedis, redisBytes } from "./redis/source.ts";
import type { BackupScene } from "./scene.ts";
import type { Source } from "./source.ts";

/** Every database, the Redis that is declared to keep its data, declared directories, and what Gonogo knows itself. */
export function sourcesOf(scene: BackupScene): Source[] {
  const { launch, policy, doors } = scene;
  const sources = launch.components.flatMap((component): Source[] => {
    if (component.kind.kind === "postgres") return [databaseSource(component, scene)];
    if (component.kind.kind === "redis") return redisSource(component, scene);
    return [];
  });
  const files = policy.files.map((directory): Source => {
    const from = isAbsolute(directory) ? directory : join(launch.directory, directory);
    return {
      component: directory,
      estimateBytes: (signal) => filesBytes(from, doors, signal),
      backUp: async (request) => ({
        part: await backUpFiles({ ...request, name: directory, from, doors }),
        tools: {},
      }),
    };
  });
  if (sources.length + files.length === 0) {
    throw new UserError("there is nothing to back up", {
      fix: 'declare a postgres component, or backups: { files: ["uploads"] }',
    });
  }
  const own: Source = {
    component: "gonogo",
    estimateBytes: async () => 0,
    backUp: async (request) => ({ part: await backUpStore({ ...request, scene }), tools: {} }),
  };
  return [...sources, ...files, own];
}

export async function estimateBytes(sources: readonly Source[], signal: AbortSignal): Promise<number> {
  let sum = 0;
  for (const source of sources) sum += await source.estimateBytes(signal);
  return sum;
}

/** The owner's address where there is one: the application's role may not see every row. Throws UserError. */
export function databaseAddress(component: Component, variables: ReadonlyMap<string, Secret>): Secret {
  const options = component.options as PostgresOptions;
  const url = variables.get(migrationVariableOf(options)) ?? variables.get(options.variable);
  if (url) return url;
  throw new UserError(`${options.variable} is not set, so there is nothing to back up`);
}

function databaseSource(component: Component, { variables, doors }: BackupScene): Source {
  return {
    component: component.name,
    estimateBytes: async (signal) => {
      const url = databaseAddress(component, variables);
      return await tableBytes(url, doors, signal);
    },
    backUp: async (request) => {
      const url = databaseAddress(component, variables);
      const { part, tools } = await dumpDatabase({ ...request, component: component.name, url, doors });
      return { part, tools: { pg_dump: tools.version } };
    },
  };
}

async function tableBytes(url: Secret, doors: Doors, signal: AbortSignal): Promise<number> {
  await using session = await doors.sql.open(url, { statementTimeoutMs: 60_000, signal });
  const [found] = await session.query<{ bytes: number }>(
    "select coalesce(sum(pg_table_size(oid)), 0)::float8 as bytes from pg_class where relkind = 'r' and oid >= 16384",
  );
  return found?.bytes ?? 0;
}

function redisSource(component: Component, { variables, doors, directory }: BackupScene): Source[] {
  const { variable, persistence, use } = component.options as RedisOptions;
  const url = variables.get(variable);
  // Copies that can be made again, or that are declared to be kept nowhere, are not lost by being gone.
  if (!url || persistence === "none" || use === "cache") return [];
  return [
    {
      component: component.name,
      estimateBytes: (signal) => redisBytes(url, doors, signal),
      backUp: async (request) => {
        // Of a Redis that Gonogo supplies, the application may not read everything at once.
        const isSupplied =
          (await doors.files.stat(join(directory, component.name, "password"))) !== undefined;
        const as = isSupplied && new URL(url.reveal()).hostname === "127.0.0.1" ? BACKUP_USER : undefined;
        return await backUpRedis({ ...request, component: component.name, url, as, doors });
      },
    },
  ];
}
