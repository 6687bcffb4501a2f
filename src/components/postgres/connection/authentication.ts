import { defineFact, type Fact, type FactContext } from "../../../model/fact.ts";
import type { PostgresOptions } from "../options.ts";
import { isDenied } from "../sql-state.ts";
import { plainStartup, type Reached, reached } from "./facts.ts";

export interface HbaRule {
  readonly line: number;
  /** "host", "hostssl", "local", ... */
  readonly type: string;
  readonly address: string | null;
  readonly method: string;
}

export interface Authentication {
  /** "scram-sha-256" or "md5": how new passwords are kept. */
  readonly passwordEncryption: string;
  /** Undefined when this role may not read them. */
  readonly rules: readonly HbaRule[] | undefined;
  /** How the application's own role is let in, where it could be told. */
  readonly method: string | undefined;
}

/** How people get in, from the rules where they may be read, else from what the server asks of us. */
export const authentication: Fact<Authentication, PostgresOptions> = defineFact({
  id: "postgres.authentication",
  access: "read",
  reach: "environment",
  collect: async (context) => {
    const owner = await reached(context, "owner");
    const [kept] = await owner.reader.query<{ encryption: string }>(
      "select current_setting('password_encryption') as encryption",
    );
    const rules = await rulesSeenBy(owner);
    return {
      passwordEncryption: kept?.encryption ?? "unknown",
      rules,
      method: rules ? undefined : await ownMethod(context),
    };
  },
});

async function rulesSeenBy(owner: Reached): Promise<readonly HbaRule[] | undefined> {
  try {
    return await owner.reader.query<HbaRule>(
      `select line_number as line, type, address, auth_method as method
       from pg_hba_file_rules where error is null order by line_number`,
    );
  } catch (thrown) {
    if (isDenied(thrown)) return undefined;
    throw thrown;
  }
}

async function ownMethod(context: FactContext<PostgresOptions>): Promise<string | undefined> {
  const found = await reached(context, "application");
  if (found.majorVersion >= 16) {
    const [login] = await found.reader.query<{ method: string | null }>(
      "select split_part(system_user, ':', 1) as method",
    );
    return login?.method ?? "nothing";
  }
  // Not being able to knock leaves the question open; the other answers stand.
  const answer = await context.get(plainStartup).catch(() => undefined);
  return answer?.kind === "asks" && answer.method !== "other" ? answer.method : undefined;
}
