import type { AnyComponentKind } from "../../model/component.ts";
import type { Launch } from "../../model/launch.ts";
import { alertThresholds, usedShareOf } from "../alert-thresholds.ts";
import type { LineBinding } from "../bind-checklist.ts";
import { saidBy } from "../line-figures.ts";
import { linesNamed, type Proposal } from "./proposals.ts";

/** From where the list wants people alerted, where the declaration, or what holds without a word of it, does so later. */
export function alertProposals(
  lines: readonly LineBinding[],
  kinds: ReadonlyMap<string, AnyComponentKind>,
  launch: Launch,
): Proposal[] {
  const declared = launch.components.find(({ kind }) => kind.kind === "host");
  const thresholds = alertThresholds(declared?.options ?? kinds.get("host")?.options.parse({}));
  const wanted = thresholds.flatMap(({ option, check, used }) => {
    const asking = lines.flatMap((line) => {
      const share = isAlertOf(line, check) ? sharesIn(line) : [];
      return share.filter((each) => each < used).map((each) => ({ line: line.item.line, share: each }));
    });
    const least = Math.min(...asking.map(({ share }) => share));
    return asking.length === 0 ? [] : [{ option, least, lines: asking.map(({ line }) => line) }];
  });
  if (wanted.length === 0) return [];
  const numbers = [...new Set(wanted.flatMap((each) => each.lines))].toSorted((a, b) => a - b);
  const options = wanted.map(({ option, least }) => `${option}: "${least}%"`).join(", ");
  return [
    {
      under: "components",
      add: `${declared?.name ?? "host"}: host({ alertAbove: { ${options} } }),`,
      why: `${linesNamed(numbers)}: when to be alerted`,
      lines: numbers,
    },
  ];
}

function isAlertOf({ item, binding }: LineBinding, check: RegExp): boolean {
  return (
    item.role === "alert" && binding?.by === "checks" && binding.checks.some((each) => check.test(each.check))
  );
}

function sharesIn({ item }: LineBinding): number[] {
  return saidBy(item).flatMap(({ name, value }) => usedShareOf(name, value) ?? []);
}
