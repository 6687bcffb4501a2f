import { dirname, join } from "node:path";
import type { Provisioned, ProvisionRequest } from "../../../model/component.ts";
import type { Doors } from "../../../model/doors.ts";
import { serviceAccount, serviceHome } from "../../../system/service-account.ts";
import { migrationVariableOf, type PostgresOptions } from "../options.ts";
import { archiveSettings } from "../point-in-time/spool.ts";
import { accountsFor } from "./accounts.ts";
import { chooseServer, findPrograms } from "./binaries.ts";
import { clearStaleLock, dataVersion, initialise } from "./data-directory.ts";
import { runnableServer } from "./runnable-server.ts";
import { addressFor, settle } from "./settle.ts";

const STOP_GRACE_MS = 30_000;

/**
 * A PostgreSQL of the project's own on a loopback port: two roles, one that owns the tables and one that uses them.
 * Throws UserError when no fitting server is on this machine.
 */
export async function provision(request: ProvisionRequest<PostgresOptions>): Promise<Provisioned> {
  const { name, options: declared, launch, project, directory, doors, signal } = request;
  const account = await serviceAccount(doors, ["postgres", "nobody"]);
  const home = await serviceHome({ directory, account, doors });
  const data = join(home.directory, "data");
  const version = await dataVersion(doors, data);
  const dumps = await findPrograms("pg_dump", doors);
  const servers = await findPrograms("postgres", doors, [project, directory]);
  const chosen = chooseServer(servers, dumps, { version: declared.version, data: version });
  const program = await runnableServer(chosen, { home: home.directory, account, doors });
  const binaries = dirname(program);
  const accounts = await accountsFor({
    launch,
    declared,
    directory,
    data: version === undefined ? undefined : data,
    doors,
  });
  if (version === undefined) {
    await initialise({
      binaries,
      home: home.directory,
      superuser: accounts.superuser,
      account,
      doors,
      signal,
    });
  }
  await clearStaleLock(doors, data);
  const port = await request.port("postgres");
  const pointInTime = declared.backup?.pointInTime;
  const archive = pointInTime
    ? await archiveSettings({ home: home.directory, everyMs: pointInTime.everyMs, account, doors })
    : {};
  const who = account ? `, run by ${account.name}` : "";
  const noDump =
    dumps.length === 0 ? "; no pg_dump here, so no backups: apt-get install postgresql-client" : "";
  return {
    service: {
      name,
      file: program,
      args: ["-D", data, "-p", String(port), ...(await settings(binaries, archive, doors))],
      env: { LC_ALL: "C.UTF-8" },
      cwd: home.directory,
      ...(account && { uid: account.uid, gid: account.gid }),
      port,
      stopSignal: "SIGINT",
      stopGraceMs: STOP_GRACE_MS,
    },
    settle: (limit) => settle({ accounts, declared, port, doors, signal: limit }),
    variables: {
      [declared.variable]: addressFor(accounts.application, port, accounts.database),
      [migrationVariableOf(declared)]: addressFor(accounts.owner, port, accounts.database),
    },
    directories: home.isOutside ? [home.directory] : [],
    told: `PostgreSQL ${chosen.version} from ${dirname(chosen.file)} on port ${port}${who}, data in ${data}${noDump}`,
  };
}

/** Small: it shares a machine with the application, and nobody else uses it. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  password_encryption: "scram-sha-256",
  max_connections: "100",
  shared_buffers: "64MB",
  max_wal_size: "256MB",
  log_checkpoints: "off",
  // A failing statement may hold a value that is nobody's business.
  log_min_error_statement: "panic",
};

const STATISTICS: Readonly<Record<string, string>> = {
  shared_preload_libraries: "pg_stat_statements",
  "pg_stat_statements.track_utility": "off",
};

async function settings(
  binaries: string,
  archive: Readonly<Record<string, string>>,
  { files }: Doors,
): Promise<string[]> {
  const places = ["../lib/pg_stat_statements.so", "../lib/postgresql/pg_stat_statements.so"];
  const found = await Promise.all(places.map((place) => files.stat(join(binaries, place))));
  const all = { ...SETTINGS, ...(found.some(Boolean) ? STATISTICS : {}), ...archive };
  return Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
