import type { Observer } from "../facts/observer.ts";
import { accessOf } from "../model/check.ts";
import { notApplicable } from "../model/outcome.ts";
import type { EnvironmentSummary, Subject } from "../model/subject.ts";
import { type Answer, ask } from "./ask.ts";
import type { Question } from "./question.ts";
import { redactAnswer } from "./redaction.ts";
import { type SelectionRequest, select } from "./selection.ts";

export interface Assessment extends Omit<SelectionRequest, "items"> {
  /** Needed when `only` may name a line of the checklist. */
  readonly items?: SelectionRequest["items"];
  readonly environment: EnvironmentSummary;
  /** By the component's name. */
  readonly subjects: ReadonlyMap<string, Subject>;
  /** Bounds how much is observed at the same time, and gives up when its own signal aborts. */
  readonly observer: Observer;
  readonly signal: AbortSignal;
  /** In the order in which answers come in. */
  readonly onAnswer?: (answer: Answer, progress: { readonly answered: number; readonly of: number }) => void;
}

/**
 * Asks every check of every component, or the chosen ones; answers are in the order of the declaration.
 * Throws UserError when `only` names something unknown, and the signal's reason when aborted: half an assessment
 * is no evidence.
 */
export async function assess(assessment: Assessment): Promise<Answer[]> {
  const { signal, onAnswer } = assessment;
  const { questions } = select({ ...assessment, items: assessment.items ?? [] });
  let answered = 0;
  const answers = await Promise.all(
    questions.map(async (question) => {
      const answer = redactAnswer(await answerTo(question, assessment));
      if (!signal.aborted) onAnswer?.(answer, { answered: ++answered, of: questions.length });
      return answer;
    }),
  );
  signal.throwIfAborted();
  return answers;
}

async function answerTo({ component, check }: Question, assessment: Assessment): Promise<Answer> {
  const subject = assessment.subjects.get(component);
  if (!subject) throw new Error(`no subject for component ${component}`);
  const access = accessOf(check);
  const { name, allows } = assessment.environment;
  if (allows.includes(access)) return ask(assessment.observer, subject, check);
  const reason = `${name} does not allow ${access} probes`;
  return { subject, check, outcome: notApplicable(reason), facts: [] };
}
