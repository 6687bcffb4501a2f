import type { Doors } from "../../model/doors.ts";
import { OutsideError } from "../../model/errors.ts";
import type { RehearsalFigures } from "../../model/rehearsal.ts";
import type { Secret } from "../../model/secret.ts";
import { runLine } from "../commands.ts";
import type { Copy } from "./copy.ts";
import { readTables, rewrittenBetween } from "./tables.ts";
import { watchMigration } from "./watch.ts";

/** Runs the migrate line against the copy and tells what it did. Throws with the line's output when it fails. */
export async function measure(
  copy: Copy,
  options: {
    line: string;
    says?: string | undefined;
    directory: string;
    variables: ReadonlyMap<string, Secret>;
    timeoutMs: number;
    doors: Doors;
    signal: AbortSignal;
  },
): Promise<RehearsalFigures> {
  const { doors, signal } = options;
  const tablesNow = async () => {
    await using session = await doors.sql.open(copy.admin, { statementTimeoutMs: 0, signal });
    return await readTables(session);
  };
  const before = await tablesNow();
  const watch = await watchMigration({ copy: copy.admin, tables: before, doors, signal });
  const ran = await runLine(options).then(
    (value) => ({ value }),
    (thrown: unknown) => ({ thrown }),
  );
  const seen = await watch.stop();
  if ("thrown" in ran) throw onCopy(ran.thrown);
  const after = await tablesNow();
  return {
    restoredInMs: Math.round(copy.restoredInMs),
    tookMs: Math.round(ran.value.tookMs),
    ...seen,
    rewritten: rewrittenBetween(before, after),
    rowsChanged: Math.max(0, after.rowsChanged - before.rowsChanged),
  };
}

/** Whoever reads that the migration failed wants to know first where it did. */
function onCopy(thrown: unknown): unknown {
  if (!(thrown instanceof OutsideError)) return thrown;
  return new OutsideError(`on a copy of the data: ${thrown.message}`, { cause: thrown });
}
