import { parseDuration } from "../../model/duration.ts";
import type { Launch } from "../../model/launch.ts";
import { alertThresholds, usedShareOf } from "../alert-thresholds.ts";
import type { LineBinding } from "../bind-checklist.ts";
import { promisedPercentile } from "../figures/latency.ts";
import { saidBy } from "../line-figures.ts";
import { linesNamed, type Proposal } from "./proposals.ts";

/** Of users' requests, where the declaration has no such threshold: the strictest of the list's. */
export function thresholdProposals(lines: readonly LineBinding[], launch: Launch): Proposal[] {
  const { thresholds } = launch.alerts;
  const asking = (name: "errors-above" | "latency-above", check: RegExp): Asking[] =>
    lines
      .filter((line) => isAlertOf(line, check))
      .flatMap(({ item }) =>
        saidBy(item).flatMap((each) =>
          each.name === name ? [{ line: item.line, value: each.value, text: item.text }] : [],
        ),
      );
  const errors = asking("errors-above", /^slo\.errors\./);
  const latency = asking("latency-above", /^slo\.latency\./);
  return [
    ...(thresholds.some(({ of }) => of === "errors")
      ? []
      : proposed(
          errors,
          ({ value }) => Number.parseFloat(value),
          ({ value }) => `{ errors: "${value}" },`,
        )),
    ...(thresholds.some(({ of }) => of !== "errors")
      ? []
      : proposed(
          latency,
          ({ value }) => parseDuration(value) ?? Number.POSITIVE_INFINITY,
          ({ value, text }) => `{ ${promisedPercentile(text.toLowerCase())}: "${value}" },`,
        )),
  ];
}

interface Asking {
  readonly line: number;
  readonly value: string;
  readonly text: string;
}

function proposed(
  asking: readonly Asking[],
  amount: (each: Asking) => number,
  write: (each: Asking) => string,
): Proposal[] {
  const [strictest] = asking.toSorted((a, b) => amount(a) - amount(b));
  const lines = asking.map(({ line }) => line);
  return strictest
    ? [{ under: "alerts.thresholds", add: write(strictest), why: linesNamed(lines), lines }]
    : [];
}

/** From where the list wants people alerted, where the declaration, or what holds without a word of it, does so later. */
export function alertProposals(lines: readonly LineBinding[], launch: Launch): Proposal[] {
  // Every launch has one, whether or not its declaration says a word on it.
  const declared = launch.components.find(({ kind }) => kind.kind === "host");
  const thresholds = alertThresholds(declared?.options);
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
      why: `${linesNamed(numbers)}: when to be alerted${declared ? `; change it in the ${declared.name} there is` : ""}`,
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
