import type { HeldFigures } from "../model/asked-figure.ts";
import type { Severity } from "../model/check.ts";
import { DRILL_FIGURES } from "../model/drill-figures.ts";
import { durationMs } from "../model/duration.ts";
import { type Evidence, isDrill } from "../model/evidence.ts";
import type { Launch } from "../model/launch.ts";
import type { EvidenceStore } from "../store/store.ts";
import type { Answer } from "./ask.ts";
import { questionsOf } from "./question.ts";

export interface Circumstances {
  readonly environment: string;
  /** When the assessment began: evidence is never younger than what it saw. */
  readonly at: number;
  /** The release that was looked at, as `judge` will be told it. */
  readonly release: string | undefined;
  readonly configuration: string;
}

/** Answers as rows to keep; each is fresh as long as its check says. */
export function evidenceOf(answers: readonly Answer[], circumstances: Circumstances): Evidence[] {
  const { environment, at, release, configuration } = circumstances;
  return answers.map(({ subject, check, outcome, facts }) => ({
    environment,
    component: subject.component,
    check: check.id,
    outcome,
    observedAt: at,
    freshUntil: at + durationMs(check.freshFor),
    release,
    configuration,
    facts,
  }));
}

/** Keeps the answers as evidence, all of them or none, and returns the rows. */
export async function record(
  store: EvidenceStore,
  answers: readonly Answer[],
  circumstances: Circumstances,
): Promise<Evidence[]> {
  const rows = evidenceOf(answers, circumstances);
  await store.append(rows);
  return rows;
}

/** Evidence with the severity its check has today; of a check or component that is no longer declared, nothing. */
export function withSeverity(
  launch: Launch,
  evidence: readonly Evidence[],
): (Evidence & { readonly severity: Severity; readonly figures?: HeldFigures })[] {
  const checks = new Map(
    questionsOf(launch).map(({ component, check }) => [`${component}\n${check.id}`, check]),
  );
  return evidence.flatMap((each) => {
    // Only a line of the checklist asks for a drill, and then it matters.
    if (isDrill(each.check))
      return [{ ...each, severity: "blocker", ...figuresOf(DRILL_FIGURES[each.check]) }];
    const check = checks.get(`${each.component}\n${each.check}`);
    return check ? [{ ...each, severity: check.severity, ...figuresOf(check.figures) }] : [];
  });
}

function figuresOf(figures: HeldFigures | undefined): { figures?: HeldFigures } {
  return figures ? { figures } : {};
}

/** By check id: how much a check matters that has no evidence yet. */
export function severitiesOf(launch: Launch): Map<string, Severity> {
  return new Map(questionsOf(launch).map(({ check }) => [check.id, check.severity]));
}
