import type { Launch } from "../../model/launch.ts";
import type { RollbackTrigger } from "../../model/rollback-trigger.ts";
import type { LineBinding } from "../bind-checklist.ts";
import { promisedPercentile } from "../figures/latency.ts";
import { saidBy } from "../line-figures.ts";
import { linesNamed, type Proposal } from "./proposals.ts";

/** What a release may break from one minute to the next; robots.txt and certificates are not its doing. */
const BROKEN_BY_RELEASE =
  /^(?:process\.(?:health|restarts)|http\.page\.answers|scenario\.passes|page\.console|perf\.page\.load|log\.error-free|jobs\.(?:queue|dead-letter|worker|roundtrip)|cron\.ran|payment\.price|webhook\.(?:endpoint|signature|fast-ack|replay|order)|postgres\.(?:connection\.ok|pool\.saturation|query\.slow|ledger|migration\.applied)|redis\.connection|ws\.(?:upgrade|message|reconnect|capacity)|auth\.(?:route|token)|oauth\.(?:authorize|client|discovery)|email\.delivery|storage\.upload\.roundtrip|thirdparty\.reachable|host\.(?:cpu|memory))/;
/** Only a new commit changes what these answer. */
const OF_CODE = /^(?:repo|container)\./;
/** They count what users were answered over hours, and set off nothing. */
const OF_PROMISES = /^slo\./;
/** "Over 20% of pages": whoever names a threshold means to watch it. */
const THRESHOLD =
  /(?:[<>≥≤]|&[lg]t;|(?<!\p{L})(?:above|over|exceed(?:s|ing)?|more than|below|under|less than|über|mehr als|unter|weniger als|plus de|moins de|más de|menos de|mais de|più di|meno di|больше|меньше))\s*=?\s*\d/iu;

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
  const isOnLatency = declared.some(({ on }) => on === "p50" || on === "p95" || on === "p99");
  const checks = binding?.by === "checks" ? binding.checks.map(({ check }) => check) : [];
  // How slow a query or a job may be is not how slow answers are.
  const slower = checks.some((check) => /^slo\.latency\./.test(check)) ? said("latency-above") : undefined;
  // The figure says it by itself, and sharper: a check on the same promise would only repeat it.
  const isFigure = [errors, below, slower].some((each) => each !== undefined);
  const hasThreshold = THRESHOLD.test(item.text);
  const missing = (isFigure ? [] : checks).filter(
    (check) =>
      (BROKEN_BY_RELEASE.test(check) || (hasThreshold && !OF_CODE.test(check) && !OF_PROMISES.test(check))) &&
      !declared.some((each) => each.on === "check" && each.check === check),
  );
  return [
    // A figure that the declaration has otherwise is a contradiction, and told as one.
    ...(errors !== undefined && !has("errors") ? [`{ errors: "${errors}" },`] : []),
    ...(slower !== undefined && !isOnLatency
      ? [`{ ${promisedPercentile(item.text.toLowerCase())}: "${slower}" },`]
      : []),
    ...(below !== undefined && !has("availability")
      ? [`{ availability: "${below}"${over === undefined ? "" : `, over: "${over}"`} },`]
      : []),
    ...missing.map((check) => `{ check: "${check}" },`),
  ];
}
