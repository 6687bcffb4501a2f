import type { Kysely } from "kysely";
import type { Silence } from "../model/alert.ts";
import type { SilenceStore } from "./alert-stores.ts";
import { idOf, numberOf } from "./numbered-id.ts";
import type { Tables } from "./tables.ts";

export function createSilenceStore(db: Kysely<Tables>): SilenceStore {
  return {
    add: ({ environment, by, reason, from, until, fits }) =>
      db.transaction().execute(async (transaction) => {
        const last = await transaction
          .selectFrom("silence")
          .select((column) => column.fn.max("number").as("number"))
          .where("environment", "=", environment)
          .executeTakeFirst();
        const row: Tables["silence"] = {
          environment,
          number: (last?.number ?? 0) + 1,
          made_by: by,
          reason,
          starts_at: from,
          until,
          ended_at: null,
          fits_json: JSON.stringify(fits),
        };
        await transaction.insertInto("silence").values(row).execute();
        return toSilence(row);
      }),
    end: async (environment, id, at) => {
      const { numUpdatedRows } = await db
        .updateTable("silence")
        .set({ ended_at: at })
        .where("environment", "=", environment)
        .where("number", "=", numberOf("s", id) ?? 0)
        .where("ended_at", "is", null)
        .where("until", ">", at)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    list: async (environment, { endsAfter = 0 } = {}) => {
      const rows = await db
        .selectFrom("silence")
        .selectAll()
        .where("environment", "=", environment)
        .where("until", ">", endsAfter)
        .orderBy("number", "desc")
        .limit(500)
        .execute();
      return rows.map(toSilence);
    },
  };
}

function toSilence(row: Tables["silence"]): Silence {
  return {
    id: idOf("s", row.number),
    environment: row.environment,
    by: row.made_by,
    reason: row.reason,
    from: row.starts_at,
    until: row.until,
    endedAt: row.ended_at ?? undefined,
    fits: JSON.parse(row.fits_json) as string[],
  };
}
