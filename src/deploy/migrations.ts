import type { Doors } from "../model/doors.ts";
import { messageOf } from "../model/errors.ts";
import type { Launch } from "../model/launch.ts";
import type { Secret } from "../model/secret.ts";
import { commandsOf } from "./commands.ts";

/** What the databases of a launch have seen of its migrations, by name. */
export interface Migrations {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
  /** Why they cannot be told, when they cannot. */
  readonly unknown?: string;
}

/** Asks every component that keeps migrations which of them the database has not seen. */
export async function readMigrations(options: {
  launch: Launch;
  directory: string;
  variables: ReadonlyMap<string, Secret>;
  doors: Doors;
  signal: AbortSignal;
}): Promise<Migrations> {
  const { launch, ...request } = options;
  const applied: string[] = [];
  const pending: string[] = [];
  for (const { migrate } of commandsOf(launch)) {
    if (!migrate?.pending) continue;
    try {
      const found = await migrate.pending(request);
      applied.push(...found.applied);
      pending.push(...found.pending);
    } catch (thrown) {
      return { applied, pending, unknown: messageOf(thrown) };
    }
  }
  return { applied, pending };
}
