import { join } from "node:path";
import { quoteIdentifier } from "../../components/postgres/identifiers.ts";
import type { BackupObject, OpenPostgresPart } from "../../model/backup.ts";
import type { Place } from "../../model/destination.ts";
import type { Doors } from "../../model/doors.ts";
import { messageOf, UserError } from "../../model/errors.ts";
import type { Secret } from "../../model/secret.ts";
import { objectHolding } from "../contents.ts";
import { BackupFault } from "../fault.ts";
import { inParallel } from "../in-parallel.ts";
import { readObject, readPacked } from "../objects.ts";
import { temporaryDirectory } from "../temporary.ts";
import { ownRules, readToc } from "./own-rules.ts";
import { findTools, lastWords, programEnvironment, type Tools } from "./programs.ts";

export interface RestoreRequest {
  readonly part: OpenPostgresPart;
  readonly place: Place;
  readonly backup: string;
  readonly identities: readonly Secret[];
  /** An empty database, as a role that may make everything in it. */
  readonly url: Secret;
  /** Roles that the server has not are made, without a login: for a server that holds copies only. */
  readonly makesRoles: boolean;
  readonly jobs: number;
  readonly doors: Doors;
  readonly signal: AbortSignal;
  /** What an earlier attempt on the same database has finished. */
  readonly done?: ReadonlySet<string>;
  readonly onDone?: (step: string) => Promise<void>;
  readonly onBytes?: (storedBytes: number) => void;
}

/**
 * Restores a database from its archives: structure, rows of many tables at once, then indexes, constraints, triggers
 * and policies. Each object is one transaction, so an interrupted restore goes on with the next. Throws BackupFault
 * naming what is wrong with the backup, UserError with what this server lacks.
 */
export async function restoreDatabase(request: RestoreRequest): Promise<Tools> {
  const { part, doors, signal, jobs, done = new Set(), onDone = async () => undefined } = request;
  const serverMajor = await prepare(request);
  const tools = await findTools(Math.max(serverMajor, part.serverMajor), doors);
  const structure = objectHolding(part, "structure");
  const home = await temporaryDirectory("restore", doors);
  try {
    const archive = join(home, "structure.dump");
    await readObject(structure, request, await doors.files.writeStream(archive, { mode: 0o600 }));
    const once = async (step: string, work: () => Promise<void>): Promise<void> => {
      if (done.has(step)) return;
      await work();
      await onDone(step);
    };
    const makeRules = (of: string, args: readonly string[]): Promise<void> =>
      once(`rules of ${of}`, async () => {
        const begun = `rules of ${of}, begun`;
        // Begun before and not finished: what is there already is made anew.
        const again = done.has(begun) ? ["--clean", "--if-exists"] : [];
        await onDone(begun);
        await run(request, tools, ["--section=post-data", ...again, ...args, archive]);
      });
    await once("before the rows", () =>
      run(request, tools, ["--section=pre-data", "--single-transaction", archive]),
    );
    const rows = part.objects.filter(({ holds }) => holds === "data" || holds === "rows of a table");
    const lists = await planRules({ archive, home, request, tools });
    await inParallel(
      rows.toSorted((a, b) => b.plainBytes - a.plainBytes),
      { width: jobs, signal },
      async (object, limit) => {
        await once(object.name, () => restoreRows(object, { ...request, signal: limit }, tools));
        const own = lists.of(object.name);
        if (own !== undefined) await makeRules(object.name, [`--use-list=${own}`]);
      },
    );
    await makeRules("all", [`--use-list=${lists.rest}`, `--jobs=${jobs}`]);
  } finally {
    await doors.files.remove(home);
  }
  return tools;
}

/** Files that list what is made of the structure when: after the rows of one object, and after all. */
interface RuleLists {
  of(object: string): string | undefined;
  readonly rest: string;
}

const SCRIPT_COMMENTS =
  '"$0" --verbose --file=- "$1" 2>/dev/null | grep -E "^-- (TOC entry|Dependencies:|Name:) " || true';

