import { quantity } from "../../model/quantity.ts";
import { awaitsDeploy, commandIn, drillStep, firstDeploy } from "./closing.ts";
import type { CheckRecord } from "./contracts/check.ts";
import type { ReportRecord } from "./contracts/report.ts";
import { tally } from "./tally.ts";
import { troubleOf } from "./trouble.ts";

type Step = ReportRecord["unblock"][number];

/** What stands between a record and GO, root causes first, each with what to do. */
export function unblockSteps(record: CheckRecord): Step[] {
  const sum = tally(record);
  const check = `gonogo check --env ${record.environment}`;
  const blocking = <T extends { readonly blocks: boolean }>(list: readonly T[]): T[] =>
    list.filter((each) => each.blocks);
  const name = ({ component, check: id }: { component: string; check: string }) => `${component}/${id}`;
  const open = blocking(sum.notEvaluated);
  const waiting = record.release === null ? open.filter(awaitsDeploy) : [];
  const causes = Map.groupBy(
    open.filter((each) => !waiting.includes(each)),
    ({ outcome, check: id }) => (outcome?.status === "unknown" ? (outcome.cause ?? id) : id),
  );
  const steps = [
    ...(waiting.length > 0
      ? [
          {
            what: `Nothing is deployed in ${record.environment} yet`,
            why: `${quantity(waiting.length, "blocking check")} can be answered only then`,
            how: firstDeploy(record.environment).join("\n"),
          },
        ]
      : []),
    ...[...causes].map(([cause, all]) => ({
      what: cause,
      why: `${all[0]?.reason ?? ""}${all.length > 1 ? `; ${all.length} checks wait for it` : ""}`,
      how: `${commandIn(all[0]?.reason ?? "", record) ?? "mend it"}, then ${check} --only ${all[0]?.component ?? cause}`,
    })),
    ...blocking(sum.blockers).map((each) => ({
      what: name(each),
      why: each.reason,
      how: troubleOf(each)?.fix ?? check,
    })),
    ...asked(blocking(sum.stale), "stale", check),
    ...asked(blocking(sum.unanswered), "not checked yet", check),
    ...blocking(sum.undeclared).map((each) => ({
      what: name(each),
      why: each.reason,
      how: `declare it in ${record.config}, or write <!-- gonogo: sign-off --> behind the line`,
    })),
    ...blocking(sum.contradicting).map((each) => ({
      what: each.text,
      why: each.reason,
      how: `say the same in ${record.checklist ?? "the checklist"}:${each.line} and in the declaration`,
    })),
    ...blocking(sum.notDrilled).map((each) => ({
      what: each.text,
      why: each.reason,
      how: drillStep(each.reason, record)?.replaceAll("`", "") ?? check,
    })),
    ...blocking(sum.unbound).map((each) => ({
      what: each.text,
      why: each.reason,
      how: `bind it: gonogo import ${record.checklist ?? "LAUNCH.md"}`,
    })),
    ...blocking(sum.unsigned).map((each) => ({
      what: each.restOf === null ? each.text : `The rest of line ${each.line}: ${each.text}`,
      why: each.reason,
      how: `gonogo sign ${each.id} --env ${record.environment} --by NAME --evidence FILE`,
    })),
  ];
  if (steps.length > 0 || record.go) return steps;
  return [{ what: "Nothing was answered", why: "a list of which nothing is known is never GO", how: check }];
}

/** Checks that only have to be asked again are one step. */
function asked(answers: CheckRecord["answers"], why: string, how: string): Step[] {
  const [first] = answers;
  if (!first) return [];
  const checks = answers.map((each) => each.check).slice(0, 6);
  const more = answers.length > checks.length ? ` and ${answers.length - checks.length} more` : "";
  return [{ what: `${checks.join(", ")}${more}`, why: answers.length === 1 ? first.reason : why, how }];
}
