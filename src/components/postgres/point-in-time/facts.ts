import type { PointInTimeSeen } from "../../../model/backup.ts";
import { DoesNotApply, defineFact, type Fact, type FactContext, Undeclared } from "../../../model/fact.ts";
import { addressOf } from "../connection/address.ts";
import { migrationVariableOf, type PointInTime, type PostgresOptions } from "../options.ts";
import { askProvider, type Provider, type ProviderAnswer, providerOf } from "./provider.ts";

/** How a server hands over what it writes, as it tells anybody who may connect. */
export interface Archiver {
  readonly mode: string;
  readonly transactions: string;
  readonly lastSegment: string | null;
  /** Milliseconds since it last handed one over. */
  readonly lastAgoMs: number | null;
  /** The one it cannot hand over now. */
  readonly failing: string | null;
  readonly failures: number;
}

export type Recovery =
  | { readonly by: "nobody" }
  | {
      readonly by: "gonogo";
      readonly now: number;
      readonly seen: PointInTimeSeen;
      /** Undefined: the server does not answer. */
      readonly archiver: Archiver | undefined;
    }
  | {
      readonly by: "provider";
      readonly declared: PointInTime;
      readonly provider: Provider;
      /** Undefined: nobody gave a token to ask with, or it cannot be asked. */
      readonly answer: ProviderAnswer | undefined;
    }
  | {
      readonly by: "others";
      readonly host: string;
      /** It is on this machine, where Gonogo would run one of its own. */
      readonly isHere: boolean;
      readonly archiver: Archiver;
    };

/** Who can bring the database back to a time. */
export const recovery: Fact<Recovery, PostgresOptions> = defineFact({
  id: "postgres.recovery",
  access: "read",
  reach: "schema",
  timeoutMs: 150_000,
  collect: async (context) => {
    const { subject, doors, signal } = context;
    const { options, component, environment, variables } = subject;
    const declared = options.backup?.pointInTime;
    if (!declared) {
      if (environment.stage === "production") return { by: "nobody" };
      throw new Undeclared("recovery to a time is not declared, as in backup: { pointInTime: true }");
    }
    const backups = await subject.backups?.();
    const seen = backups?.pointInTime?.find((each) => each.component === component);
    if (seen) {
      // A server that is lost is when its archive counts most: it must not make it unknown.
      const archiver = await askArchiver(context).catch(() => undefined);
      return { by: "gonogo", now: doors.clock.now(), seen, archiver };
    }
    const url = variables.values.get(options.variable)?.value;
    if (!url) throw new DoesNotApply(`${options.variable} is not set`);
    const { host, isLoopback, isSocket } = addressOf(url);
    const provider = providerOf(host);
    if (!provider)
      return { by: "others", host, isHere: isLoopback || isSocket, archiver: await askArchiver(context) };
    const token = declared.provider && variables.values.get(declared.provider.token)?.value;
    if (!token || !provider.asks) return { by: "provider", declared, provider, answer: undefined };
    const user = decodeURIComponent(new URL(url.reveal()).username);
    const project = declared.provider?.project;
    const answer = await askProvider({ provider, host, user, token, project, doors, signal });
    return { by: "provider", declared, provider, answer };
  },
});

async function askArchiver({ subject, doors, signal }: FactContext<PostgresOptions>): Promise<Archiver> {
  const { options, variables } = subject;
  const url =
    variables.values.get(migrationVariableOf(options))?.value ??
    variables.values.get(options.variable)?.value;
  if (!url) throw new DoesNotApply(`${options.variable} is not set`);
  await using session = await doors.sql.open(url, { signal });
  const [found] = await session.query<Archiver>(`
    select current_setting('archive_mode') as mode,
           txid_current_snapshot()::text as transactions,
           last_archived_wal as "lastSegment",
           floor(extract(epoch from clock_timestamp() - last_archived_time) * 1000)::float8 as "lastAgoMs",
           case when last_failed_time > coalesce(last_archived_time, '-infinity') then last_failed_wal end as failing,
           failed_count::float8 as failures
    from pg_stat_archiver`);
  if (!found) throw new Error("pg_stat_archiver is empty");
  return found;
}
