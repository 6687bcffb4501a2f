import { createHash, randomBytes } from "node:crypto";
import type { Database } from "../database.ts";
import { PERSON_COLUMNS, type Person } from "./person.ts";

export const SESSION_SECONDS = 14 * 24 * 3_600;

/** Signed-in browsers, by an unguessable id of which only a hash is kept. */
export interface BrowserSessions {
  open(personId: string): Promise<string>;
  personOf(id: string): Promise<Person | undefined>;
  close(id: string): Promise<void>;
}

export function createBrowserSessions(database: Database): BrowserSessions {
  return {
    async open(personId) {
      const id = randomBytes(32).toString("base64url");
      await database.asSystem(async (query) => {
        // Housekeeping in passing: what is over goes when somebody comes.
        await query("delete from browser_session where expires_at < now() - interval '1 day'");
        await query(
          "insert into browser_session (id_hash, person_id, expires_at) values ($1, $2, now() + make_interval(secs => $3))",
          [hashOf(id), personId, SESSION_SECONDS],
        );
      });
      return id;
    },
    async personOf(id) {
      const [person] = await database.asSystem((query) =>
        query<Person>(
          `select ${PERSON_COLUMNS} from browser_session s join person p on p.id = s.person_id
           where s.id_hash = $1 and s.expires_at > now()`,
          [hashOf(id)],
        ),
      );
      return person;
    },
    async close(id) {
      await database.asSystem((query) =>
        query("delete from browser_session where id_hash = $1", [hashOf(id)]),
      );
    },
  };
}

function hashOf(id: string): string {
  return createHash("sha256").update(id).digest("base64url");
}
