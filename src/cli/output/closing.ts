import { formatDuration } from "../../model/duration.ts";
import { quantity } from "../../model/quantity.ts";
import type { AnswerRecord, CheckRecord } from "./contracts/check.ts";
import { cropped } from "./plain-text.ts";
import { isNothingDue, type Tally } from "./tally.ts";
import { troubleOf } from "./trouble.ts";

/** "NO-GO · 1 blocker, 2 sign-offs, 1 warning · 137 checks in 2.1 s", without colour. */
export function closingLine(record: CheckRecord, sum: Tally): string {
  const reasons = [
    [sum.blockers.length, quantity(sum.blockers.length, "blocker")],
    [sum.contradicting.length, quantity(sum.contradicting.length, "contradiction")],
    [sum.notEvaluated.length, `${sum.notEvaluated.length} not evaluated`],
    [sum.stale.length, `${sum.stale.length} stale`],
    [sum.unanswered.length, `${sum.unanswered.length} not checked`],
    [sum.undeclared.length, `${sum.undeclared.length} undeclared`],
    [sum.notDrilled.length, `${quantity(sum.notDrilled.length, "drill")} not held`],
    [sum.unbound.length, `${sum.unbound.length} unbound`],
    [sum.unsigned.length, quantity(sum.unsigned.length, "sign-off")],
    [sum.warnings.length, quantity(sum.warnings.length, "warning")],
    [sum.waived.length, quantity(sum.waived.length, "waiver")],
  ] as const;
  const told = reasons.filter(([count]) => count > 0).map(([, text]) => text);
  if (record.go && !record.goWithoutWaivers) told.unshift("NO-GO without waivers");
  if (!record.go && !record.items.some((each) => each.blocks))
    told.unshift(isNothingDue(record) ? "nothing of it is due yet" : "nothing was answered");
  // A status asks nothing anew: its checks took no time because they did not run.
  const took = record.tookMs > 0 ? ` in ${formatDuration(record.tookMs)}` : "";
  const checks = `${quantity(sum.checks, "check")}${took}`;
  return [record.go ? "GO" : "NO-GO", told.join(", "), checks].filter((part) => part !== "").join(" · ");
}

/** Why something cannot be seen before there is a release. */
const AWAITS_DEPLOY = /^(?:nothing is deployed|the first deploy supplies)/;

/** Nothing but the first deploy lets this be seen. */
export function awaitsDeploy({ outcome }: AnswerRecord): boolean {
  return outcome?.status === "unknown" && AWAITS_DEPLOY.test(outcome.reason);
}

/** The commands that make the first release of an environment. */
export function firstDeploy(environment: string): readonly [plan: string, deploy: string] {
  return [`gonogo plan --env ${environment}`, `gonogo deploy --env ${environment}`];
}

/** What the reader does next, as a sentence with the command. */
export function nextStep(record: CheckRecord, sum: Tally): string {
  const check = `gonogo check --env ${record.environment}`;
  const [blocker] = sum.blockers;
  if (blocker) {
    const ids = new Set(sum.blockers.map((each) => each.check));
    if (ids.size > 1) return `fix the ${sum.blockers.length} blockers above, then \`${check}\``;
    return `fix the blocker above, then \`${check} --only ${blocker.check}\``;
  }
  const unbound = sum.unbound.length;
  if (unbound > 0)
    return `\`gonogo import ${record.checklist ?? "LAUNCH.md"}\` binds ${quantity(unbound, "line")}, then \`${check}\``;
  const open = sum.notEvaluated.filter((each) => each.blocks);
  const unknown = open.find((each) => !awaitsDeploy(each));
  if (open.length > 0 && unknown === undefined && record.release === null) {
    const [plan, deploy] = firstDeploy(record.environment);
    return `\`${plan}\`, then \`${deploy}\` answers them as it goes`;
  }
  if (unknown) {
    const cause = unknown.outcome?.status === "unknown" ? unknown.outcome.cause : undefined;
    const told = commandIn(unknown.reason, record);
    if (told !== undefined) return `\`${told}\`, then \`${check} --only ${unknown.component}\``;
    return `mend ${cropped(cause ?? unknown.check, 60)}, then \`${check} --only ${unknown.component}\``;
  }
  if ([...sum.stale, ...sum.unanswered].some((each) => each.blocks)) return `\`${check}\` asks again`;
  const [undeclared] = sum.undeclared;
  if (undeclared)
    return `declare what ${undeclared.check} looks at, or write <!-- gonogo: sign-off --> behind its line, then \`${check}\``;
  const [contradicting] = sum.contradicting;
  if (contradicting)
    return `say the same in line ${contradicting.line} and the declaration, then \`${check}\``;
  const [drill] = sum.notDrilled;
  const held = drill && drillStep(drill.reason, record);
  if (held !== undefined) return `${held}, then \`${check}\``;
  const [unsigned] = sum.unsigned;
  if (unsigned) return `\`gonogo sign ${unsigned.id} --env ${record.environment} --evidence "..."\``;
  if (record.go) return `\`gonogo plan --env ${record.environment}\` shows what a deploy would change`;
  if (record.answers.length === 0) return `give the launch components or a checklist, then \`${check}\``;
  return nextOfChosen(record, check);
}

/** Nothing blocks and nothing was answered: what was asked for is due later, waits for something, or does not apply. */
function nextOfChosen(record: CheckRecord, check: string): string {
  const { answers, environment } = record;
  const unknown = answers.find(({ state }) => state === "unknown");
  if (unknown && awaitsDeploy(unknown) && record.release === null) {
    const [plan, deploy] = firstDeploy(environment);
    return `\`${plan}\`, then \`${deploy}\`: then it can be seen`;
  }
  const wrong = answers.find(({ state }) => state === "failing" || state === "warning") ?? unknown;
  if (!wrong) return `\`${check}\` asks all that is due`;
  const fix = troubleOf(wrong)?.fix ?? "";
  const named = /^gonogo [a-z]+/.exec(fix)?.[0];
  const command = named === undefined ? commandIn(wrong.reason, record) : `${named} --env ${environment}`;
  const again = `then \`${check} --only ${wrong.check}\``;
  return command === undefined ? `mend ${wrong.check}, ${again}` : `\`${command}\`, ${again}`;
}

/** How a drill comes to be held, where it was not; where the environment allows none, with what to declare before. */
export function drillStep(reason: string, record: Pick<CheckRecord, "environment">): string | undefined {
  const [, declare, command] = /: (declare .+, then )(gonogo drill \S+)$/.exec(reason) ?? [];
  const told = command === undefined ? commandIn(reason, record) : `${command} --env ${record.environment}`;
  return told === undefined ? undefined : `${declare ?? ""}\`${told}\``;
}

/** The command that a reason ends in, where it names one: "nobody has watched in the last 10 minutes: gonogo serve". */
export function commandIn(
  reason: string,
  { environment }: Pick<CheckRecord, "environment">,
): string | undefined {
  const command = /: (gonogo [a-z]+(?: [a-z-]+)?)$/.exec(reason)?.[1];
  return command === undefined ? undefined : `${command} --env ${environment}`;
}
