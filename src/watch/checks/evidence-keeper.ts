import type { Answer } from "../../assess/ask.ts";
import { refersTo } from "../../assess/question.ts";
import { record } from "../../assess/record.ts";
import type { AskedFigure } from "../../model/asked-figure.ts";
import { durationMs } from "../../model/duration.ts";
import { findingsOf } from "../../model/finding.ts";
import { holdFigure } from "../../model/hold-figure.ts";
import type { Item } from "../../model/item.ts";
import type { EvidenceStore } from "../../store/store.ts";

/** Keeps what watching sees as evidence, so that GO stays true, or stops being so, by itself. */
export interface EvidenceKeeper {
  keep(answers: readonly Answer[], seen: { at: number; release: string | undefined }): Promise<void>;
}

export interface EvidenceKeeperGround {
  readonly environment: string;
  readonly configuration: string;
  /** Lines of the checklist, for the figures that they ask for. */
  readonly items: readonly Item[];
  /** What prints of values are keyed with. */
  readonly salt: string;
}

interface Kept {
  readonly says: string;
  readonly release: string | undefined;
  readonly at: number;
}

/**
 * Not every answer is worth a row that is kept for ever: one that says something else than before is, and one that
 * says the same when half of the time is over for which the last stands.
 */
export function createEvidenceKeeper(store: EvidenceStore, ground: EvidenceKeeperGround): EvidenceKeeper {
  const { environment, configuration, items, salt } = ground;
  const kept = new Map<string, Kept>();
  return {
    async keep(answers, { at, release }) {
      const said = answers.map((answer) => ({ answer, says: sayingOf(answer, { items, salt }) }));
      const worth = said.filter(({ answer: { subject, check, outcome }, says }) => {
        // That the watcher could not see is no answer that should stand in the place of one.
        if (outcome.status === "unknown") return false;
        const before = kept.get(`${subject.component}\n${check.id}`);
        if (before?.says !== says || before.release !== release) return true;
        return at - before.at >= durationMs(check.freshFor) / 2;
      });
      if (worth.length === 0) return;
      await record(
        store,
        worth.map(({ answer }) => answer),
        { environment, at, release, configuration },
      );
      for (const { answer, says } of worth)
        kept.set(`${answer.subject.component}\n${answer.check.id}`, { says, release, at });
    },
  };
}

/**
 * What a verdict makes of an answer: beside its status which findings it has, for a waiver accepts one and not the
 * next, and how it stands to the figures of lines. A disk of which a byte more is used says nothing new before it
 * passes what a line asks; names, versions and values change because somebody changed them, and a line may come to
 * ask for them later.
 */
function sayingOf(
  { subject: { component }, check, outcome }: Answer,
  { items, salt }: Pick<EvidenceKeeperGround, "items" | "salt">,
): string {
  if (outcome.status === "unknown") return outcome.status;
  const { status, settings } = outcome;
  const isTrouble = status === "fail" || status === "warn";
  const findings = isTrouble ? findingsOf(component, check.id, outcome) : [];
  const { figures = {} } = check;
  const measured = status === "not applicable" ? undefined : outcome.measured;
  const asked = items.flatMap((item) => askedOf(item, { component, check }));
  return JSON.stringify([
    status,
    findings.map(({ fingerprint }) => fingerprint).toSorted(),
    settings,
    Object.values(figures).flatMap((figure) => ("quality" in figure ? [measured?.[figure.quality]] : [])),
    asked.map((figure) => String(holdFigure(figure, figures, { measured, settings, salt })?.isKept)),
  ]);
}

function askedOf(
  { answeredBy, asks = [] }: Item,
  question: Parameters<typeof refersTo>[1],
): readonly AskedFigure[] {
  if (asks.length === 0 || answeredBy.by !== "checks") return [];
  return answeredBy.checks.some((reference) => refersTo(reference, question)) ? asks : [];
}
