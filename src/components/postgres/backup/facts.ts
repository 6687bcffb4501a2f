import type { BackupsSeen, SeenBackup, SeenPlace } from "../../../model/backup.ts";
import { defineFact, type Fact, NotObserved, Undeclared } from "../../../model/fact.ts";
import { migrationVariableOf, type PostgresOptions } from "../options.ts";

/** Backups of one database, as they lie where they were brought. */
export interface DatabaseBackups extends BackupsSeen {
  readonly now: number;
  /** The newest that holds this database, of every place; undefined: there is none. */
  readonly newest: PlacedBackup | undefined;
  /** Nothing was written to the database since the newest was taken. */
  readonly isUnchanged: boolean;
}
export interface PlacedBackup extends SeenBackup {
  readonly place: string;
  readonly takenAt: number;
}

/** Undefined where none are declared although the environment is for real users. */
export const databaseBackups: Fact<DatabaseBackups | undefined, PostgresOptions> = defineFact({
  id: "postgres.backups",
  access: "read",
  reach: "schema",
  // A backup on this machine is read whole.
  timeoutMs: 150_000,
  collect: async ({ subject, doors, signal }) => {
    const { component, environment, options, variables } = subject;
    if (!subject.backups) throw new NotObserved("nobody looked at the backups");
    const backups = await subject.backups();
    if (!backups) {
      if (environment.stage === "production") return undefined;
      throw new Undeclared("no backups are declared, as in backups: { destinations: { here: directory() } }");
    }
    const { places } = backups;
    const away = places.filter(({ unreachable }) => unreachable !== undefined);
    if (away.length === places.length) throw new NotObserved(awayWords(away));
    const newest = newestOf(places, component);
    const url =
      variables.values.get(migrationVariableOf(options))?.value ??
      variables.values.get(options.variable)?.value;
    if (!newest && !url && variables.toBeSupplied?.has(options.variable))
      throw new NotObserved("the first deploy supplies the database and makes its first backup");
    const then = newest?.parts.find((part) => part.component === component)?.nextTransaction;
    const isUnchanged = async (): Promise<boolean> => {
      if (!url || then === undefined) return false;
      await using session = await doors.sql.open(url, { signal });
      const [found] = await session.query<{ next: string }>(
        "select txid_snapshot_xmax(txid_current_snapshot())::text as next",
      );
      return found?.next === then;
    };
    // A database that is lost is when backups count most: it must not make them unknown.
    return {
      ...backups,
      now: doors.clock.now(),
      newest,
      isUnchanged: await isUnchanged().catch(() => false),
    };
  },
});

function newestOf(places: readonly SeenPlace[], component: string): PlacedBackup | undefined {
  const all = places.flatMap(({ name, backups }) =>
    backups.flatMap((backup): PlacedBackup[] => {
      const part = backup.parts.find((each) => each.component === component);
      return part ? [{ ...backup, place: name, takenAt: part.takenAt }] : [];
    }),
  );
  const rank = ({ damage, proof }: PlacedBackup): number =>
    damage.length > 0 ? 0 : proof?.verdict === "proven" ? 2 : 1;
  return all.toSorted((a, b) => b.takenAt - a.takenAt || rank(b) - rank(a))[0];
}

export function awayWords(places: readonly SeenPlace[]): string {
  return places.map(({ name, unreachable }) => `${name} cannot be reached: ${unreachable}`).join("; ");
}
