import type { AnyCheck } from "../model/check.ts";
import type { CheckReference } from "../model/item.ts";
import type { Launch } from "../model/launch.ts";

/** One check of one declared component. */
export interface Question {
  readonly component: string;
  readonly check: AnyCheck;
}

/** Every question the launch gives rise to, in the order of the declaration. */
export function questionsOf(launch: Launch): Question[] {
  return launch.components.flatMap(({ name, kind }) =>
    kind.checks.map((check) => ({ component: name, check })),
  );
}

export function refersTo(reference: CheckReference, { component, check }: Question): boolean {
  return reference.check === check.id && (reference.component ?? component) === component;
}
