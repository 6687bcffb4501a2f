import { quoteIdentifier } from "../../components/postgres/identifiers.ts";
import type { Doors, SqlSession } from "../../model/doors.ts";
import { UserError } from "../../model/errors.ts";
import type { Secret } from "../../model/secret.ts";
import { exchange, inMakingTurn, type LiveServer, makeAlike } from "../live-database.ts";
import { HALF_MADE, nameBeside } from "../name-beside.ts";
import { type HeldDatabase, holdDatabase, RESTORE_LOCK } from "../postgres/held-database.ts";
import { timeText } from "./reach.ts";
import { stampOf } from "./segments.ts";

/** Whatever ended the restore, perhaps the caller. */
const DROP_LIMIT_MS = 30_000;
/** So long a server may take to see that a killed restore is gone. */
const WAIT_MS = 2_000;
const PAUSE_MS = 50;

/** A database beside the live one that is filled as of a time. Until it is whole its name promises nothing. */
export interface Incoming {
  readonly url: Secret;
  /** It is whole: gives it its name. */
  publish(name: string): Promise<void>;
  /** It is whole: puts it in the place of the live one, which stays under the name `aside`. */
  replaceLive(aside: string): Promise<void>;
  drop(): Promise<void>;
}

export interface IncomingRequest {
  readonly at: number;
  readonly doors: Doors;
  readonly signal: AbortSignal;
  /** Told of each database that a killed restore had left, once it is removed. */
  readonly onLeft?: ((database: string) => void) | undefined;
}

/** Empty, like the live one and held by this process. Throws UserError naming who restores that time already. */
export async function makeIncoming(server: LiveServer, request: IncomingRequest): Promise<Incoming> {
  const { at, doors, signal } = request;
  const name = nameOf(server.database, at);
  const url = server.addressOf(name);
  await using session = await server.open(signal);
  // In one turn, so that nobody finds it made and not held yet.
  const held = await inMakingTurn(session, async () => {
    await removeLeft(session, server.database, request);
    const isNew = await makeAlike(session, server.database, name);
    const holding = await holdDatabase(url, { backup: timeText(at), doors, signal });
    if (isNew) return holding;
    await holding[Symbol.asyncDispose]();
    throw new UserError(`${name} was being restored into until just now`, { fix: "try again" });
  });
  return handleOf(server, { name, url, held, signal });
}

function handleOf(
  server: LiveServer,
  made: {
    readonly name: string;
    readonly url: Secret;
    readonly held: HeldDatabase;
    readonly signal: AbortSignal;
  },
): Incoming {
  const { name, url, held, signal } = made;
  const quoted = quoteIdentifier(name);
  // Nobody may be in a database that is renamed, and in no moment of that may it be taken for one that was left.
  const letGo = async (work: (session: SqlSession) => Promise<unknown>): Promise<void> => {
    await using session = await server.open(signal);
    await inMakingTurn(session, async () => {
      await held[Symbol.asyncDispose]();
      await work(session);
    });
  };
  return {
    url,
    publish: (final) =>
      letGo((session) => session.query(`alter database ${quoted} rename to ${quoteIdentifier(final)}`)),
    replaceLive: (aside) =>
      letGo(() => exchange(server, { live: server.database, restored: name, aside }, signal)),
    async drop() {
      await held[Symbol.asyncDispose]();
      await using session = await server.open(AbortSignal.timeout(DROP_LIMIT_MS));
      await session.query(`drop database if exists ${quoted} with (force)`);
    },
  };
}

const STAMP = new RegExp(`\\d{8}t\\d{6}z(?:${HALF_MADE})?$`);

function nameOf(live: string, at: number): string {
  return nameBeside(live, `_incoming_at_${stampOf(at).toLowerCase()}`);
}

/** Half a database is of use to nobody: a time is recovered anew. What another process fills stays. */
async function removeLeft(
  session: SqlSession,
  live: string,
  { at, doors: { clock }, signal, onLeft }: IncomingRequest,
): Promise<void> {
  // Whatever the time, all of them begin and end alike.
  const begin = nameOf(live, at).replace(STAMP, "");
  const deadline = clock.monotonicMs() + WAIT_MS;
  for (;;) {
    const found = (await session.query<{ name: string; held: boolean }>(FOUND)).filter(
      ({ name }) => name.replace(STAMP, "") === begin && STAMP.test(name),
    );
    for (const { name } of found.filter(({ held }) => !held)) {
      await session.query(`drop database if exists ${quoteIdentifier(name)} with (force)`);
      onLeft?.(name);
    }
    if (found.every(({ held }) => !held) || clock.monotonicMs() > deadline) return;
    await clock.delay(PAUSE_MS, signal);
  }
}

const FOUND = `
  select d.datname::text as name, exists (
    select 1 from pg_locks l where l.locktype = 'advisory' and l.granted and l.database = d.oid
      and l.classid = 0 and l.objid = ${RESTORE_LOCK} and l.objsubid = 1) as held
  from pg_database d`;
