import { join } from "node:path";
import type { PointInTime, PostgresOptions } from "../../components/postgres/options.ts";
import { spoolOf } from "../../components/postgres/point-in-time/spool.ts";
import { accountsFor } from "../../components/postgres/server/accounts.ts";
import { addressFor } from "../../components/postgres/server/settle.ts";
import type { Component } from "../../model/launch.ts";
import type { Secret } from "../../model/secret.ts";
import type { BackupScene } from "../scene.ts";
import { databaseAddress } from "../sources.ts";

/** A database server that Gonogo itself runs and that is declared to be recoverable to any time. */
export interface OwnServer {
  readonly component: string;
  readonly declared: PointInTime;
  /** As its superuser, in the database "postgres". */
  readonly url: Secret;
  readonly superuser: string;
  /** The application's. */
  readonly database: string;
  /** Where it leaves finished segments. */
  readonly spool: string;
  /** Gonogo's own directory for them on their way; mode 0700. */
  readonly outbox: string;
}

/** Every such server of the environment; one that another machine or a provider runs is none. */
export async function ownServers(scene: BackupScene): Promise<OwnServer[]> {
  const found = await Promise.all(scene.launch.components.map((component) => ownServer(scene, component)));
  return found.filter((each) => each !== undefined);
}

async function ownServer(scene: BackupScene, component: Component): Promise<OwnServer | undefined> {
  const { doors, directory, launch, variables } = scene;
  if (component.kind.kind !== "postgres") return undefined;
  const options = component.options as PostgresOptions;
  const declared = options.backup?.pointInTime;
  const own = join(directory, component.name);
  const isSupplied = (await doors.files.stat(join(own, "passwords.json"))) !== undefined;
  if (!declared || !isSupplied || !variables.has(options.variable)) return undefined;
  const url = new URL(databaseAddress(component, variables).reveal());
  const { superuser, owner, application, database } = await accountsFor({
    launch: launch.name,
    declared: options,
    directory: own,
    data: undefined,
    doors,
  });
  const isOurs = [owner.role, application.role].includes(decodeURIComponent(url.username));
  if (url.hostname !== "127.0.0.1" || !isOurs) return undefined;
  return {
    component: component.name,
    declared,
    url: addressFor(superuser, Number(url.port), "postgres"),
    superuser: superuser.role,
    database,
    spool: await spoolOf(own, doors),
    outbox: join(directory, "backups", "point-in-time", component.name),
  };
}
