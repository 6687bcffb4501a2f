import type { Launch } from "../../model/launch.ts";
import type { RollbackTrigger } from "../../model/rollback-trigger.ts";
import type { LineBinding } from "../bind-checklist.ts";
import { saidBy } from "../line-figures.ts";
import { linesNamed, type Proposal } from "./proposals.ts";

/** Rollback triggers of the list that the declaration does not have: what sends a release back by itself. */
export function triggerProposals(lines: readonly LineBinding[], launch: Launch): Proposal[] {
  const declared = launch.deploy.rollbackOn;
  const wanted = new Map<string, number[]>();
  for (const line of lines.filter(({ item }) => item.role === "trigger")) {
    for (const add of triggersIn(line, declared))
      wanted.set(add, [...(wanted.get(add) ?? []), line.item.line]);
  }
  return [...wanted].map(([add, numbers]) => ({
    under: "deploy.rollbackOn",
    add,
    why: linesNamed(numbers),
    lines: numbers,
  }));
}

function triggersIn({ item, binding }: LineBinding, declared: readonly RollbackTrigger[]): string[] {
  const said = (name: string): string | undefined => saidBy(item).find((each) => each.name === name)?.value;
  const has = (on: RollbackTrigger["on"]): boolean => declared.some((each) => each.on === on);
  const [errors, below, over] = [said("errors-above"), said("availability-below"), said("over")];
  const checks = binding?.by === "checks" ? binding.checks.map(({ check }) => check) : [];
  // The figure says it by itself, and sharper: a check on the same promise would only repeat it.
  const isFigure = errors !== undefined || below !== undefined;
  const missing = (isFigure ? [] : checks).filter(
    (check) => !declared.some((each) => each.on === "check" && each.check === check),
  );
  return [
    // A figure that the declaration has otherwise is a contradiction, and told as one.
    ...(errors !== undefined && !has("errors") ? [`{ errors: "${errors}" },`] : []),
    ...(below !== undefined && !has("availability")
      ? [`{ availability: "${below}"${over === undefined ? "" : `, over: "${over}"`} },`]
      : []),
    ...missing.map((check) => `{ check: "${check}" },`),
  ];
}
