import type { Kysely } from "kysely";
import type { PeopleStore } from "./store.ts";
import type { Tables } from "./tables.ts";

export function createPeopleStore(db: Kysely<Tables>): PeopleStore {
  return {
    sign: async ({ by, ...signOff }) => {
      await db
        .insertInto("sign_off")
        .values({ ...signOff, signed_by: by })
        .execute();
    },
    waive: async ({ by, ...waiver }) => {
      await db
        .insertInto("waiver")
        .values({ ...waiver, waived_by: by })
        .execute();
    },
    signOffs: async (environment) => {
      const rows = await db
        .selectFrom("sign_off")
        .selectAll()
        .where("environment", "=", environment)
        .orderBy("at")
        .execute();
      return rows.map(({ signed_by, ...rest }) => ({ ...rest, by: signed_by }));
    },
    waivers: async (environment) => {
      const rows = await db
        .selectFrom("waiver")
        .selectAll()
        .where("environment", "=", environment)
        .orderBy("at")
        .execute();
      return rows.map(({ waived_by, ...rest }) => ({ ...rest, by: waived_by }));
    },
  };
}
