import type { Answer } from "../../assess/ask.ts";
import { record } from "../../assess/record.ts";
import { durationMs } from "../../model/duration.ts";
import type { EvidenceStore } from "../../store/store.ts";

/** Keeps what watching sees as evidence, so that GO stays true, or stops being so, by itself. */
export interface EvidenceKeeper {
  keep(answers: readonly Answer[], seen: { at: number; release: string | undefined }): Promise<void>;
}

interface Kept {
  readonly status: string;
  readonly release: string | undefined;
  readonly at: number;
}

/**
 * Not every answer is worth a row that is kept for ever: one that is another than before is, and one that is the
 * same when half of the time is over for which the last stands.
 */
export function createEvidenceKeeper(
  store: EvidenceStore,
  { environment, configuration }: { environment: string; configuration: string },
): EvidenceKeeper {
  const kept = new Map<string, Kept>();
  return {
    async keep(answers, { at, release }) {
      const worth = answers.filter(({ subject, check, outcome }) => {
        // That the watcher could not see is no answer that should stand in the place of one.
        if (outcome.status === "unknown") return false;
        const before = kept.get(`${subject.component}\n${check.id}`);
        if (before?.status !== outcome.status || before.release !== release) return true;
        return at - before.at >= durationMs(check.freshFor) / 2;
      });
      if (worth.length === 0) return;
      await record(store, worth, { environment, at, release, configuration });
      for (const { subject, check, outcome } of worth) {
        kept.set(`${subject.component}\n${check.id}`, { status: outcome.status, release, at });
      }
    },
  };
}
