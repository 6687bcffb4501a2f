import { messageOf, OutsideError } from "../../../model/errors.ts";
import { DoesNotApply, defineFact, type Fact, type FactContext, NotObserved } from "../../../model/fact.ts";
import { migrationVariableOf, type PostgresOptions } from "../options.ts";
import { type Reader, shareSession } from "../reader.ts";
import { addressOf, type ServerAddress } from "./address.ts";
import { authenticationAsked, type StartupAnswer, startupMessage } from "./startup-message.ts";

const STATEMENT_TIMEOUT_MS = 5_000;

export interface Reached {
  readonly reached: true;
  /** The variable the address came from. */
  readonly variable: string;
  readonly address: ServerAddress;
  /** 15 */
  readonly majorVersion: number;
  /** "15.18 (Debian 15.18-0+deb12u1)" */
  readonly version: string;
  /** When it was asked; milliseconds since 1970 UTC. */
  readonly at: number;
  readonly tookMs: number;
  readonly user: string;
  readonly database: string;
  readonly tls: { readonly version: string; readonly cipher: string } | undefined;
  readonly reader: Reader;
}

/** A database that cannot be reached is an answer: one check says so, everything else rests on it. */
export type ConnectionSeen =
  | Reached
  | {
      readonly reached: false;
      readonly variable: string;
      readonly isSet: boolean;
      readonly reason: string;
    };

type Context = FactContext<PostgresOptions>;

/** As the application connects. */
export const connection: Fact<ConnectionSeen, PostgresOptions> = defineFact({
  id: "postgres.connection",
  access: "read",
  reach: "environment",
  timeoutMs: 15_000,
  collect: (context) => connect(context, context.subject.options.variable),
});

/** As migrations and backups connect; the application's own connection where no other address is set. */
export const ownerConnection: Fact<ConnectionSeen, PostgresOptions> = defineFact({
  id: "postgres.owner-connection",
  access: "read",
  reach: "environment",
  timeoutMs: 15_000,
  collect: (context) => {
    const variable = migrationVariableOf(context.subject.options);
    const isSeparate = context.subject.variables.values.has(variable);
    return isSeparate ? connect(context, variable) : context.get(connection);
  },
});

async function connect({ subject, doors, signal }: Context, variable: string): Promise<ConnectionSeen> {
  const found = subject.variables.values.get(variable);
  if (!found && subject.variables.toBeSupplied?.has(variable)) {
    throw new NotObserved(`the first deploy supplies ${variable}`);
  }
  if (!found) {
    const reason = `${variable} is not set in ${subject.environment.name}`;
    return { reached: false, variable, isSet: false, reason };
  }
  const reader = shareSession(() =>
    doors.sql.open(found.value, { statementTimeoutMs: STATEMENT_TIMEOUT_MS, signal }),
  );
  const started = doors.clock.monotonicMs();
  try {
    const address = addressOf(found.value);
    const [session] = await reader.query<SessionRow>(SESSION);
    if (!session) throw new OutsideError(`${address.host} answered select with no row`);
    const { versionNumber, tlsVersion, cipher, ...rest } = session;
    return {
      ...rest,
      reached: true,
      variable,
      address,
      majorVersion: Math.floor(versionNumber / 10_000),
      at: doors.clock.now(),
      tookMs: Math.round(doors.clock.monotonicMs() - started),
      tls: tlsVersion === null ? undefined : { version: tlsVersion, cipher: cipher ?? "" },
      reader,
    };
  } catch (thrown) {
    if (!(thrown instanceof OutsideError)) throw thrown;
    const reason = `${variable}: ${messageOf(thrown)}`;
    return { reached: false, variable, isSet: true, reason };
  }
}

interface SessionRow {
  readonly versionNumber: number;
  readonly version: string;
  readonly user: string;
  readonly database: string;
  readonly tlsVersion: string | null;
  readonly cipher: string | null;
}

const SESSION = `
  select current_setting('server_version_num')::int as "versionNumber",
         current_setting('server_version') as version,
         current_user::text as "user",
         current_database()::text as database,
         tls.version as "tlsVersion",
         tls.cipher
  from (select pg_backend_pid() as pid) mine
  left join pg_stat_ssl tls on tls.pid = mine.pid and tls.ssl`;

export type Who = "application" | "owner";

/** The connection a fact rests on; throws NotObserved with its reason when there is none. */
export async function reached(context: Context, who: Who): Promise<Reached> {
  const found = await context.get(who === "owner" ? ownerConnection : connection);
  if (found.reached) return found;
  const isApplications = found.variable === context.subject.options.variable;
  throw new NotObserved(found.reason, isApplications ? connection.id : ownerConnection.id);
}

export const session: Fact<Reached, PostgresOptions> = defineFact({
  id: "postgres.session",
  access: "read",
  reach: "environment",
  collect: (context) => reached(context, "application"),
});

/** A fact that is one statement on the shared session. */
export function catalogFact<Row extends object>(definition: {
  readonly id: string;
  readonly who: Who;
  readonly reach: "environment" | "schema";
  readonly text: string;
  readonly params?: (options: PostgresOptions, found: Reached) => readonly unknown[];
}): Fact<readonly Row[], PostgresOptions> {
  const { id, who, reach, text, params } = definition;
  return defineFact({
    id,
    access: "read",
    reach,
    collect: async (context) => {
      const found = await reached(context, who);
      return found.reader.query<Row>(text, params?.(context.subject.options, found));
    },
  });
}

/** What the server says to somebody who knocks without TLS and without a password. */
export const plainStartup: Fact<StartupAnswer, PostgresOptions> = defineFact({
  id: "postgres.plain-startup",
  access: "read",
  reach: "environment",
  collect: async (context) => {
    const { address, user, database } = await reached(context, "application");
    if (address.isSocket) throw new DoesNotApply("the database is reached through a socket file");
    const { host, port } = address;
    const send = startupMessage({ user, database });
    const answer = await context.doors.sockets.exchange({
      host,
      port,
      send,
      timeoutMs: 3_000,
      signal: context.signal,
    });
    return authenticationAsked(answer);
  },
});
