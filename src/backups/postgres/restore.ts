import { join } from "node:path";
import type { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { BackupObject, OpenPostgresPart } from "../../model/backup.ts";
import type { Place } from "../../model/destination.ts";
import type { Doors } from "../../model/doors.ts";
import { messageOf } from "../../model/errors.ts";
import type { Secret } from "../../model/secret.ts";
import { objectHolding } from "../contents.ts";
import { BackupFault } from "../fault.ts";
import { inTurnOfNeed } from "../in-turn-of-need.ts";
import { readObject, readPacked } from "../objects.ts";
import { temporaryDirectory } from "../temporary.ts";
import { isFilled, isMade } from "./committed.ts";
import { ALL_CAME, copyIn, SOME_LACK } from "./copy-rows.ts";
import { prepareServer, RESTORING } from "./prepare-server.ts";
import { findTools, lastWords, programEnvironment, type Tools } from "./programs.ts";
import { readPlan, writeList } from "./read-plan.ts";

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
 * Restores a database from its archives: structure; rows of many tables at once, and beside them indexes and keys of
 * tables that have theirs; then triggers and policies. Each step is one that an interrupted restore need not do again.
 * Throws BackupFault naming what is wrong with the backup, UserError with what this server lacks.
 */
export async function restoreDatabase(request: RestoreRequest): Promise<Tools> {
  const { part, doors, signal, jobs, done = new Set(), onDone = async () => undefined } = request;
  const { major, settings } = await prepareServer({ ...request, isBegun: done.size > 0 });
  const tools = await findTools(Math.max(major, part.serverMajor), doors);
  const structure = objectHolding(part, "structure");
  const home = await temporaryDirectory("restore", doors);
  const running: Running = { ...request, tools, settings, home };
  try {
    const archive = join(home, "structure.dump");
    await readObject(structure, request, await doors.files.writeStream(archive, { mode: 0o600 }));
    const once = async (step: string, work: (isAgain: boolean) => Promise<void>): Promise<void> => {
      if (done.has(step)) return;
      const begun = `${step}, begun`;
      const isAgain = done.has(begun);
      await onDone(begun);
      await work(isAgain);
      await onDone(step);
    };
    const make = (
      name: string,
      entries: readonly number[],
      { limit = signal, width = 1 }: { readonly limit?: AbortSignal; readonly width?: number },
    ): Promise<void> =>
      once(name, async (isAgain) => {
        const again = isAgain ? MADE_ANEW : [];
        const list = await writeList(entries, { home, name, doors });
        const args = ["--section=post-data", ...again, `--use-list=${list}`, `--jobs=${width}`, archive];
        await run({ ...running, signal: limit }, args);
      });
    const [{ steps, rest }] = await Promise.all([
      readPlan(archive, running),
      once("before the rows", async (isAgain) => {
        if (isAgain && (await isMade(running))) return;
        const again = isAgain ? MADE_ANEW : [];
        await run(running, ["--section=pre-data", "--single-transaction", ...again, archive]);
      }),
    ]);
    await inTurnOfNeed(steps, { width: jobs, signal }, async ({ name, object, entries }, limit) => {
      if (!object) return await make(name, entries, { limit });
      const at = { ...running, signal: limit };
      await once(name, async (isAgain) => {
        if (object.holds !== "data") await restoreTable(object, at);
        else if (!isAgain || !(await isFilled(at))) await restoreRows(object, at);
      });
    });
    if (rest.length > 0) await make("rules of all", rest, { width: jobs });
  } finally {
    await doors.files.remove(home);
  }
  return tools;
}

/** Begun before and not finished: of what is there already. */
const MADE_ANEW = ["--clean", "--if-exists"];

interface Running extends RestoreRequest {
  readonly tools: Tools;
  /** Of the programs' sessions. */
  readonly settings: Readonly<Record<string, string>>;
  /** A directory for a while. */
  readonly home: string;
}

function argumentsFor(url: Secret): string[] {
  const { PGDATABASE = "" } = programEnvironment(url);
  const quoted = PGDATABASE.replaceAll("\\", "\\\\").replaceAll("'", "\\'");
  return ["--exit-on-error", "--no-password", `--dbname=dbname='${quoted}'`];
}

async function run(running: Running, args: readonly string[]): Promise<void> {
  const { tools, settings, url, doors, signal } = running;
  const result = await doors.shell.run({
    file: tools.restore,
    args: [...argumentsFor(url), ...args],
    env: programEnvironment(url, { name: RESTORING, settings }),
    signal,
  });
  signal.throwIfAborted();
  if (result.code !== 0) throw restoreFailure(`pg_restore: ${lastWords(result.stderr, url)}`);
}

/** The outcome is that of the second program; the first one's bytes were found to be right before it had them all. */
const UNPACKED = '"$0" -dcq | "$@"';

async function restoreRows(object: BackupObject, request: Running): Promise<void> {
  const { tools, url, doors } = request;
  const args = [...argumentsFor(url), "--section=data", "--single-transaction"];
  const unpacker = await doors.shell.find("zstd");
  const command = unpacker
    ? { file: "/bin/sh", args: ["-c", UNPACKED, unpacker, tools.restore, ...args] }
    : { file: tools.restore, args };
  // Read to its end only after that the program may commit: a changed byte must not become rows.
  const read = unpacker ? readPacked : readObject;
  await feed(object, { ...request, command, read: (stdin) => read(object, request, stdin) });
}

/** The second program keeps the rows only if the first one read to a right end. */
const UNPACKED_TO_ITS_END = 'end=$1 said=$2; shift 2; { "$0" -dcq && printf %s "$said" >"$end"; } | "$@"';

/** The rows of one table. */
async function restoreTable(object: BackupObject, request: Running): Promise<void> {
  const { part, tools, doors, home } = request;
  const table = part.contents.tables.find((each) => each.object === object.name);
  if (!table) throw new BackupFault("corrupt", `${object.name} is of no table that the backup tells of`);
  const end = join(home, `${object.name}.sql`);
  await doors.files.write(end, SOME_LACK, { mode: 0o600 });
  const args = copyIn(table, { encoding: part.contents.encoding, end });
  const unpacker = await doors.shell.find("zstd");
  const whole = async function* (plain: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    yield* plain;
    await doors.files.write(end, ALL_CAME, { mode: 0o600 });
  };
  await feed(
    object,
    unpacker
      ? {
          ...request,
          command: {
            file: "/bin/sh",
            args: ["-c", UNPACKED_TO_ITS_END, unpacker, end, ALL_CAME, tools.psql, ...args],
          },
          read: (stdin) => readPacked(object, request, stdin),
        }
      : {
          ...request,
          command: { file: tools.psql, args },
          read: (stdin) => readObject(object, request, (plain) => pipeline(plain, whole, stdin)),
        },
  );
}

/** Runs a program that takes an object from its input. */
async function feed(
  { name }: BackupObject,
  how: Running & {
    readonly command: { readonly file: string; readonly args: readonly string[] };
    read(stdin: Writable): Promise<void>;
  },
): Promise<void> {
  const { command, read, settings, url, doors, signal } = how;
  const running = doors.shell.start({
    ...command,
    env: programEnvironment(url, { name: RESTORING, settings }),
    signal,
  });
  running.stdout.resume();
  const failure = await read(running.stdin).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (failure instanceof BackupFault) running.end();
  const { code, stderr } = await running.ended;
  signal.throwIfAborted();
  if (failure instanceof BackupFault) throw failure;
  if (code !== 0) throw restoreFailure(`${name}: ${lastWords(stderr, url)}`);
  if (failure !== undefined) throw failure;
}

function restoreFailure(said: string): BackupFault {
  const kind = /unsupported version|newer than the|unrecognized configuration parameter/.test(said)
    ? "wrong version"
    : "cannot be restored";
  return new BackupFault(kind, messageOf(said));
}
