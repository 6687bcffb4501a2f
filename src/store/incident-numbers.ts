import type { Transaction } from "kysely";
import { idOf } from "./numbered-id.ts";
import type { Tables } from "./tables.ts";

/** The next number of an environment's incidents, taken for good: a crash leaves a gap, never a double. */
export async function reserveIncident(db: Transaction<Tables>, environment: string): Promise<string> {
  const { last } = await db
    .insertInto("incident_counter")
    .values({ environment, last: 1 })
    .onConflict((conflict) =>
      conflict
        .column("environment")
        .doUpdateSet((column) => ({ last: column("incident_counter.last", "+", 1) })),
    )
    .returning("last")
    .executeTakeFirstOrThrow();
  return idOf("i", last);
}