async function planRules(at: {
  readonly archive: string;
  readonly home: string;
  readonly request: RestoreRequest;
  readonly tools: Tools;
}): Promise<RuleLists> {
  const { archive, home, request, tools } = at;
  const { part, doors, signal } = request;
  const said = async (file: string, ...args: readonly string[]): Promise<string> => {
    const env = { LC_ALL: "C" };
    return (await doors.shell.run({ file, args, env, maxOutputBytes: 268_435_456, signal })).stdout;
  };
  const after = await said(tools.restore, "--list", "--section=post-data", archive);
  const toc = readToc(
    await said(tools.restore, "--list", archive),
    after,
    await said("/bin/sh", "-c", SCRIPT_COMMENTS, tools.restore, archive),
  );
  const files = new Map<string, string>();
  const taken = new Set<number>();
  const write = async (name: string, ids: readonly number[]): Promise<string> => {
    const file = join(home, `${name}.list`);
    await doors.files.write(file, ids.map((id) => `${id};\n`).join(""), { mode: 0o600 });
    return file;
  };
  for (const { oid, object } of part.contents.tables) {
    const own = object === undefined ? [] : ownRules(toc, oid);
    if (object === undefined || own.length === 0) continue;
    for (const id of own) taken.add(id);
    files.set(object, await write(object, own));
  }
  const rest = toc.filter(({ id, isAfter }) => isAfter && !taken.has(id)).map(({ id }) => id);
  const restFile = await write("rest", rest);
  return { of: (object) => files.get(object), rest: restFile };
}

/** Major version of the server that is restored into. Throws when it cannot take this database. */
async function prepare(request: RestoreRequest): Promise<number> {
  const { part, url, doors, signal, makesRoles } = request;
  await using session = await doors.sql.open(url, { readOnly: false, statementTimeoutMs: 60_000, signal });
  const [server] = await session.query<{ major: number }>(
    "select current_setting('server_version_num')::int / 10000 as major",
  );
  const major = server?.major ?? 0;
  if (major < part.serverMajor) {
    throw new BackupFault(
      "wrong version",
      `the backup is of PostgreSQL ${part.serverVersion}, and this server is ${major}: an older one cannot take it`,
    );
  }
  const available = await session.query<{ name: string }>("select name::text from pg_available_extensions");
  const lacking = part.contents.extensions.filter(
    ({ name }) => !available.some((each) => each.name === name),
  );
  if (lacking.length > 0) {
    const names = lacking.map(({ name, version }) => `${name} ${version}`).join(", ");
    throw new BackupFault(
      "missing extension",
      `the server that is restored into lacks the extension ${names}`,
    );
  }
  const known = new Set(
    (await session.query<{ name: string }>("select rolname::text as name from pg_roles")).map(
      ({ name }) => name,
    ),
  );
  const missing = part.contents.roles.filter((name) => !known.has(name));
  if (missing.length > 0 && !makesRoles) {
    throw new UserError(
      `the server has no role ${missing.join(", ")}, and the backup's objects belong to it`,
      {
        fix: missing.map((name) => `create role ${quoteIdentifier(name)};`).join(" "),
      },
    );
  }
  for (const name of missing) await session.query(`create role ${quoteIdentifier(name)}`);
  return major;
}

function argumentsFor(url: Secret): string[] {
  const { PGDATABASE = "" } = programEnvironment(url);
  const quoted = PGDATABASE.replaceAll("\\", "\\\\").replaceAll("'", "\\'");
  return ["--exit-on-error", "--no-password", `--dbname=dbname='${quoted}'`];
}

async function run(request: RestoreRequest, tools: Tools, args: readonly string[]): Promise<void> {
  const { url, doors, signal } = request;
  const result = await doors.shell.run({
    file: tools.restore,
    args: [...argumentsFor(url), ...args],
    env: programEnvironment(url),
    signal,
  });
  signal.throwIfAborted();
  if (result.code !== 0) throw restoreFailure(lastWords(result.stderr, url));
}

/** The outcome is that of the second program; the first one's bytes were found to be right before it had them all. */
const UNPACKED = '"$0" -dcq | "$@"';

async function restoreRows(object: BackupObject, request: RestoreRequest, tools: Tools): Promise<void> {
  const { url, doors, signal } = request;
  const args = [...argumentsFor(url), "--section=data", "--single-transaction"];
  const unpacker = await doors.shell.find("zstd");
  const command = unpacker
    ? { file: "/bin/sh", args: ["-c", UNPACKED, unpacker, tools.restore, ...args] }
    : { file: tools.restore, args };
  const running = doors.shell.start({ ...command, env: programEnvironment(url), signal });
  running.stdout.resume();
  // Read to its end only after that the program may commit: a changed byte must not become rows.
  const read = unpacker ? readPacked : readObject;
  const failure = await read(object, request, running.stdin).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (failure instanceof BackupFault) running.end();
  const { code, stderr } = await running.ended;
  signal.throwIfAborted();
  if (failure instanceof BackupFault) throw failure;
  if (code !== 0) throw restoreFailure(`${object.name}: ${lastWords(stderr, url)}`);
  if (failure !== undefined) throw failure;
}

function restoreFailure(said: string): BackupFault {
  const kind = /unsupported version|newer than the|unrecognized configuration parameter/.test(said)
    ? "wrong version"
    : "cannot be restored";
  return new BackupFault(kind, `pg_restore: ${messageOf(said)}`);
}
