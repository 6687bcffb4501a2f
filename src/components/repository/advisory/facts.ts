import { createHash } from "node:crypto";
import { basename, join } from "node:path/posix";
import { defineFact, NotObserved, Undeclared } from "../../../model/fact.ts";
import { dependencies } from "../dependency/facts.ts";
import type { RepositoryOptions } from "../options.ts";
import { recallAudit, rememberAudit } from "./audit-memory.ts";
import { runAudit } from "./audit-run.ts";
import type { Advisory } from "./report.ts";

export interface Audit {
  readonly lock: string;
  /** When the registry was asked; milliseconds since 1970 UTC. */
  readonly at: number;
  readonly advisories: readonly Advisory[];
}

const DAY_MS = 86_400_000;
const LARGEST_LOCK = 64 * 1_048_576;

/** An answer stands for a day as long as the lock is the same: watching asks no registry more often. */
export const audit = defineFact<Audit, RepositoryOptions>({
  id: "repository.audit",
  access: "read",
  reach: "source",
  timeoutMs: 60_000,
  sends:
    "names and versions of the locked production packages to the package registry, once a day at most while they stay the same",
  async collect({ subject, doors, signal, get }) {
    const { directory, options } = subject;
    if (options.audit === undefined)
      throw new Undeclared('no audit is declared; add repository({ audit: "high" })');
    const { lock, manifest } = await get(dependencies);
    if (lock === undefined) throw new NotObserved(`there is no lock beside ${manifest} to audit`);
    const text = (await doors.files.read(join(directory, lock), { maxBytes: LARGEST_LOCK })) ?? "";
    const declared = (await doors.files.read(join(directory, manifest))) ?? "";
    const of = createHash("sha256")
      .update(JSON.stringify([lock, text, declared]))
      .digest("hex");
    const at = doors.clock.now();
    const seen = await recallAudit(doors, directory);
    if (seen?.of === of && at - seen.at < DAY_MS) return { lock, at: seen.at, advisories: seen.advisories };
    const advisories = await runAudit(doors, { directory, lock: basename(lock), text, signal });
    await rememberAudit(doors, directory, { of, at, advisories });
    return { lock, at, advisories };
  },
});
